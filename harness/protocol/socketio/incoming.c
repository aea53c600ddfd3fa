/* SPDX-License-Identifier: MIT */
/* Socket.IO's packets as they come in: answers to joining, events, acknowledgements. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "protocol/fault.h"
#include "protocol/socketio/attachment.h"
#include "protocol/socketio/session.h"

static void tell(const struct protocol_state *state, enum protocol_change change,
                 struct text subject, struct text detail)
{
    state->sink->changed(state->sink->context, change, subject, detail);
}

static void joined(struct protocol_state *state, struct space *space,
                   const struct packet *packet, struct text bytes)
{
    struct text sid = json_text(json_member_named(packet->parsed, "sid"));
    if (space->state != SPACE_JOINING) {
        socketio_break(state, bytes, "a namespace of Socket.IO was joined without being asked");
        return;
    }
    if (sid.size == 0) {
        socketio_break(state, bytes,
                       "Socket.IO's CONNECT has no 'sid': is the server of a version before 3");
        return;
    }
    space->state = SPACE_JOINED;
    if (!state->is_ready && text_equal(space->name, state->first)) {
        state->is_ready = true;
        tell(state, PROTOCOL_READY, space->name, sid);
    } else {
        tell(state, PROTOCOL_JOINED, space->name, packet->json);
    }
}

/* The message, and what the server added to it. */
static void refused(struct protocol_state *state, struct space *space,
                    const struct packet *packet)
{
    struct buffer why CLEANUP(buffer_release);
    const struct json_value *message = json_member_named(packet->parsed, "message");
    const struct json_value *data = json_member_named(packet->parsed, "data");
    bool is_all = !state->is_ready && text_equal(space->name, state->first);
    buffer_init(&why, SOCKETIO_BYTES_LIMIT);
    if (is_all && !text_is(space->name, "/")) {
        buffer_add_format(&why, "namespace '%.*s': ", TEXT_ARG(space->name));
    }
    buffer_add(&why, json_is(message, JSON_STRING) ? json_text(message) : packet->json);
    if (data) {
        buffer_add_string(&why, ", data: ");
        buffer_add(&why, text_slice(packet->json, data->start, data->end));
    }
    space->state = SPACE_LEFT;
    tell(state, PROTOCOL_REFUSED, is_all ? TEXT_EMPTY : space->name, buffer_text(&why));
}

static bool is_in_any(const struct protocol_state *state)
{
    for (size_t i = 0; i < state->space_count; i++) {
        if (state->spaces[i].state != SPACE_LEFT) {
            return true;
        }
    }
    return false;
}

/* As in Socket.IO's own client the connection ends with the last namespace that the server ends. */
static void left(struct protocol_state *state, struct space *space)
{
    struct text why = TEXT("the server ended the namespace (41)");
    if (space->state == SPACE_LEFT) {
        return;
    }
    space->state = SPACE_LEFT;
    tell(state, PROTOCOL_LEFT, space->name, why);
    if (!is_in_any(state)) {
        state->phase = SOCKETIO_OVER;
        state->sink->wake(state->sink->context, 0);
        tell(state, PROTOCOL_ENDED, space->name, why);
    }
}

/* The items from `first` on, as text: one is itself, several are an array, none is null. */
static struct text arguments_of(struct text json, const struct json_value *array, size_t first,
                                struct arena *arena)
{
    if (array->count <= first) {
        return TEXT("null");
    }
    const struct json_value *start = &array->children[first];
    const struct json_value *last = &array->children[array->count - 1];
    struct text inner = text_slice(json, start->start, last->end);
    return start == last ? inner : arena_format(arena, "[%.*s]", TEXT_ARG(inner));
}

static void deliver(struct protocol_state *state, const struct packet *packet,
                    const struct attachments *attachments, struct arena *arena)
{
    bool is_reply = packet->type == PACKET_ACK || packet->type == PACKET_BINARY_ACK;
    struct protocol_event event = {
        .kind = is_reply         ? PROTOCOL_EVENT_REPLY
                : packet->has_id ? PROTOCOL_EVENT_CALL
                                 : PROTOCOL_EVENT_PLAIN,
        .channel = text_is(packet->space, "/") ? TEXT_EMPTY : packet->space,
        .data = arguments_of(packet->json, packet->parsed, is_reply ? 0 : 1, arena),
        .is_json = true,
        .call = packet->id,
        .attachments = attachments->list,
        .attachment_count = attachments->count,
    };
    if (!is_reply) {
        event.name = json_text(json_item(packet->parsed, 0));
    }
    state->sink->event(state->sink->context, &event);
}

