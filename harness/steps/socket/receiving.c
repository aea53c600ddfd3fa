/* SPDX-License-Identifier: MIT */
/* I1 to I3: one event or message of each socket. */
#include "steps/socket/received.h"
#include "steps/socket/wanted.h"
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

void received_take(struct inbox_event *event)
{
    inbox_take(event);
    event->socket->actor->message = event;
}

void received_by_all(struct socket_wait *wait)
{
    struct step *step = wait->step;
    struct cast cast = { ARENA_ARRAY(&step->world->arena, wait->count, struct actor *),
                         wait->count };
    for (size_t i = 0; i < wait->count; i++) {
        cast.list[i] = wait->list[i].socket->actor;
    }
    world_note_latest(step->world, &step->world->realtime.received, cast);
}

static void fail_strict(struct socket_waiter *waiter, const struct wanted *wanted,
                        const struct inbox_event *event)
{
    struct step *step = waiter->wait->step;
    struct buffer out;
    buffer_init(&out, 1000);
    inbox_event_print(&out, event);
    step_fail_at(step, wanted->at, "the next message of %.*s is not the %.*s but %.*s",
                 TEXT_ARG(actor_socket_title(waiter->socket)),
                 TEXT_ARG(wanted_print(step, wanted)), TEXT_ARG(buffer_text(&out)));
    step_hint(step, "write 'a' instead of 'the next' where others may come before it");
    receiver_show(step, waiter->socket);
    buffer_release(&out);
}

/* Takes the first that fits. An ended connection brings nothing more. */
static bool look(struct socket_waiter *waiter)
{
    const struct wanted *wanted = waiter->own;
    struct step *step = waiter->wait->step;
    struct inbox_event *event;
    while ((event = inbox_unread(&waiter->socket->inbox, &waiter->cursor))) {
        waiter->cursor++;
        if (wanted_fits(step, wanted, event)) {
            received_take(event);
            return true;
        }
        if (wanted->is_strict || step_has_failed(step)) {
            fail_strict(waiter, wanted, event);
            return false;
        }
    }
    if (actor_socket_is_silent(waiter->socket)) {
        wanted_report(waiter->wait, waiter->socket, wanted, 0);
    }
    return false;
}

static void fail_late(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    wanted_report(wait, waiter->socket, waiter->own, pending - 1);
}

static void release(struct socket_wait *wait)
{
    expectations_release(wait->own);
}

/* What one socket shall receive, of the step's arguments and doc string. */
static void *read_wanted(struct step *step, const struct actor_socket *socket,
                         struct expectations *expectations)
{
    struct wanted *wanted = ARENA_NEW(&step->world->arena, struct wanted);
    if (!wanted_read_event(step, socket->actor, 1, wanted) ||
        !wanted_is_possible(step, wanted, socket)) {
        return NULL;
    }
    if (step->match->definition->takes == TAKES_JSON) {
        const struct source *source = step_doc_string_source(step, socket->actor);
        bool is_ok =
            source && expectations_compile(expectations, step, source, &wanted->expectation);
        return is_ok ? wanted : NULL;
    }
    bool has_field = step->match->argument_count == 4;
    return !has_field || wanted_read_field(step, 2, wanted) ? wanted : NULL;
}

struct socket_wait *received_prepare(struct step *step, received_read_function *read,
                                     struct expectations *expectations)
{
    struct actor_sockets sockets;
    step->world->checks++;
    if (!receiver_sockets(step, 0, &sockets)) {
        return NULL;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    for (size_t i = 0; i < wait->count; i++) {
        wait->list[i].own = read(step, wait->list[i].socket, expectations);
        if (!wait->list[i].own) {
            return NULL;
        }
    }
    return wait;
}

void receive(struct step *step, const struct reception *reception)
{
    struct expectations *expectations = ARENA_NEW(&step->world->arena, struct expectations);
    struct socket_wait *wait = received_prepare(step, reception->read, expectations);
    if (!wait) {
        expectations_release(expectations);
        return;
    }
    wait->own = expectations;
    wait->look = reception->look;
    wait->then = received_by_all;
    wait->late = reception->late;
    wait->release = release;
    socket_wait_start(wait);
}

/* I1 to I3: `{receiver} receive(s) {event}`, `… matching:`, `… where {field} {comparison}` */
void step_receive(struct step *step)
{
    receive(step, &(struct reception){ read_wanted, look, fail_late });
}
