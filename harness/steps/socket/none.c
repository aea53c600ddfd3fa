/* SPDX-License-Identifier: MIT */
/* I8 to I11: that no event arrives, or nothing else; events that are of no interest. */
#include "steps/socket/received.h"
#include "steps/socket/wanted.h"
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_rule.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

#define NO_FENCE UINT64_MAX /* an event stream: nothing can be asked */

/* What must not be in one inbox. */
struct unwanted {
    struct wanted wanted; /* its name only */
    uint64_t fence;       /* a ping whose pong is waited for */
    bool is_nothing_else;
};

static void *read_unwanted(struct step *step, const struct actor_socket *socket,
                           UNUSED struct expectations *expectations)
{
    struct unwanted *unwanted = ARENA_NEW(&step->world->arena, struct unwanted);
    unwanted->wanted.has_name = true;
    unwanted->wanted.at = step_argument_span(step, 1);
    bool is_ok = step_string(step, socket->actor, 1, &unwanted->wanted.name) &&
                 wanted_is_possible(step, &unwanted->wanted, socket);
    return is_ok ? unwanted : NULL;
}

static void fail_unwanted(struct socket_waiter *waiter, const struct inbox_event *event)
{
    const struct unwanted *unwanted = waiter->own;
    struct step *step = waiter->wait->step;
    struct buffer out;
    buffer_init(&out, 1000);
    inbox_event_print(&out, event);
    step_fail_at(step, unwanted->wanted.at, "%.*s received %s: %.*s",
                 TEXT_ARG(actor_socket_title(waiter->socket)),
                 unwanted->is_nothing_else ? "something else" : "what it should not",
                 TEXT_ARG(buffer_text(&out)));
    step_hint(step, unwanted->is_nothing_else ? "receive it before, or ignore its events"
                                              : "the inbox is below");
    receiver_show(step, waiter->socket);
    buffer_release(&out);
}

/* True when an unwanted one is there: the step has failed. */
static bool has_unwanted(struct socket_waiter *waiter)
{
    const struct unwanted *unwanted = waiter->own;
    const struct inbox_event *event;
    for (; (event = inbox_unread(&waiter->socket->inbox, &waiter->cursor)); waiter->cursor++) {
        if (wanted_fits_name(&unwanted->wanted, event)) {
            fail_unwanted(waiter, event);
            return true;
        }
    }
    return false;
}

/* A broken connection may have lost something; a closed one has told everything. */
static bool is_complete(struct socket_waiter *waiter)
{
    struct actor_socket *socket = waiter->socket;
    const struct unwanted *unwanted = waiter->own;
    bool is_broken = actor_socket_is_silent(socket) &&
                     (socket->refusal.size || socket->state == ACTOR_SOCKET_REFUSED ||
                      socket->conversation->close.failure.size);
    if (is_broken) {
        receiver_must_be_open(waiter->wait->step, socket);
        return false;
    }
    return actor_socket_is_silent(socket) || socket->pongs >= unwanted->fence;
}

static bool look_behind_fence(struct socket_waiter *waiter)
{
    return !has_unwanted(waiter) && is_complete(waiter);
}

static void fail_without_pong(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    const struct unwanted *unwanted = waiter->own;
    if (unwanted->fence == NO_FENCE) {
        return; /* an event stream: what was there by now */
    }
    step_fail(wait->step,
              "%.*s got no pong to its ping %.*s, so it is not known what is "
              "under way",
              TEXT_ARG(actor_socket_title(waiter->socket)), TEXT_ARG(socket_wait_time(wait)));
    step_hint(wait->step, "where the server answers no pings, say how long: 'for 300 ms'");
}

/* Sends the pings. An event stream has none: then one look at what is there must do. */
static void start_behind_fence(struct socket_wait *wait)
{
    bool has_fence = false;
    for (size_t i = 0; i < wait->count; i++) {
        struct unwanted *unwanted = wait->list[i].own;
        bool is_stream = actor_socket_is_stream(wait->list[i].socket);
        unwanted->fence = is_stream ? NO_FENCE : actor_socket_ping(wait->list[i].socket);
        has_fence = has_fence || !is_stream;
    }
    wait->look = look_behind_fence;
    wait->late = fail_without_pong;
    if (has_fence) {
        socket_wait_start(wait);
    } else {
        socket_wait_start_until(wait, wait->step->started_ns);
    }
}

/* I8: `{receiver} receive(s) no {string} event(s)` */
void step_receive_none(struct step *step)
{
    struct socket_wait *wait = received_prepare(step, read_unwanted, NULL);
    if (wait) {
        start_behind_fence(wait);
    }
}

static bool look_for_unwanted(struct socket_waiter *waiter)
{
    (void)has_unwanted(waiter);
    return false;
}

/* At the end of the time: nobody may have lost his connection by an error. */
static void check_complete(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        (void)is_complete(&wait->list[i]);
    }
}

/* I9: `{receiver} receive(s) no {string} event(s) for {duration}` */
void step_receive_none_for(struct step *step)
{
    uint64_t duration_ns;
    struct socket_wait *wait = received_prepare(step, read_unwanted, NULL);
    if (wait && step_duration(step, wait->list[0].socket->actor, 2, &duration_ns)) {
        wait->look = look_for_unwanted;
        wait->late = check_complete;
        socket_wait_start_until(wait, step->started_ns + duration_ns);
    }
}

/* I10: `{receiver} receive(s) nothing else` */
void step_receive_nothing_else(struct step *step)
{
    struct actor_sockets sockets;
    step->world->checks++;
    if (!receiver_sockets(step, 0, &sockets)) {
        return;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    for (size_t i = 0; i < wait->count; i++) {
        struct unwanted *unwanted = ARENA_NEW(&step->world->arena, struct unwanted);
        unwanted->is_nothing_else = true;
        unwanted->wanted.at = step->at;
        wait->list[i].own = unwanted;
    }
    start_behind_fence(wait);
}

/* I11: `{receiver} ignore(s) {string} events` */
void step_ignore_events(struct step *step)
{
    struct actor_sockets sockets;
    struct text name;
    if (!receiver_sockets(step, 0, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!step_string(step, sockets.list[i]->actor, 1, &name)) {
            return;
        }
        socket_rule_ignore(sockets.list[i], name);
    }
}
