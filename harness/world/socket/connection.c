/* SPDX-License-Identifier: MIT */
#include "world/socket/connection.h"

#include "exchange/exchange.h"
#include "net/http.h"
#include "net/event_stream.h"
#include "net/socket.h"
#include "world/actor_socket.h"
#include "world/request_common.h"
#include "world/session.h"
#include "world/socket_channel.h"
#include "world/socket_opening.h"
#include "world/step.h"
#include "world/world.h"

static bool make_protocol(struct step *step, struct actor_socket *socket,
                          struct protocol_options *options)
{
    struct problems problems;
    const struct protocol *protocol = socket->opening->protocol;
    problems_init(&problems);
    connection_listen(socket);
    bool is_ok = protocol->create(&step->world->arena, options, &socket->sink,
                                  &socket->protocol, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
        step_hint(step, "see 'sockets:' in bddrun.yaml and the table of the step");
    }
    problems_release(&problems);
    return is_ok;
}

bool connection_prepare(struct step *step, struct actor_socket *socket)
{
    struct arena *arena = &step->world->arena;
    const struct socket_opening *opening = socket->opening;
    struct request *request = ARENA_NEW(arena, struct request);
    struct protocol_options options = opening->options;
    *request = (struct request){ .method = TEXT("GET"), .url = opening->url };
    for (size_t i = 0; i < opening->headers.count; i++) {
        headers_add(&request->headers, arena, opening->headers.list[i].name,
                    opening->headers.list[i].value);
    }
    for (size_t i = 0; i < opening->query.count; i++) {
        headers_add(&request->query, arena, opening->query.list[i].name,
                    opening->query.list[i].value);
    }
    socket->refusal = socket->id = TEXT_EMPTY;
    socket->channels = NULL;
    socket->request = request;
    if (opening->is_stream) {
        connection_listen(socket);
        return true;
    }
    request->url = opening->protocol->address(&options, opening->url, &request->query, arena);
    return make_protocol(step, socket, &options);
}

static void start_socket(struct actor_socket *socket)
{
    struct actor *actor = socket->actor;
    const struct socket_opening *opening = socket->opening;
    const struct socket_options options = { .subprotocols = opening->subprotocols,
                                            .subprotocol_count = opening->subprotocol_count };
    socket->socket = socket_open(actor_session(actor), &actor->world->arena, socket->request,
                                 opening->settings, &options, &socket->listener);
    socket->conversation = socket_conversation(socket->socket);
}

/* A reconnected one goes on behind what it has seen. */
static void start_stream(struct actor_socket *socket)
{
    static const struct event_stream_options options = { 0 };
    struct actor *actor = socket->actor;
    if (socket->last_id.size) {
        headers_set(&socket->request->headers, &actor->world->arena, TEXT("Last-Event-ID"),
                    socket->last_id);
    }
    socket->stream =
        event_stream_open(actor_session(actor), &actor->world->arena, socket->request,
                          socket->opening->settings, &options, &socket->listener);
    socket->conversation = event_stream_conversation(socket->stream);
}

void connection_start(struct actor_socket *socket)
{
    struct actor *actor = socket->actor;
    request_add_common(actor, socket->opening->settings, socket->request);
    world_note_cause(actor->world);
    if (socket->opening->is_stream) {
        start_stream(socket);
    } else {
        start_socket(socket);
    }
    socket->conversation->actor = actor->name;
    socket->conversation->name = socket->name;
    socket->conversation->protocol = actor_socket_protocol(socket);
    world_add_conversation(actor->world, socket->conversation);
}

void actor_socket_close(struct actor_socket *socket, unsigned code, struct text reason)
{
    if (socket->socket && !actor_socket_has_ended(socket)) {
        socket->opening->protocol->goodbye(socket->protocol);
        socket_close(socket->socket, code, reason);
    } else if (!actor_socket_has_ended(socket)) {
        event_stream_close(socket->stream);
    }
}

void actor_socket_drop(struct actor_socket *socket, struct text reason)
{
    loop_timer_clear(socket->actor->world->context->loop, &socket->start);
    if (reason.size && socket->refusal.size == 0) {
        socket->refusal = arena_text(&socket->actor->world->arena, reason);
    }
    if (socket->socket) {
        socket_drop(socket->socket);
    } else if (socket->stream) {
        event_stream_close(socket->stream);
    } else {
        connection_end(socket);
    }
}

void connection_release(struct actor_socket *socket)
{
    struct loop *loop = socket->actor->world->context->loop;
    loop_timer_clear(loop, &socket->start);
    loop_timer_clear(loop, &socket->due);
    socket_channel_cancel(socket);
    socket_free(socket->socket);
    socket->socket = NULL;
    if (socket->stream) {
        socket->last_id =
            arena_text(&socket->actor->world->arena, event_stream_last_id(socket->stream));
        event_stream_free(socket->stream);
        socket->stream = NULL;
    }
    if (socket->protocol) {
        socket->opening->protocol->release(socket->protocol);
        socket->protocol = NULL;
    }
}
