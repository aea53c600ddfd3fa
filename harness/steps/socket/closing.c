/* SPDX-License-Identifier: MIT */
/* I22 to I26: sockets closed, dropped and opened again. */
#include "config/settings.h"
#include "exchange/exchange.h"
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

enum { NORMAL_CLOSURE = 1000, REASON_LIMIT_BYTES = 123 };

/* The sockets of the step, of its actors where it says "the". */
static bool find_sockets(struct step *step, struct actor_sockets *ret_sockets)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast) || !receiver_named_sockets(step, 1, cast, ret_sockets)) {
        return false;
    }
    world_has_moved(step->world, cast);
    return true;
}

static bool has_ended(struct socket_waiter *waiter)
{
    return actor_socket_has_ended(waiter->socket);
}

static void note_ended(struct socket_wait *wait)
{
    struct world *world = wait->step->world;
    struct cast cast = { ARENA_ARRAY(&world->arena, wait->count, struct actor *), wait->count };
    for (size_t i = 0; i < wait->count; i++) {
        cast.list[i] = wait->list[i].socket->actor;
        cast.list[i]->ended = wait->list[i].socket;
    }
    world_note_latest(world, &world->realtime.ended, cast);
}

/* The server's part of a close is waited for by the connection itself, for a time. */
static void fail_late(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    step_fail(wait->step, "%.*s is not closed %.*s",
              TEXT_ARG(actor_socket_title(waiter->socket)), TEXT_ARG(socket_wait_time(wait)));
    step_hint(wait->step, "the server did not answer the close frame");
}

static void close_all(struct step *step, const struct actor_sockets *sockets, uint64_t code,
                      size_t reason_index)
{
    struct socket_wait *wait = socket_wait_new(step, sockets);
    for (size_t i = 0; i < sockets->count; i++) {
        struct text reason = TEXT_EMPTY;
        if (!receiver_must_be_open(step, sockets->list[i]) ||
            (reason_index &&
             !step_string(step, sockets->list[i]->actor, reason_index, &reason))) {
            return;
        }
        if (reason.size > REASON_LIMIT_BYTES) {
            step_fail_at(step, step_argument_span(step, reason_index),
                         "a close reason of %zu bytes, at most %d", reason.size,
                         REASON_LIMIT_BYTES);
            step_hint(step, "a close frame has no room for more (RFC 6455, section 5.5)");
            return;
        }
        actor_socket_close(sockets->list[i], (unsigned)code, reason);
    }
    wait->look = has_ended;
    wait->then = note_ended;
    wait->late = fail_late;
    socket_wait_start(wait);
}

/* I22: `{actor} close(s) {socket}` */
void step_close_socket(struct step *step)
{
    struct actor_sockets sockets;
    if (find_sockets(step, &sockets)) {
        close_all(step, &sockets, NORMAL_CLOSURE, 0);
    }
}

/* What a close frame may carry (RFC 6455, section 7.4). */
static bool is_close_code(uint64_t code)
{
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) ||
           (code >= 3000 && code <= 4999);
}

/* I23 and I24: `{actor} close(s) {socket} with code {count}`, `… and reason {string}` */
void step_close_socket_with(struct step *step)
{
    struct actor_sockets sockets;
    uint64_t code;
    bool has_reason = step->match->argument_count > 3;
    if (!find_sockets(step, &sockets) || !step_count(step, sockets.list[0]->actor, 2, &code)) {
        return;
    }
    if (!is_close_code(code)) {
        step_fail_at(step, step_argument_span(step, 2), "%llu is no code of a close frame",
                     (unsigned long long)code);
        step_hint(step, "write 1000 to 1003, 1007 to 1014, or 3000 to 4999");
        return;
    }
    close_all(step, &sockets, code, has_reason ? 3 : 0);
}

/* I25: `{actor} drop(s) {socket}` */
void step_drop_socket(struct step *step)
{
    struct actor_sockets sockets;
    if (!find_sockets(step, &sockets)) {
        return;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    for (size_t i = 0; i < sockets.count; i++) {
        if (!receiver_must_be_open(step, sockets.list[i])) {
            return;
        }
        actor_socket_drop(sockets.list[i], TEXT_EMPTY);
    }
    wait->look = has_ended;
    wait->then = note_ended;
    wait->late = fail_late;
    socket_wait_start(wait);
}

/* --- I26 --- */

/* The tries of one socket. */
struct tries {
    size_t count;
    struct loop_timer pause;
    bool is_pausing;
    struct socket_waiter *waiter;
};

static void try_again(void *context)
{
    struct tries *tries = context;
    struct socket_waiter *waiter = tries->waiter;
    tries->is_pausing = false;
    tries->count++;
    (void)actor_socket_reconnect(waiter->wait->step, waiter->socket); /* or the step fails */
}

static bool look_reconnected(struct socket_waiter *waiter)
{
    struct tries *tries = waiter->own;
    const struct world_context *context = waiter->wait->step->world->context;
    bool was_whole =
        actor_socket_is_stream(waiter->socket) && waiter->socket->state == ACTOR_SOCKET_ENDED;
    if (!actor_socket_has_ended(waiter->socket) || tries->is_pausing || was_whole) {
        return was_whole || waiter->socket->state == ACTOR_SOCKET_READY;
    }
    tries->is_pausing = true;
    tries->pause = (struct loop_timer){ .due = try_again, .context = tries };
    loop_timer_set(context->loop, &tries->pause,
                   loop_now_ns(context->loop) +
                       context->settings->limits.poll_ms * NANOSECONDS_PER_MILLISECOND);
    return false;
}

static void fail_reconnecting(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    const struct actor_socket *socket = waiter->socket;
    const struct tries *tries = waiter->own;
    bool is_opening = socket->state == ACTOR_SOCKET_OPENING;
    step_fail(wait->step, "%.*s is not open again %.*s, after %zu %s: it %.*s",
              TEXT_ARG(actor_socket_title(socket)), TEXT_ARG(socket_wait_time(wait)),
              tries->count, tries->count == 1 ? "try" : "tries",
              TEXT_ARG(is_opening ? TEXT("got no answer") : actor_socket_ending(socket)));
    step_hint(wait->step, "give it longer with 'within … ' in front of the step");
    if (!is_opening) {
        step_show_exchange(wait->step, socket->conversation->handshake);
    }
}

static void release_tries(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        struct tries *tries = wait->list[i].own;
        loop_timer_clear(wait->step->world->context->loop, &tries->pause);
        if (wait->list[i].socket->state == ACTOR_SOCKET_OPENING) {
            actor_socket_drop(wait->list[i].socket, TEXT("the time to open it was over"));
        }
    }
}

/* I26: `{actor} reconnect(s) {socket}` */
void step_reconnect_socket(struct step *step)
{
    struct actor_sockets sockets;
    if (!find_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!actor_socket_has_ended(sockets.list[i])) {
            step_fail(step, "%.*s is still open",
                      TEXT_ARG(actor_socket_title(sockets.list[i])));
            step_hint(step, "close or drop it first, or check that the server has closed it");
            return;
        }
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    step->world->realtime.batches++;
    for (size_t i = 0; i < sockets.count; i++) {
        struct tries *tries = ARENA_NEW(&step->world->arena, struct tries);
        *tries = (struct tries){ .count = 1, .waiter = &wait->list[i] };
        wait->list[i].own = tries;
        sockets.list[i]->batch = step->world->realtime.batches;
        if (!actor_socket_reconnect(step, sockets.list[i])) {
            return;
        }
    }
    wait->look = look_reconnected;
    wait->late = fail_reconnecting;
    wait->release = release_tries;
    socket_wait_start(wait);
}
