/* SPDX-License-Identifier: MIT */
/* What comes in: the protocol's own events are answered, those of the application shown. */
#include "base/buffer.h"
#include "base/clock.h"
#include "protocol/fault.h"
#include "protocol/pusher/connection.h"
#include "protocol/pusher/error_code.h"

struct message {
    struct text whole;
    struct text event;
    struct text channel;
    struct text data;                /* JSON; a text that holds JSON is what it holds */
    const struct json_value *parsed; /* NULL: none */
};

static void tell(const struct protocol_state *state, enum protocol_change change,
                 struct text subject, struct text detail)
{
    state->sink->changed(state->sink->context, change, subject, detail);
}

static void break_off(struct protocol_state *state, struct text bytes, const char *rule)
{
    state->phase = PUSHER_OVER;
    state->sink->wake(state->sink->context, 0);
    fault_tell(state->sink, bytes, "%s", rule);
}

static void read_data(const struct json_value *data, struct arena *arena,
                      struct message *message)
{
    const struct json_value *inner;
    message->parsed = data;
    message->data = data ? text_slice(message->whole, data->start, data->end) : TEXT("null");
    if (json_is(data, JSON_STRING) && json_parse_text(json_text(data), arena, &inner)) {
        message->parsed = inner;
        message->data = json_text(data);
    }
}

/* NULL, or the rule that was broken. */
static const char *read_message(struct text bytes, struct arena *arena,
                                struct message *ret_message)
{
    const struct json_value *root;
    if (!json_parse_text(bytes, arena, &root) || !json_is(root, JSON_OBJECT)) {
        return "a message of Pusher is a JSON object";
    }
    if (!json_is(json_member_named(root, "event"), JSON_STRING)) {
        return "a message of Pusher needs the text 'event'";
    }
    const struct json_value *channel = json_member_named(root, "channel");
    if (channel && !json_is(channel, JSON_STRING) && !json_is(channel, JSON_NULL)) {
        return "the 'channel' of a message of Pusher is not a text";
    }
    ret_message->whole = bytes;
    ret_message->event = json_text(json_member_named(root, "event"));
    ret_message->channel = json_text(channel);
    read_data(json_member_named(root, "data"), arena, ret_message);
    return NULL;
}

static void show(const struct protocol_state *state, const struct message *message,
                 struct text name)
{
    struct protocol_event event = {
        .name = name, .channel = message->channel, .data = message->data, .is_json = true
    };
    state->sink->event(state->sink->context, &event);
}

static void established(struct protocol_state *state, const struct message *message)
{
    const struct json_value *id = json_member_named(message->parsed, "socket_id");
    const struct json_value *timeout = json_member_named(message->parsed, "activity_timeout");
    uint64_t seconds;
    if (state->phase != PUSHER_CONNECTING) {
        break_off(state, message->whole, "a second 'pusher:connection_established'");
        return;
    }
    if (!json_is(id, JSON_STRING) || json_text(id).size == 0) {
        break_off(state, message->whole, "'pusher:connection_established' has no 'socket_id'");
        return;
    }
    if (!text_to_uint64(json_text(timeout), &seconds) || seconds == 0 ||
        seconds > PUSHER_ACTIVITY_MOST_SECONDS) {
        seconds = PUSHER_ACTIVITY_DEFAULT_SECONDS;
    }
    state->activity_ns = seconds * NANOSECONDS_PER_SECOND;
    state->socket_id = arena_text(state->arena, json_text(id));
    state->phase = PUSHER_CONNECTED;
    state->sink->wake(state->sink->context, state->activity_ns);
    tell(state, PROTOCOL_READY, TEXT_EMPTY, state->socket_id);
}

static void joined(struct protocol_state *state, const struct message *message)
{
    struct channel *channel = pusher_channel(state, message->channel);
    if (!channel) {
        break_off(state, message->whole,
                  "a subscription that was never asked for has succeeded");
        return;
    }
    if (channel->state != CHANNEL_JOINING) {
        return; /* it was left meanwhile */
    }
    channel->state = CHANNEL_JOINED;
    channel_set_members(channel, message->parsed);
    tell(state, PROTOCOL_JOINED, channel->name, message->data);
}

static void refused(const struct protocol_state *state, const struct message *message)
{
    struct channel *channel = pusher_channel(state, message->channel);
    if (channel && channel->state == CHANNEL_JOINING) {
        channel->state = CHANNEL_LEFT;
        tell(state, PROTOCOL_REFUSED, channel->name, message->data);
    }
}

static struct channel *joining_channel(const struct protocol_state *state)
{
    for (size_t i = 0; i < state->channel_count; i++) {
        if (state->channels[i].state == CHANNEL_JOINING) {
            return &state->channels[i];
        }
    }
    return NULL;
}

