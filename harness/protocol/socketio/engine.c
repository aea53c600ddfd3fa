/* SPDX-License-Identifier: MIT */
/* Engine.IO 4: the first character of a text message says what it is; binary messages are
 * attachments of the packet before. */
#include "base/clock.h"
#include "format/json.h"
#include "protocol/fault.h"
#include "protocol/socketio/session.h"

enum { SILENCE_LIMIT_MS = 1 << 30 }; /* of each part: 12 days */

static void send_text(struct protocol_state *state, struct text text)
{
    state->sink->send(state->sink->context, CONVERSATION_TEXT, text);
}

void socketio_break(struct protocol_state *state, struct text bytes, const char *rule)
{
    state->phase = SOCKETIO_OVER;
    state->sink->wake(state->sink->context, 0);
    fault_tell(state->sink, bytes, "%s", rule);
}

void socketio_opened(struct protocol_state *state)
{
    if (state->is_upgrade) {
        state->phase = SOCKETIO_PROBING;
        send_text(state, TEXT("2probe"));
    }
}

/* The server owes a ping within this time (engine.io-protocol, "Heartbeat"). */
static void await_ping(struct protocol_state *state)
{
    if (state->ping_interval_ms > 0) {
        state->sink->wake(state->sink->context,
                          (state->ping_interval_ms + state->ping_timeout_ms) *
                              NANOSECONDS_PER_MILLISECOND);
    }
}

void socketio_due(struct protocol_state *state)
{
    if (state->phase != SOCKETIO_OPEN || state->ping_interval_ms == 0) {
        return;
    }
    state->phase = SOCKETIO_OVER;
    fault_tell(state->sink, TEXT_EMPTY,
               "the server sent no ping of Engine.IO within pingInterval and pingTimeout, "
               "%llu ms + %llu ms",
               (unsigned long long)state->ping_interval_ms,
               (unsigned long long)state->ping_timeout_ms);
}

static void join_all(struct protocol_state *state)
{
    state->phase = SOCKETIO_OPEN;
    await_ping(state);
    for (size_t i = 0; i < state->space_count; i++) {
        space_connect(state, &state->spaces[i]);
    }
}

static bool read_number(const struct json_value *object, const char *name, uint64_t most,
                        uint64_t *ret_number)
{
    return text_to_uint64(json_text(json_member_named(object, name)), ret_number) &&
           json_is(json_member_named(object, name), JSON_NUMBER) && *ret_number <= most;
}

static void open_session(struct protocol_state *state, struct text data, struct text whole)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *root;
    arena_init(&arena);
    if (!json_parse_text(data, &arena, &root) || !json_is(root, JSON_OBJECT)) {
        socketio_break(state, whole, "the data of Engine.IO's open packet is not an object");
        return;
    }
    if (json_text(json_member_named(root, "sid")).size == 0) {
        socketio_break(state, whole, "Engine.IO's open packet has no 'sid'");
        return;
    }
    if (!read_number(root, "pingInterval", SILENCE_LIMIT_MS, &state->ping_interval_ms) ||
        state->ping_interval_ms == 0 ||
        !read_number(root, "pingTimeout", SILENCE_LIMIT_MS, &state->ping_timeout_ms)) {
        socketio_break(state, whole,
                       "Engine.IO's open packet needs 'pingInterval' and 'pingTimeout' in "
                       "milliseconds");
        return;
    }
    if (!read_number(root, "maxPayload", UINT64_MAX, &state->payload_limit_bytes)) {
        state->payload_limit_bytes = 0; /* servers before Engine.IO 6.2 do not say */
    }
    join_all(state);
}

static void opening(struct protocol_state *state, struct text data)
{
    if (!text_starts_with(data, TEXT("0"))) {
        socketio_break(state, data, "a session of Engine.IO begins with an open packet (0)");
        return;
    }
    open_session(state, text_from(data, 1), data);
}

static void probing(struct protocol_state *state, struct text data)
{
    if (text_is(data, "6")) {
        return; /* ends a poll that waits; it may be seen here as well */
    }
    if (!text_is(data, "3probe")) {
        socketio_break(state, data, "an upgrade of Engine.IO is answered with '3probe'");
        return;
    }
    send_text(state, TEXT("5"));
    join_all(state);
}

static void answer_ping(struct protocol_state *state, struct text data)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    send_text(state, data.size == 1
                         ? TEXT("3")
                         : arena_format(&arena, "3%.*s", TEXT_ARG(text_from(data, 1))));
    await_ping(state);
}

static void end_session(struct protocol_state *state)
{
    state->phase = SOCKETIO_OVER;
    state->sink->wake(state->sink->context, 0);
    state->sink->changed(state->sink->context, PROTOCOL_ENDED, TEXT_EMPTY,
                         TEXT("the server closed the session of Engine.IO (1)"));
}

static void take_packet(struct protocol_state *state, struct text data)
{
    switch (data.size > 0 ? data.at[0] : '\0') {
    case '1':
        end_session(state);
        break;
    case '2':
        answer_ping(state, data);
        break;
    case '3': /* a pong: servers send none, and nothing follows from it */
    case '6': /* nothing to do, says the server */
        break;
    case '4':
        socketio_packet(state, text_from(data, 1));
        break;
    case '0':
        socketio_break(state, data, "a second open packet of Engine.IO");
        break;
    case '5':
        socketio_break(state, data, "only a client sends Engine.IO's upgrade packet (5)");
        break;
    default:
        socketio_break(state, data, "a packet of Engine.IO begins with a type of 0 to 6");
        break;
    }
}

static void take_text(struct protocol_state *state, struct text data)
{
    switch (state->phase) {
    case SOCKETIO_OPENING:
        opening(state, data);
        break;
    case SOCKETIO_PROBING:
        probing(state, data);
        break;
    case SOCKETIO_OPEN:
    case SOCKETIO_OVER:
    default:
        take_packet(state, data);
        break;
    }
}

void socketio_received(struct protocol_state *state, enum conversation_kind kind,
                       struct text data)
{
    if (state->phase == SOCKETIO_OVER) {
        return;
    }
    if (kind == CONVERSATION_TEXT && data.size == 0) {
        socketio_break(state, data, "an empty message is no packet of Engine.IO");
    } else if (kind == CONVERSATION_TEXT) {
        take_text(state, data);
    } else if (kind == CONVERSATION_BINARY && state->phase == SOCKETIO_OPEN) {
        socketio_bytes(state, data);
    } else if (kind == CONVERSATION_BINARY) {
        socketio_break(state, data, "a session of Engine.IO begins with an open packet (0)");
    }
}