static void take_event(struct protocol_state *state, const struct packet *packet,
                       struct text bytes, struct arena *arena)
{
    bool is_reply = packet->type == PACKET_ACK || packet->type == PACKET_BINARY_ACK;
    struct attachments none = { 0 };
    if (is_reply && packet->id >= state->next_call) {
        socketio_break(state, bytes, "an acknowledgement of an event that was never sent");
    } else if (packet->attachment_count > 0) {
        buffer_clear(&state->packet);
        buffer_add(&state->packet, bytes);
        buffer_clear(&state->bytes);
        state->size_count = 0;
        state->awaited = packet->attachment_count;
    } else {
        deliver(state, packet, &none, arena);
    }
}

static void take_packet(struct protocol_state *state, const struct packet *packet,
                        struct text bytes, struct arena *arena)
{
    struct space *space = space_find(state, packet->space);
    if (!space) {
        socketio_break(state, bytes, "a packet for a namespace that was never joined");
        return;
    }
    switch (packet->type) {
    case PACKET_CONNECT:
        joined(state, space, packet, bytes);
        break;
    case PACKET_CONNECT_ERROR:
        refused(state, space, packet);
        break;
    case PACKET_DISCONNECT:
        left(state, space);
        break;
    case PACKET_EVENT:
    case PACKET_ACK:
    case PACKET_BINARY_EVENT:
    case PACKET_BINARY_ACK:
    default:
        take_event(state, packet, bytes, arena);
        break;
    }
}

void socketio_packet(struct protocol_state *state, struct text bytes)
{
    struct arena arena CLEANUP(arena_release);
    struct packet packet;
    const char *rule;
    arena_init(&arena);
    if (state->awaited > 0) {
        socketio_break(state, bytes,
                       "a packet of Socket.IO while attachments of the one before are awaited");
    } else if (!packet_read(bytes, &arena, &packet, &rule)) {
        socketio_break(state, bytes, rule);
    } else {
        take_packet(state, &packet, bytes, &arena);
    }
}

/* All attachments are there: the packet is read again, with them in their places. */
static void complete(struct protocol_state *state)
{
    struct arena arena CLEANUP(arena_release);
    struct buffer json CLEANUP(buffer_release);
    struct attachments attachments = { .count = state->size_count };
    struct packet packet;
    const char *rule = NULL;
    size_t at = 0;
    arena_init(&arena);
    buffer_init(&json, SOCKETIO_BYTES_LIMIT * 2);
    attachments.list = ARENA_ARRAY(&arena, state->size_count, struct text);
    for (size_t i = 0; i < state->size_count; i++) {
        attachments.list[i] = text_slice(buffer_text(&state->bytes), at, at + state->sizes[i]);
        at += state->sizes[i];
    }
    if (!packet_read(buffer_text(&state->packet), &arena, &packet, &rule)) {
        BUG("a packet that was read before: %s", rule);
    }
    if (!attachments_put_in(packet.json, packet.parsed, &attachments, &arena, &json)) {
        socketio_break(state, buffer_text(&state->packet),
                       "a placeholder of Socket.IO names an attachment that is not there");
        return;
    }
    packet.json = buffer_text(&json);
    if (json.is_over_limit || !json_parse_text(packet.json, &arena, &packet.parsed)) {
        socketio_break(state, buffer_text(&state->packet),
                       "a packet of Socket.IO with its attachments is too large");
        return;
    }
    deliver(state, &packet, &attachments, &arena);
}

void socketio_bytes(struct protocol_state *state, struct text bytes)
{
    if (state->awaited == 0) {
        socketio_break(state, bytes, "bytes that no packet of Socket.IO announced");
        return;
    }
    buffer_add(&state->bytes, bytes);
    if (state->bytes.is_over_limit) {
        socketio_break(state, TEXT_EMPTY,
                       "the attachments of a packet of Socket.IO pass 64 MiB");
        return;
    }
    GROW(state->sizes, state->size_count, state->size_capacity);
    state->sizes[state->size_count++] = bytes.size;
    state->awaited--;
    if (state->awaited == 0) {
        complete(state);
        buffer_release(&state->packet);
        buffer_release(&state->bytes);
    }
}
