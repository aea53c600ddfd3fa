/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "format/json_path.h"
#include "format/json_writer.h"
#include "protocol/absent.h"
#include "protocol/member_path.h"
#include "protocol/text_protocol.h"

enum { MESSAGE_LIMIT_BYTES = 64 << 20 };

struct protocol_state {
    const struct protocol_sink *sink;
    struct text event_at;
    struct json_path *path;
    bool can_send;
    struct member_path member;
};

static bool create(struct arena *arena, const struct protocol_options *options,
                   const struct protocol_sink *sink, struct protocol_state **ret_state,
                   struct problems *problems)
{
    struct text event_at = options->event_at.size ? options->event_at : TEXT("$.type");
    struct json_path *path = NULL;
    if (!json_path_compile(event_at, span_none(), &path, problems)) {
        return false;
    }
    struct protocol_state *state = ARENA_NEW(arena, struct protocol_state);
    state->sink = sink;
    state->event_at = arena_text(arena, event_at);
    state->path = path;
    state->can_send = member_path_read(state->event_at, &state->member);
    *ret_state = state;
    return true;
}

static void release(struct protocol_state *state)
{
    json_path_release(&state->path);
}

static void opened(struct protocol_state *state)
{
    state->sink->changed(state->sink->context, PROTOCOL_READY, TEXT_EMPTY, TEXT_EMPTY);
}

static struct text event_name(const struct protocol_state *state, const struct json_value *root,
                              struct arena *arena)
{
    struct json_nodes nodes;
    if (!json_path_select(state->path, root, arena, &nodes) || nodes.count == 0) {
        return TEXT_EMPTY;
    }
    return json_text(nodes.list[0]);
}

static void received(struct protocol_state *state, enum conversation_kind kind,
                     struct text data)
{
    struct protocol_event event = { .data = data, .is_binary = kind == CONVERSATION_BINARY };
    struct arena arena CLEANUP(arena_release);
    const struct json_value *root;
    arena_init(&arena);
    if (kind != CONVERSATION_TEXT && kind != CONVERSATION_BINARY) {
        return;
    }
    if (kind == CONVERSATION_TEXT && json_parse_text(data, &arena, &root)) {
        event.is_json = true;
        event.name = event_name(state, root, &arena);
    }
    state->sink->event(state->sink->context, &event);
}

/* The members of data beside the name, or "data". False: data has a member where the name is. */
static bool write_data(struct json_writer *writer, const struct json_value *data,
                       struct text name_at)
{
    if (!json_is(data, JSON_OBJECT)) {
        json_write_key(writer, "data");
        json_write_value(writer, data);
        return true;
    }
    for (size_t i = 0; i < data->count; i++) {
        if (text_equal(json_key(&data->children[i]), name_at)) {
            return false;
        }
        json_write_key_text(writer, json_key(&data->children[i]));
        json_write_value(writer, &data->children[i]);
    }
    return true;
}

static bool write_event(struct buffer *out, const struct member_path *at, struct text name,
                        const struct json_value *data)
{
    struct json_writer writer;
    bool is_written = true;
    json_writer_init(&writer, out, 0);
    for (size_t i = 0; i < at->count; i++) {
        json_write_begin_object(&writer);
        json_write_key_text(&writer, at->names[i]);
    }
    json_write_string(&writer, name);
    for (size_t i = 1; i < at->count; i++) {
        json_write_end_object(&writer);
    }
    if (data) {
        is_written = write_data(&writer, data, at->names[0]);
    }
    json_write_end_object(&writer);
    return is_written;
}

static bool send_event(struct protocol_state *state, struct text name, struct text channel,
                       struct text data, uint64_t *ret_call, struct problems *problems)
{
    struct arena arena CLEANUP(arena_release);
    struct buffer out CLEANUP(buffer_release);
    const struct json_value *value = NULL;
    arena_init(&arena);
    buffer_init(&out, MESSAGE_LIMIT_BYTES);
    if (!absent_in_event(channel, ret_call, problems)) {
        return false;
    }
    if (!state->can_send) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "send the whole message as JSON",
                     "an event cannot be sent where its name stands at '%.*s'",
                     TEXT_ARG(state->event_at));
        return false;
    }
    if (data.size > 0 && !json_parse_text(data, &arena, &value)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "the data of event '%.*s' is not JSON", TEXT_ARG(name));
        return false;
    }
    if (!write_event(&out, &state->member, name, value)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "send the whole message as JSON",
                     "the data of event '%.*s' has a member '%.*s', where the name stands",
                     TEXT_ARG(name), TEXT_ARG(state->member.names[0]));
        return false;
    }
    state->sink->send(state->sink->context, CONVERSATION_TEXT, buffer_text(&out));
    return true;
}

const struct protocol json_protocol = {
    .name = TEXT_STATIC("JSON"),
    .key = TEXT_STATIC("json"),
    .address = absent_address,
    .create = create,
    .release = release,
    .opened = opened,
    .received = received,
    .due = absent_step,
    .send_event = send_event,
    .reply = absent_reply,
    .join = absent_channel,
    .leave = absent_channel,
    .authorised = absent_authorised,
    .members = absent_members,
    .goodbye = absent_step,
};
