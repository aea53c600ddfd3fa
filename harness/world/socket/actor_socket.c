/* SPDX-License-Identifier: MIT */
/* The life of a socket: opened, reconnected, closed, freed. What happens on it is in
 * socket_events.c. */
#include "world/actor_socket.h"

#include "config/settings.h"
#include "exchange/exchange.h"
#include "exchange/url.h"
#include "net/http.h"
#include "net/socket.h"
#include "world/session.h"
#include "world/socket/connection.h"
#include "world/socket_channel.h"
#include "world/socket_opening.h"
#include "world/socket_rule.h"
#include "world/step.h"
#include "world/world.h"

enum { END_LIMIT_MS = 500, NORMAL_CLOSURE = 1000, STATUS_OK = 200 };

bool actor_socket_has_ended(const struct actor_socket *socket)
{
    return socket->state == ACTOR_SOCKET_ENDED || socket->state == ACTOR_SOCKET_REFUSED;
}

bool actor_socket_is_silent(const struct actor_socket *socket)
{
    const struct conversation_close *close = &socket->conversation->close;
    return actor_socket_has_ended(socket) || close->by == CONVERSATION_ENDED_BY_SERVER ||
           close->failure.size;
}

bool actor_socket_is_stream(const struct actor_socket *socket)
{
    return socket->opening->is_stream;
}

struct text actor_socket_protocol(const struct actor_socket *socket)
{
    return socket->opening->is_stream ? TEXT("event stream") : socket->opening->protocol->name;
}

struct actor_socket *actor_socket_find(const struct actor *actor, struct text name)
{
    for (struct actor_socket *at = actor->sockets; at; at = at->next) {
        if (name.size == 0 || text_equal(at->name, name)) {
            return at;
        }
    }
    return NULL;
}

void world_note_cause(struct world *world)
{
    world->realtime.caused_ns = loop_now_ns(world->context->loop);
}

/* --- opening --- */

static void start_when_due(void *context)
{
    connection_start(context);
}

/* What there is of a connection before it begins. */
static struct conversation *conversation_without_words(struct arena *arena)
{
    struct conversation *conversation = ARENA_NEW(arena, struct conversation);
    struct exchange *handshake = ARENA_NEW(arena, struct exchange);
    handshake->failure = EXCHANGE_INTERRUPTED;
    handshake->message = TEXT("the request rate did not let it begin");
    conversation->handshake = handshake;
    return conversation;
}

/* As soon as the request rates let it. */
static void schedule(struct actor_socket *socket)
{
    const struct world_context *context = socket->actor->world->context;
    uint64_t now_ns = loop_now_ns(context->loop);
    uint64_t slot_ns = rate_take_both(&socket->actor->rate, context->rate, now_ns);
    socket->state = ACTOR_SOCKET_OPENING;
    if (slot_ns <= now_ns) {
        connection_start(socket);
        return;
    }
    socket->conversation = conversation_without_words(&socket->actor->world->arena);
    socket->start = (struct loop_timer){ .due = start_when_due, .context = socket };
    loop_timer_set(context->loop, &socket->start, slot_ns);
}

static bool is_name_free(struct step *step, const struct actor *actor, struct text name)
{
    const struct actor_socket *other = name.size ? actor_socket_find(actor, name) : NULL;
    if (!other || actor_socket_has_ended(other)) {
        return true;
    }
    step_fail(step, "%.*s is open already", TEXT_ARG(actor_socket_title(other)));
    step_hint(step, "close it first, or give the new one another name");
    return false;
}

struct actor_socket *actor_socket_open(struct step *step, struct actor *actor, struct text name,
                                       const struct socket_opening *opening)
{
    if (!is_name_free(step, actor, name)) {
        return NULL;
    }
    struct actor_socket *socket = ARENA_NEW(&step->world->arena, struct actor_socket);
    socket->actor = actor;
    socket->name = name;
    socket->opening = opening;
    socket->batch = step->world->realtime.batches;
    if (!connection_prepare(step, socket)) {
        return NULL;
    }
    socket->next = actor->sockets;
    actor->sockets = socket;
    schedule(socket);
    return socket;
}

bool actor_socket_reconnect(struct step *step, struct actor_socket *socket)
{
    connection_release(socket);
    if (!connection_prepare(step, socket)) {
        socket->state = ACTOR_SOCKET_REFUSED;
        return false;
    }
    schedule(socket);
    return true;
}

/* --- closing --- */

uint64_t actor_socket_ping(struct actor_socket *socket)
{
    bool can_ping = socket->state == ACTOR_SOCKET_READY && socket->socket;
    struct arena *arena = &socket->actor->world->arena;
    if (!can_ping || !socket_send(socket->socket, CONVERSATION_PING,
                                  arena_format(arena, "bddrun-%llu",
                                               (unsigned long long)(socket->pings + 1)))) {
        return 0;
    }
    socket->ping_sent_ns = loop_now_ns(socket->actor->world->context->loop);
    return ++socket->pings;
}

