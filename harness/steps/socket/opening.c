/* SPDX-License-Identifier: MIT */
/* H1 to H6: sockets and event streams opened, by all members of a group at the same time. */
#include "config/settings.h"
#include "exchange/exchange.h"
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_opening.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

/* How a step says what it opens: which arguments are what. */
struct opening_form {
    bool has_name; /* the second argument, before the URL */
    bool is_stream;
    bool has_protocol; /* the last argument */
    bool has_table;
};

static bool look(struct socket_waiter *waiter)
{
    return waiter->socket->state != ACTOR_SOCKET_OPENING;
}

/* The answer that refused, as the newest of its actor, to be checked. */
static void log_refusal(struct step *step, const struct actor_socket *socket)
{
    struct world *world = step->world;
    const struct exchange *answer = socket->conversation->handshake;
    struct batch batch = { ARENA_ARRAY(&world->arena, 1, struct exchange *), 1 };
    batch.list[0] = ARENA_NEW(&world->arena, struct exchange);
    *batch.list[0] = *answer;
    socket->actor->last = batch;
    world_log(world, socket->actor, batch.list[0], step->at);
    world_mark_read(world, batch.list[0]);
}

static struct text hint_of(const struct actor_socket *socket)
{
    const struct conversation *conversation = socket->conversation;
    if (conversation->close.hint.size) {
        return conversation->close.hint;
    }
    return conversation->handshake->hint.size ? conversation->handshake->hint
                                              : TEXT("look at the server's answer below");
}

static void fail_refused(struct step *step, const struct actor_socket *socket)
{
    const struct exchange *answer = socket->conversation->handshake;
    step_fail(step, "%.*s %.*s", TEXT_ARG(actor_socket_title(socket)),
              TEXT_ARG(actor_socket_ending(socket)));
    step_hint(step, "%.*s", TEXT_ARG(hint_of(socket)));
    step_show_exchange(step, answer);
}

static void check_open(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        if (wait->list[i].socket->state == ACTOR_SOCKET_REFUSED) {
            fail_refused(wait->step, wait->list[i].socket);
            return;
        }
    }
}

static void drop_pending(struct socket_wait *wait)
{
    for (size_t i = 0; i < wait->count; i++) {
        if (wait->list[i].socket->state == ACTOR_SOCKET_OPENING) {
            actor_socket_drop(wait->list[i].socket, TEXT("the time to open it was over"));
        }
    }
}

static void fail_late(struct socket_wait *wait)
{
    size_t pending;
    const struct actor_socket *socket = socket_wait_pending(wait, &pending)->socket;
    const struct exchange *answer = socket->conversation->handshake;
    bool is_accepted = answer->response.status == 101;
    step_fail(wait->step, "%.*s is not open %.*s: %s", TEXT_ARG(actor_socket_title(socket)),
              TEXT_ARG(socket_wait_time(wait)),
              is_accepted ? "the server accepted it, but its protocol did not begin"
                          : "no answer came");
    step_hint(wait->step, is_accepted
                              ? "is the protocol the right one? write 'as Socket.IO', or "
                                "name it under 'sockets:' in bddrun.yaml"
                              : "is the server up?");
    drop_pending(wait);
}

static bool prepare(struct step *step, struct actor *actor, const struct opening_form *form,
                    struct text *ret_name, struct socket_opening **ret_opening)
{
    size_t index = 1;
    struct socket_opening *opening = ARENA_NEW(&step->world->arena, struct socket_opening);
    opening->is_stream = form->is_stream;
    *ret_name = TEXT_EMPTY;
    if (form->has_name && !step_string(step, actor, index++, ret_name)) {
        return false;
    }
    if (!step_string(step, actor, index, &opening->url)) {
        return false;
    }
    if (form->has_protocol) {
        opening->protocol = socket_opening_protocol(step, step_argument(step, index + 1),
                                                    step_argument_span(step, index + 1));
        if (!opening->protocol) {
            return false;
        }
    }
    *ret_opening = opening;
    return (!form->has_table || socket_opening_read_table(step, actor, opening)) &&
           socket_opening_complete(step, actor, *ret_name, opening);
}

