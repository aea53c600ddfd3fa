/* SPDX-License-Identifier: MIT */
/* Channels asked for and left, events of the client. */
#include "base/buffer.h"
#include "format/json_writer.h"
#include "protocol/absent.h"
#include "protocol/pusher/connection.h"

static void tell(const struct protocol_state *state, enum protocol_change change,
                 struct text subject, struct text detail)
{
    state->sink->changed(state->sink->context, change, subject, detail);
}

void pusher_send(const struct protocol_state *state, struct text name, struct text channel,
                 struct text data)
{
    struct buffer out CLEANUP(buffer_release);
    struct json_writer writer;
    buffer_init(&out, PUSHER_MESSAGE_LIMIT_BYTES);
    json_writer_init(&writer, &out, 0);
    json_write_begin_object(&writer);
    json_write_key(&writer, "event");
    json_write_string(&writer, name);
    if (channel.size > 0) {
        json_write_key(&writer, "channel");
        json_write_string(&writer, channel);
    }
    json_write_key(&writer, "data");
    json_write_raw(&writer, data.size > 0 ? data : TEXT("{}"));
    json_write_end_object(&writer);
    state->sink->send(state->sink->context, CONVERSATION_TEXT, buffer_text(&out));
}

struct channel *pusher_channel(const struct protocol_state *state, struct text name)
{
    for (size_t i = 0; i < state->channel_count; i++) {
        if (text_equal(state->channels[i].name, name)) {
            return &state->channels[i];
        }
    }
    return NULL;
}

static struct channel *add_channel(struct protocol_state *state, struct text name)
{
    if (state->channel_count == state->channel_capacity) {
        size_t capacity = state->channel_capacity ? state->channel_capacity * 2 : 4;
        struct channel *channels = ARENA_ARRAY(state->arena, capacity, struct channel);
        for (size_t i = 0; i < state->channel_count; i++) {
            channels[i] = state->channels[i];
        }
        state->channels = channels;
        state->channel_capacity = capacity;
    }
    struct channel *channel = &state->channels[state->channel_count++];
    *channel =
        (struct channel){ .name = arena_text(state->arena, name), .state = CHANNEL_LEFT };
    return channel;
}

/* {"channel": …} with what the application signed. */
static void subscribe(struct protocol_state *state, struct channel *channel, struct text auth,
                      struct text channel_data)
{
    struct buffer data CLEANUP(buffer_release);
    struct json_writer writer;
    buffer_init(&data, PUSHER_MESSAGE_LIMIT_BYTES);
    json_writer_init(&writer, &data, 0);
    json_write_begin_object(&writer);
    if (auth.size > 0) {
        json_write_key(&writer, "auth");
        json_write_string(&writer, auth);
    }
    if (channel_data.size > 0) {
        json_write_key(&writer, "channel_data");
        json_write_string(&writer, channel_data);
    }
    json_write_key(&writer, "channel");
    json_write_string(&writer, channel->name);
    json_write_end_object(&writer);
    channel->state = CHANNEL_JOINING;
    pusher_send(state, TEXT("pusher:subscribe"), TEXT_EMPTY, buffer_text(&data));
}

static bool is_connected(const struct protocol_state *state, struct problems *problems)
{
    if (state->phase == PUSHER_CONNECTED) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                 "the server has not sent 'pusher:connection_established'");
    return false;
}

bool pusher_join(struct protocol_state *state, struct text name, struct problems *problems)
{
    struct channel *channel = pusher_channel(state, name);
    if (!is_connected(state, problems)) {
        return false;
    }
    if (!channel) {
        channel = add_channel(state, name);
    }
    if (channel->state == CHANNEL_JOINED) {
        tell(state, PROTOCOL_JOINED, channel->name, TEXT_EMPTY);
    } else if (channel->state == CHANNEL_LEFT && channel_needs_authorisation(name)) {
        channel->state = CHANNEL_AUTHORISING;
        state->sink->authorise(state->sink->context, channel->name, state->socket_id);
    } else if (channel->state == CHANNEL_LEFT) {
        subscribe(state, channel, TEXT_EMPTY, TEXT_EMPTY);
    }
    return true;
}

void pusher_authorised(struct protocol_state *state, struct text name, struct text auth,
                       struct text channel_data, struct text reason)
{
    struct channel *channel = pusher_channel(state, name);
    if (!channel || channel->state != CHANNEL_AUTHORISING || state->phase != PUSHER_CONNECTED) {
        return;
    }
    if (auth.size == 0) {
        channel->state = CHANNEL_LEFT;
        tell(state, PROTOCOL_REFUSED, channel->name, reason);
    } else {
        subscribe(state, channel, auth, channel_data);
    }
}

static bool channel_is_joined(const struct protocol_state *state, struct text name,
                              struct problems *problems)
{
    const struct channel *channel = pusher_channel(state, name);
    if (channel && channel->state == CHANNEL_JOINED) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, span_none(), "subscribe to it first",
                 "channel '%.*s' is not subscribed to", TEXT_ARG(name));
    return false;
}

bool pusher_leave(struct protocol_state *state, struct text name, struct problems *problems)
{
    struct buffer data CLEANUP(buffer_release);
    buffer_init(&data, PUSHER_MESSAGE_LIMIT_BYTES);
    if (!is_connected(state, problems) || !channel_is_joined(state, name, problems)) {
        return false;
    }
    struct channel *channel = pusher_channel(state, name);
    channel->state = CHANNEL_LEFT;
    channel_clear_members(channel);
    buffer_add_string(&data, "{\"channel\":");
    json_print_string(&data, name);
    buffer_add_byte(&data, '}');
    pusher_send(state, TEXT("pusher:unsubscribe"), TEXT_EMPTY, buffer_text(&data));
    tell(state, PROTOCOL_LEFT, channel->name, TEXT_EMPTY);
    return true;
}

bool pusher_send_event(struct protocol_state *state, struct text name, struct text channel,
                       struct text data, uint64_t *ret_call, struct problems *problems)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *root;
    arena_init(&arena);
    if (!absent_in_event(TEXT_EMPTY, ret_call, problems) || !is_connected(state, problems)) {
        return false;
    }
    if (channel.size > 0 && !channel_is_joined(state, channel, problems)) {
        return false;
    }
    if (data.size > 0 && !json_parse_text(data, &arena, &root)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "the data of event '%.*s' is not JSON", TEXT_ARG(name));
        return false;
    }
    pusher_send(state, name, channel, data);
    return true;
}