static bool has_any_open(const struct world *world)
{
    for (const struct actor *actor = world->actors; actor; actor = actor->next) {
        for (const struct actor_socket *at = actor->sockets; at; at = at->next) {
            if (!actor_socket_has_ended(at)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_broken(const struct actor_socket *socket)
{
    return socket->state == ACTOR_SOCKET_ENDED && socket->actor->ended != socket &&
           (socket->refusal.size || socket->conversation->close.failure.size);
}

const struct actor_socket *world_unread_break(const struct world *world)
{
    for (const struct actor *actor = world->actors; actor; actor = actor->next) {
        for (const struct actor_socket *at = actor->sockets; at; at = at->next) {
            if (is_broken(at)) {
                return at;
            }
        }
    }
    return NULL;
}

static bool all_have_ended(const void *world)
{
    return !has_any_open(world);
}

void world_close_sockets(struct world *world)
{
    struct loop *loop = world->context->loop;
    if (!has_any_open(world)) {
        return;
    }
    for (struct actor *actor = world->actors; actor; actor = actor->next) {
        for (struct actor_socket *at = actor->sockets; at; at = at->next) {
            bool is_ready = at->state == ACTOR_SOCKET_READY;
            if (is_ready) {
                actor_socket_close(at, NORMAL_CLOSURE, TEXT_EMPTY);
            } else if (!actor_socket_has_ended(at)) {
                actor_socket_drop(at, TEXT_EMPTY);
            }
        }
    }
    bool was_cancelled = loop->is_cancelled;
    loop_resume(loop);
    loop_run(loop, all_have_ended, world,
             loop_now_ns(loop) + END_LIMIT_MS * NANOSECONDS_PER_MILLISECOND);
    if (was_cancelled) {
        loop_cancel(loop);
    }
}

void actor_release_sockets(struct actor *actor)
{
    for (struct actor_socket *at = actor->sockets; at; at = at->next) {
        connection_release(at);
        socket_rule_release(at);
        inbox_release(&at->inbox);
    }
    actor->sockets = NULL;
}

/* --- telling --- */

struct text actor_socket_title(const struct actor_socket *socket)
{
    const struct actor *actor = socket->actor;
    struct arena *arena = &actor->world->arena;
    struct text whose = text_is(actor->name, "I")
                            ? TEXT("my")
                            : arena_format(arena, "%.*s's", TEXT_ARG(actor->name));
    const char *kind = actor_socket_is_stream(socket) ? "event stream" : "socket";
    if (socket->name.size == 0) {
        return arena_format(arena, "%.*s %s", TEXT_ARG(whose), kind);
    }
    return arena_format(arena, "%.*s \"%.*s\" %s", TEXT_ARG(whose), TEXT_ARG(socket->name),
                        kind);
}

static struct text refusal(const struct actor_socket *socket)
{
    struct arena *arena = &socket->actor->world->arena;
    const struct exchange *handshake = socket->conversation->handshake;
    if (socket->refusal.size) {
        return arena_format(arena, "was refused: %.*s", TEXT_ARG(socket->refusal));
    }
    if (handshake->response.status == STATUS_OK && socket->conversation->close.failure.size) {
        return arena_format(arena, "was refused: %.*s",
                            TEXT_ARG(socket->conversation->close.failure));
    }
    if (handshake->failure != EXCHANGE_ANSWERED) {
        return arena_format(arena, "could not be opened: %.*s", TEXT_ARG(handshake->message));
    }
    if (handshake->response.status / 100 < 3 && socket->conversation->close.failure.size) {
        return arena_format(arena, "could not be opened: %.*s",
                            TEXT_ARG(socket->conversation->close.failure));
    }
    return arena_format(arena, "was refused with status %u %.*s", handshake->response.status,
                        TEXT_ARG(handshake->response.reason));
}

static struct text closing(const struct actor_socket *socket)
{
    struct arena *arena = &socket->actor->world->arena;
    const struct conversation_close *close = &socket->conversation->close;
    const char *by = close->by == CONVERSATION_ENDED_BY_US ? "us" : "the server";
    if (close->code == 1005 || close->code == 1006) {
        return arena_format(arena, "was closed by %s without a %s", by,
                            close->code == 1005 ? "code" : "close frame");
    }
    if (close->reason.size == 0) {
        return arena_format(arena, "was closed by %s with code %u", by, close->code);
    }
    return arena_format(arena, "was closed by %s with code %u ('%.*s')", by, close->code,
                        TEXT_ARG(close->reason));
}

struct text actor_socket_ending(const struct actor_socket *socket)
{
    struct arena *arena = &socket->actor->world->arena;
    if (socket->state == ACTOR_SOCKET_REFUSED) {
        return refusal(socket);
    }
    struct text failure =
        socket->refusal.size ? socket->refusal : socket->conversation->close.failure;
    return failure.size ? arena_format(arena, "broke: %.*s", TEXT_ARG(failure))
                        : closing(socket);
}
