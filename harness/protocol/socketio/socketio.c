/* SPDX-License-Identifier: MIT */
#include "protocol/socketio/socketio.h"

#include <stdlib.h>

#include "format/json.h"
#include "protocol/absent.h"
#include "protocol/address.h"
#include "protocol/socketio/session.h"

static struct text address(struct protocol_options *options, struct text url,
                           struct headers *query, struct arena *arena)
{
    struct address parts;
    struct text session;
    address_split(url, &parts);
    if (parts.path.size == 0 || text_is(parts.path, "/")) {
        parts.path = TEXT("/socket.io/");
    }
    address_default(&parts, query, arena, TEXT("EIO"), TEXT("4"));
    address_default(&parts, query, arena, TEXT("transport"), TEXT("websocket"));
    if (address_find(&parts, query, TEXT("sid"), &session)) {
        options->session = session;
    }
    return address_join(arena, &parts);
}

static bool auth_is_object(struct text auth)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *root;
    arena_init(&arena);
    return auth.size == 0 ||
           (json_parse_text(auth, &arena, &root) && json_is(root, JSON_OBJECT));
}

static bool create(struct arena *arena, const struct protocol_options *options,
                   const struct protocol_sink *sink, struct protocol_state **ret_state,
                   struct problems *problems)
{
    struct text first = options->namespace_.size > 0 ? options->namespace_ : TEXT("/");
    if (!auth_is_object(options->auth)) {
        problems_add(problems, PROBLEM_INPUT, span_none(), "write it as {\"token\": …}",
                     "Socket.IO's auth is not a JSON object: '%.*s'", TEXT_ARG(options->auth));
        return false;
    }
    struct protocol_state *state = ARENA_NEW(arena, struct protocol_state);
    state->arena = arena;
    state->sink = sink;
    state->auth = arena_text(arena, options->auth);
    state->first = arena_text(arena, first);
    state->is_upgrade = options->session.size > 0;
    buffer_init(&state->packet, SOCKETIO_BYTES_LIMIT);
    buffer_init(&state->bytes, SOCKETIO_BYTES_LIMIT);
    if (!socketio_join(state, state->first, problems)) {
        return false;
    }
    *ret_state = state;
    return true;
}

static void release(struct protocol_state *state)
{
    buffer_release(&state->packet);
    buffer_release(&state->bytes);
    free(state->sizes);
    state->sizes = NULL;
}

const struct protocol socketio_protocol = {
    .name = TEXT_STATIC("Socket.IO"),
    .key = TEXT_STATIC("socketio"),
    .address = address,
    .create = create,
    .release = release,
    .opened = socketio_opened,
    .received = socketio_received,
    .due = socketio_due,
    .send_event = socketio_send_event,
    .reply = socketio_reply,
    .join = socketio_join,
    .leave = socketio_leave,
    .authorised = absent_authorised,
    .members = absent_members,
    .goodbye = socketio_goodbye,
};