static bool open_all(struct step *step, const struct opening_form *form, struct cast cast,
                     struct actor_sockets *ret_sockets)
{
    struct actor_sockets sockets = {
        ARENA_ARRAY(&step->world->arena, cast.count + 1, struct actor_socket *), 0
    };
    step->world->realtime.batches++;
    for (size_t i = 0; i < cast.count; i++) {
        struct socket_opening *opening;
        struct text name;
        if (!prepare(step, cast.list[i], form, &name, &opening)) {
            return false;
        }
        struct actor_socket *socket = actor_socket_open(step, cast.list[i], name, opening);
        if (!socket) {
            return false;
        }
        sockets.list[sockets.count++] = socket;
    }
    *ret_sockets = sockets;
    return true;
}

/* An upgrade has the time of any request, to connect and to answer. */
static struct socket_wait *start(struct step *step, const struct opening_form *form)
{
    const struct config_limits *limits = &step->world->context->settings->limits;
    struct actor_sockets sockets;
    struct cast cast;
    if (!step_cast(step, 0, &cast) || !open_all(step, form, cast, &sockets)) {
        return NULL;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    uint64_t limit_ms = limits->connect_ms + limits->response_ms;
    wait->look = look;
    wait->then = check_open;
    wait->late = fail_late;
    world_has_moved(step->world, cast);
    socket_wait_start_until(
        wait, limit_ms ? step->started_ns + limit_ms * NANOSECONDS_PER_MILLISECOND : 0);
    return wait;
}

/* H1: `{actor} open(s) a socket at {string}` */
void step_open_socket(struct step *step)
{
    static const struct opening_form form = { 0 };
    start(step, &form);
}

/* H2: `{actor} open(s) the {string} socket at {string}` */
void step_open_named_socket(struct step *step)
{
    static const struct opening_form form = { .has_name = true };
    start(step, &form);
}

/* H3: `{actor} open(s) the {string} socket at {string} as {protocol}` */
void step_open_socket_as(struct step *step)
{
    static const struct opening_form form = { .has_name = true, .has_protocol = true };
    start(step, &form);
}

/* H4: `{actor} open(s) the {string} socket at {string} with:` */
void step_open_socket_with(struct step *step)
{
    static const struct opening_form form = { .has_name = true, .has_table = true };
    start(step, &form);
}

/* H5: `{actor} open(s) the {string} event stream at {string}` */
void step_open_event_stream(struct step *step)
{
    static const struct opening_form form = { .has_name = true, .is_stream = true };
    start(step, &form);
}

/* --- H6 --- */

/* A server that is not there refuses nobody. */
static bool is_refusal(const struct actor_socket *socket)
{
    enum exchange_failure failure = socket->conversation->handshake->failure;
    return socket->refusal.size || failure == EXCHANGE_ANSWERED || failure == EXCHANGE_RESET;
}

static void check_refused(struct socket_wait *wait)
{
    struct step *step = wait->step;
    struct cast cast = { ARENA_ARRAY(&step->world->arena, wait->count, struct actor *), 0 };
    for (size_t i = 0; i < wait->count; i++) {
        struct actor_socket *socket = wait->list[i].socket;
        if (socket->state != ACTOR_SOCKET_REFUSED) {
            step_mismatch(step, actor_socket_title(socket), TEXT("a refusal"),
                          TEXT("it is open"), step->at);
            step_show_exchange(step, socket->conversation->handshake);
            actor_socket_close(socket, 1000, TEXT_EMPTY);
        } else if (!is_refusal(socket)) {
            fail_refused(step, socket);
        } else {
            log_refusal(step, socket);
            cast.list[cast.count++] = socket->actor;
        }
    }
    if (cast.count) {
        world_has_acted(step->world, cast);
    }
}

/* H6: `{actor} cannot open a socket at {string}` */
void step_cannot_open_socket(struct step *step)
{
    static const struct opening_form form = { 0 };
    struct socket_wait *wait = start(step, &form);
    step->world->checks++;
    if (wait) {
        wait->then = check_refused;
    }
}
