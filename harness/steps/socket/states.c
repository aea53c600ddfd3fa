/* SPDX-License-Identifier: MIT */
/* I27 to I29: whether sockets are open or closed. */
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

static struct socket_wait *prepare(struct step *step)
{
    struct actor_sockets sockets;
    step->world->checks++;
    if (!receiver_named_sockets(step, 0, (struct cast){ 0 }, &sockets)) {
        return NULL;
    }
    return socket_wait_new(step, &sockets);
}

static bool look_open(struct socket_waiter *waiter)
{
    (void)waiter;
    return false; /* the loop runs once: a close that has arrived is seen */
}

static void check_open(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        const struct actor_socket *socket = wait->list[i].socket;
        if (socket->state != ACTOR_SOCKET_READY) {
            step_mismatch(wait->step, actor_socket_title(socket), TEXT("open"),
                          arena_format(&wait->step->world->arena, "it %.*s",
                                       TEXT_ARG(actor_socket_ending(socket))),
                          wait->step->at);
            receiver_show(wait->step, socket);
        }
    }
}

/* I27: `{socket} is/are open` */
void step_socket_is_open(struct step *step)
{
    struct socket_wait *wait = prepare(step);
    if (wait) {
        wait->look = look_open;
        wait->late = check_open;
        socket_wait_start_until(wait, step->started_ns);
    }
}

static bool look_closed(struct socket_waiter *waiter)
{
    return actor_socket_has_ended(waiter->socket);
}

/* The code of a close frame; 1006 without one (RFC 6455, section 7.1.5). */
static unsigned code_of(const struct actor_socket *socket)
{
    return socket->conversation->close.code;
}

static void check_code(struct step *step, const struct actor_socket *socket)
{
    struct arena *arena = &step->world->arena;
    uint64_t code;
    if (!step_count(step, socket->actor, 1, &code) || code == code_of(socket)) {
        return;
    }
    step_mismatch(
        step,
        arena_format(arena, "the close code of %.*s", TEXT_ARG(actor_socket_title(socket))),
        arena_format(arena, "%llu", (unsigned long long)code),
        arena_format(arena, "%u (it %.*s)", code_of(socket),
                     TEXT_ARG(actor_socket_ending(socket))),
        step_argument_span(step, 1));
    receiver_show(step, socket);
}

/* What broke a rule, or our limits, was not closed by anybody: that is never what was meant. */
static bool has_broken(struct step *step, const struct actor_socket *socket)
{
    if (socket->refusal.size == 0) {
        return false;
    }
    step_fail(step, "%.*s %.*s", TEXT_ARG(actor_socket_title(socket)),
              TEXT_ARG(actor_socket_ending(socket)));
    step_hint(step, "it was ended for that, not closed by the server");
    receiver_show(step, socket);
    return true;
}

static void check_closed(struct socket_wait *wait)
{
    struct step *step = wait->step;
    struct cast cast = { ARENA_ARRAY(&step->world->arena, wait->count, struct actor *),
                         wait->count };
    for (size_t i = 0; i < wait->count; i++) {
        struct actor_socket *socket = wait->list[i].socket;
        cast.list[i] = socket->actor;
        socket->actor->ended = socket;
        if (!has_broken(step, socket) && step->match->argument_count > 1) {
            check_code(step, socket);
        }
    }
    world_note_latest(step->world, &step->world->realtime.ended, cast);
}

static void fail_open(struct socket_wait *wait)
{
    size_t pending;
    const struct actor_socket *socket = socket_wait_pending(wait, &pending)->socket;
    step_fail(wait->step, "%.*s is still open %.*s", TEXT_ARG(actor_socket_title(socket)),
              TEXT_ARG(socket_wait_time(wait)));
    if (pending > 1) {
        step_hint(wait->step, "so are %zu more; give it longer with 'within … '", pending - 1);
    } else {
        step_hint(wait->step, "give it longer with 'within … ' in front of the step");
    }
    receiver_show(wait->step, socket);
}

/* I28 and I29: `{socket} is/are closed`, `… with code {count}` */
void step_socket_is_closed(struct step *step)
{
    struct socket_wait *wait = prepare(step);
    if (wait) {
        wait->look = look_closed;
        wait->then = check_closed;
        wait->late = fail_open;
        socket_wait_start(wait);
    }
}
