/* SPDX-License-Identifier: MIT */
/* H15 to H18: calls with their answers, answers by itself, pings. */
#include "format/regex.h"
#include "steps/socket/received.h"
#include "steps/socket/sending.h"
#include "steps/step_functions.h"
#include "world/expand.h"
#include "world/receiver.h"
#include "world/socket_rule.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

/* --- calls --- */

/* A call of one socket. */
struct call {
    struct text name;
    uint64_t number;
};

static bool look_for_reply(struct socket_waiter *waiter)
{
    const struct call *call = waiter->own;
    struct inbox *inbox = &waiter->socket->inbox;
    for (; waiter->cursor < inbox->count; waiter->cursor++) {
        struct inbox_event *event = inbox->list[waiter->cursor];
        if (event->is.kind == PROTOCOL_EVENT_REPLY && event->is.call == call->number &&
            !event->is_read) {
            received_take(event);
            return true;
        }
    }
    return actor_socket_is_silent(waiter->socket) &&
           !receiver_must_be_open(waiter->wait->step, waiter->socket);
}

static void fail_without_reply(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    const struct call *call = waiter->own;
    step_fail(wait->step, "no answer to the call '%.*s' of %.*s %.*s", TEXT_ARG(call->name),
              TEXT_ARG(actor_socket_title(waiter->socket)), TEXT_ARG(socket_wait_time(wait)));
    step_hint(wait->step, "does the server acknowledge this event? or give it longer with "
                          "'within … '");
    receiver_show(wait->step, waiter->socket);
}

/* H15 and H16: `{receiver} call(s) {string}`, `… with JSON:` */
void step_call(struct step *step)
{
    struct actor_sockets sockets;
    bool has_data = step->match->definition->takes == TAKES_JSON;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    for (size_t i = 0; i < sockets.count; i++) {
        struct actor_socket *socket = sockets.list[i];
        struct call *call = ARENA_NEW(&step->world->arena, struct call);
        struct sent_event event = { TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY };
        wait->list[i].own = call;
        wait->list[i].cursor = socket->inbox.count;
        if (!step_string(step, socket->actor, 1, &event.name) ||
            (has_data && !sending_json(step, socket->actor, &event.data)) ||
            !sending_event(step, socket, &event, &call->number)) {
            return;
        }
        call->name = event.name;
    }
    wait->look = look_for_reply;
    wait->then = received_by_all;
    wait->late = fail_without_reply;
    socket_wait_start(wait);
}

/* --- answers --- */

static bool compile(struct step *step, const struct actor *actor, struct regex **ret_regex)
{
    struct text written;
    struct span at = step_argument_span(step, 1);
    if (!expand(step, actor, step_argument(step, 1), at, EXPAND_PLAIN, &written)) {
        return false;
    }
    size_t end = written.size;
    while (end > 1 && written.at[end - 1] != '/') {
        end--;
    }
    unsigned flags = 0;
    struct regex_error error = { .message = "each flag may stand once" };
    if (regex_flags(text_from(written, end), &flags) &&
        regex_compile(text_slice(written, 1, end - 1), flags, ret_regex, &error)) {
        return true;
    }
    step_fail_at(step, at, "cannot read the regular expression: %s", error.message);
    step_hint(step, "mend the regular expression");
    return false;
}

/* H17: `{receiver} answer(s) {regex} with {string}` */
void step_answer(struct step *step)
{
    struct actor_sockets sockets;
    if (!sending_sockets(step, &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        struct actor_socket *socket = sockets.list[i];
        struct text with;
        struct regex *regex;
        if (!step_string(step, socket->actor, 2, &with) ||
            !compile(step, socket->actor, &regex)) {
            return;
        }
        socket_rule_answer(socket, regex, with);
    }
}

/* --- pings --- */

static bool look_for_pong(struct socket_waiter *waiter)
{
    struct actor_socket *socket = waiter->socket;
    const uint64_t *number = waiter->own;
    if (socket->pongs >= *number) {
        socket->actor->ping_time_ns = socket->ping_time_ns;
        return true;
    }
    return actor_socket_is_silent(socket) && !receiver_must_be_open(waiter->wait->step, socket);
}

static void fail_without_pong(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    step_fail(wait->step, "no pong to the ping of %.*s %.*s",
              TEXT_ARG(actor_socket_title(waiter->socket)), TEXT_ARG(socket_wait_time(wait)));
    step_hint(wait->step,
              "every WebSocket server must answer a ping (RFC 6455, section 5.5.2)");
}

static void note_pinged(struct socket_wait *wait)
{
    struct world *world = wait->step->world;
    struct actor_sockets sockets = {
        ARENA_ARRAY(&world->arena, wait->count, struct actor_socket *), wait->count
    };
    for (size_t i = 0; i < wait->count; i++) {
        sockets.list[i] = wait->list[i].socket;
    }
    world_note_latest(world, &world->realtime.pinged, receiver_cast(wait->step, &sockets));
}

/* H18: `{receiver} ping(s) the server` */
void step_ping(struct step *step)
{
    struct actor_sockets sockets;
    if (!receiver_sockets(step, 0, &sockets) || !receiver_act(step, &sockets)) {
        return;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    for (size_t i = 0; i < sockets.count; i++) {
        uint64_t *number = ARENA_NEW(&step->world->arena, uint64_t);
        *number = actor_socket_ping(sockets.list[i]);
        wait->list[i].own = number;
        if (*number == 0) {
            step_fail(step, "%.*s cannot be pinged",
                      TEXT_ARG(actor_socket_title(sockets.list[i])));
            step_hint(step, "only open WebSockets can");
            return;
        }
    }
    wait->look = look_for_pong;
    wait->then = note_pinged;
    wait->late = fail_without_pong;
    socket_wait_start(wait);
}