/* An error names no channel; servers answer subscriptions in their order (Reverb refuses one so
 * and keeps the connection), so it is about the oldest that waits. */
static void failed(struct protocol_state *state, const struct message *message)
{
    struct buffer why CLEANUP(buffer_release);
    uint64_t code = 0;
    struct channel *channel = joining_channel(state);
    bool has_code =
        text_to_uint64(json_text(json_member_named(message->parsed, "code")), &code);
    buffer_init(&why, PUSHER_MESSAGE_LIMIT_BYTES);
    error_code_print(&why, code, json_text(json_member_named(message->parsed, "message")));
    show(state, message, message->event);
    if (state->phase == PUSHER_CONNECTING) {
        state->phase = PUSHER_OVER;
        tell(state, PROTOCOL_REFUSED, TEXT_EMPTY, buffer_text(&why));
    } else if (channel) {
        channel->state = CHANNEL_LEFT;
        tell(state, PROTOCOL_REFUSED, channel->name, buffer_text(&why));
    } else if (has_code && error_code_is_end(code)) {
        state->phase = PUSHER_OVER;
        state->sink->wake(state->sink->context, 0);
        tell(state, PROTOCOL_ENDED, TEXT_EMPTY, buffer_text(&why));
    }
}

static void member_came(const struct protocol_state *state, const struct message *message)
{
    struct channel *channel = pusher_channel(state, message->channel);
    if (channel && channel->state == CHANNEL_JOINED) {
        channel_add_member(channel, message->parsed);
    }
}

static void member_went(const struct protocol_state *state, const struct message *message)
{
    struct channel *channel = pusher_channel(state, message->channel);
    if (channel) {
        channel_remove_member(channel, message->parsed);
    }
}

/* Events of the protocol that are not shown. */
static bool take_own(struct protocol_state *state, const struct message *message)
{
    if (text_is(message->event, "pusher:connection_established")) {
        established(state, message);
    } else if (text_is(message->event, "pusher:ping")) {
        pusher_send(state, TEXT("pusher:pong"), TEXT_EMPTY, TEXT_EMPTY);
    } else if (text_is(message->event, "pusher_internal:subscription_succeeded")) {
        joined(state, message);
    } else if (text_is(message->event, "pusher:subscription_error")) {
        refused(state, message);
    } else if (text_is(message->event, "pusher:error")) {
        failed(state, message);
    } else {
        return text_is(message->event, "pusher:pong");
    }
    return true;
}

static void take(struct protocol_state *state, const struct message *message,
                 struct arena *arena)
{
    struct text internal = TEXT("pusher_internal:");
    if (take_own(state, message)) {
        return;
    }
    if (text_is(message->event, "pusher_internal:member_added")) {
        member_came(state, message);
    } else if (text_is(message->event, "pusher_internal:member_removed")) {
        member_went(state, message);
    }
    show(state, message,
         text_starts_with(message->event, internal)
             ? arena_format(arena, "pusher:%.*s",
                            TEXT_ARG(text_from(message->event, internal.size)))
             : message->event);
}

void pusher_received(struct protocol_state *state, enum conversation_kind kind,
                     struct text data)
{
    struct arena arena CLEANUP(arena_release);
    struct message message;
    arena_init(&arena);
    if (state->phase == PUSHER_OVER ||
        (kind != CONVERSATION_TEXT && kind != CONVERSATION_BINARY)) {
        return;
    }
    if (kind == CONVERSATION_BINARY) {
        break_off(state, data, "Pusher sends no binary messages");
        return;
    }
    const char *rule = read_message(data, &arena, &message);
    if (rule) {
        break_off(state, data, rule);
        return;
    }
    if (state->phase == PUSHER_CONNECTED) {
        state->is_pong_awaited = false;
        state->sink->wake(state->sink->context, state->activity_ns);
    }
    take(state, &message, &arena);
}

void pusher_due(struct protocol_state *state)
{
    if (state->phase != PUSHER_CONNECTED) {
        return;
    }
    if (state->is_pong_awaited) {
        state->phase = PUSHER_OVER;
        fault_tell(state->sink, TEXT_EMPTY,
                   "the server did not answer 'pusher:ping' within %d s", PUSHER_PONG_SECONDS);
        return;
    }
    state->is_pong_awaited = true;
    pusher_send(state, TEXT("pusher:ping"), TEXT_EMPTY, TEXT_EMPTY);
    state->sink->wake(state->sink->context, PUSHER_PONG_SECONDS * NANOSECONDS_PER_SECOND);
}
