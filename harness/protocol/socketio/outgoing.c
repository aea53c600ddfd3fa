/* SPDX-License-Identifier: MIT */
/* Events and answers as they go out. */
#include "base/buffer.h"
#include "format/json_writer.h"
#include "protocol/socketio/attachment.h"
#include "protocol/socketio/session.h"

struct outgoing {
    struct arena arena;
    struct buffer packet;
    struct attachments attachments;
};

static void outgoing_release(struct outgoing *outgoing)
{
    buffer_release(&outgoing->packet);
    arena_release(&outgoing->arena);
}

/* [name, argument…]; no name for an answer. */
static bool write_array(struct buffer *out, const struct text *name, struct text data,
                        struct outgoing *outgoing, struct problems *problems)
{
    const struct json_value *root = NULL;
    struct buffer arguments CLEANUP(buffer_release);
    buffer_init(&arguments, SOCKETIO_BYTES_LIMIT);
    if (data.size > 0 && !json_parse_text(data, &outgoing->arena, &root)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL, "the data is not JSON");
        return false;
    }
    if (root && !attachments_take_out(data, root, &outgoing->arena, &outgoing->attachments,
                                      &arguments)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "a \"$base64\" in the data is not Base64");
        return false;
    }
    struct text inner = text_trim(buffer_text(&arguments));
    if (json_is(root, JSON_ARRAY)) {
        inner = text_trim(text_slice(inner, 1, inner.size - 1));
    }
    buffer_add_byte(out, '[');
    if (name) {
        json_print_string(out, *name);
    }
    buffer_add_string(out, name && inner.size > 0 ? "," : "");
    buffer_add(out, inner);
    buffer_add_byte(out, ']');
    return true;
}

static bool fits(const struct protocol_state *state, size_t size_bytes,
                 struct problems *problems)
{
    if (state->payload_limit_bytes == 0 || size_bytes <= state->payload_limit_bytes) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, span_none(),
                 "open the socket as text to see what the server does with it",
                 "a message of %zu bytes passes the server's maxPayload of %llu bytes",
                 size_bytes, (unsigned long long)state->payload_limit_bytes);
    return false;
}

static bool space_is_joined(const struct protocol_state *state, struct text name,
                            struct problems *problems)
{
    const struct space *space = space_find(state, name);
    if (state->phase == SOCKETIO_OPEN && space && space->state == SPACE_JOINED) {
        return true;
    }
    problems_add(problems, PROBLEM_INPUT, span_none(), "join it first",
                 "namespace '%.*s' is not joined", TEXT_ARG(name));
    return false;
}

static bool send_all(const struct protocol_state *state, const struct outgoing *outgoing,
                     struct problems *problems)
{
    const struct protocol_sink *sink = state->sink;
    const struct attachments *attachments = &outgoing->attachments;
    if (!fits(state, outgoing->packet.size, problems)) {
        return false;
    }
    for (size_t i = 0; i < attachments->count; i++) {
        if (!fits(state, attachments->list[i].size, problems)) {
            return false;
        }
    }
    sink->send(sink->context, CONVERSATION_TEXT, buffer_text(&outgoing->packet));
    for (size_t i = 0; i < attachments->count; i++) {
        sink->send(sink->context, CONVERSATION_BINARY, attachments->list[i]);
    }
    return true;
}

/* packet: type, namespace and id are set, for the packet without attachments. */
static bool send_packet(struct protocol_state *state, struct packet packet,
                        const struct text *name, struct text data, struct problems *problems)
{
    struct outgoing outgoing CLEANUP(outgoing_release) = { .packet = { 0 } };
    struct buffer json CLEANUP(buffer_release);
    buffer_init(&json, SOCKETIO_BYTES_LIMIT);
    arena_init(&outgoing.arena);
    buffer_init(&outgoing.packet, SOCKETIO_BYTES_LIMIT);
    packet.space = packet.space.size > 0 ? packet.space : TEXT("/");
    if (!space_is_joined(state, packet.space, problems) ||
        !write_array(&json, name, data, &outgoing, problems)) {
        return false;
    }
    packet.json = buffer_text(&json);
    packet.attachment_count = outgoing.attachments.count;
    if (packet.attachment_count > 0) {
        packet.type = name ? PACKET_BINARY_EVENT : PACKET_BINARY_ACK;
    }
    packet_write(&packet, &outgoing.packet);
    return send_all(state, &outgoing, problems);
}

bool socketio_send_event(struct protocol_state *state, struct text name, struct text channel,
                         struct text data, uint64_t *ret_call, struct problems *problems)
{
    struct packet packet = { .type = PACKET_EVENT,
                             .space = channel,
                             .has_id = ret_call != NULL,
                             .id = state->next_call };
    if (!send_packet(state, packet, &name, data, problems)) {
        return false;
    }
    if (ret_call) {
        *ret_call = state->next_call++;
    }
    return true;
}

bool socketio_reply(struct protocol_state *state, struct text channel, uint64_t call,
                    struct text data, struct problems *problems)
{
    struct packet packet = { .type = PACKET_ACK, .space = channel, .has_id = true, .id = call };
    return send_packet(state, packet, NULL, data, problems);
}
