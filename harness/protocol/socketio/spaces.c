/* SPDX-License-Identifier: MIT */
/* The namespaces of a connection: joined, refused, left. */
#include "base/buffer.h"
#include "protocol/socketio/session.h"

static void send_packet(const struct protocol_state *state, const struct packet *packet)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, SOCKETIO_BYTES_LIMIT);
    packet_write(packet, &out);
    state->sink->send(state->sink->context, CONVERSATION_TEXT, buffer_text(&out));
}

struct space *space_find(const struct protocol_state *state, struct text name)
{
    for (size_t i = 0; i < state->space_count; i++) {
        if (text_equal(state->spaces[i].name, name)) {
            return &state->spaces[i];
        }
    }
    return NULL;
}

static struct space *add_space(struct protocol_state *state, struct text name)
{
    if (state->space_count == state->space_capacity) {
        size_t capacity = state->space_capacity ? state->space_capacity * 2 : 2;
        struct space *spaces = ARENA_ARRAY(state->arena, capacity, struct space);
        for (size_t i = 0; i < state->space_count; i++) {
            spaces[i] = state->spaces[i];
        }
        state->spaces = spaces;
        state->space_capacity = capacity;
    }
    struct space *space = &state->spaces[state->space_count++];
    *space = (struct space){ .name = arena_text(state->arena, name), .state = SPACE_LEFT };
    return space;
}

void space_connect(struct protocol_state *state, const struct space *space)
{
    struct packet packet = { .type = PACKET_CONNECT,
                             .space = space->name,
                             .json = state->auth };
    if (space->state == SPACE_JOINING) {
        send_packet(state, &packet);
    }
}

static bool name_is_valid(struct text name, struct problems *problems)
{
    if (!text_starts_with(name, TEXT("/")) || text_find_byte(name, ',', 0) < name.size) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL,
                     "a namespace begins with '/' and has no comma: '%.*s'", TEXT_ARG(name));
        return false;
    }
    return true;
}

bool socketio_join(struct protocol_state *state, struct text name, struct problems *problems)
{
    struct space *space = space_find(state, name);
    if (!name_is_valid(name, problems)) {
        return false;
    }
    if (!space) {
        space = add_space(state, name);
    }
    if (space->state == SPACE_JOINED) {
        state->sink->changed(state->sink->context, PROTOCOL_JOINED, name, TEXT_EMPTY);
    } else if (space->state == SPACE_LEFT) {
        space->state = SPACE_JOINING;
        if (state->phase == SOCKETIO_OPEN) {
            space_connect(state, space);
        }
    }
    return true;
}

static void send_disconnect(const struct protocol_state *state, struct text name)
{
    struct packet packet = { .type = PACKET_DISCONNECT, .space = name };
    send_packet(state, &packet);
}

bool socketio_leave(struct protocol_state *state, struct text name, struct problems *problems)
{
    struct space *space = space_find(state, name);
    if (!space || space->state != SPACE_JOINED || state->phase != SOCKETIO_OPEN) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "join it first",
                     "namespace '%.*s' is not joined", TEXT_ARG(name));
        return false;
    }
    space->state = SPACE_LEFT;
    send_disconnect(state, name);
    state->sink->changed(state->sink->context, PROTOCOL_LEFT, space->name, TEXT_EMPTY);
    return true;
}

void socketio_goodbye(struct protocol_state *state)
{
    for (size_t i = 0; state->phase == SOCKETIO_OPEN && i < state->space_count; i++) {
        if (state->spaces[i].state == SPACE_JOINED) {
            state->spaces[i].state = SPACE_LEFT;
            send_disconnect(state, state->spaces[i].name);
        }
    }
    state->phase = SOCKETIO_OVER;
    state->sink->wake(state->sink->context, 0);
}
