/* SPDX-License-Identifier: MIT */
/* I12 to I15: channels and namespaces. */
#include "exchange/exchange.h"
#include "steps/step_functions.h"
#include "world/receiver.h"
#include "world/socket_channel.h"
#include "world/socket_wait.h"
#include "world/step.h"
#include "world/world.h"

/* The open sockets of the step's actors that speak the protocol: each one's newest. */
static bool find_sockets(struct step *step, const char *protocol,
                         struct actor_sockets *ret_sockets)
{
    struct cast cast;
    struct actor_sockets sockets;
    if (!step_cast(step, 0, &cast) || !receiver_newest(step, cast, &sockets)) {
        return false;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        struct actor_socket *at = sockets.list[i];
        while (at &&
               (actor_socket_has_ended(at) || !text_is(actor_socket_protocol(at), protocol))) {
            at = at->next;
        }
        sockets.list[i] = at ? at : sockets.list[i];
    }
    *ret_sockets = sockets;
    return receiver_act(step, ret_sockets);
}

static bool look(struct socket_waiter *waiter)
{
    const struct socket_channel *channel = waiter->own;
    return channel->state != CHANNEL_JOINING || actor_socket_has_ended(waiter->socket);
}

static void fail_joining(struct step *step, const struct socket_channel *channel)
{
    const struct actor_socket *socket = channel->socket;
    bool is_refused = channel->state == CHANNEL_REFUSED;
    struct text why = is_refused ? channel->detail : actor_socket_ending(socket);
    step_fail(step, "%.*s could not join '%.*s': %s%.*s", TEXT_ARG(actor_socket_title(socket)),
              TEXT_ARG(channel->name), is_refused ? "" : "it ", TEXT_ARG(why));
    step_hint(step, channel->exchange ? "the application's answer is below"
                                      : "is the name right, and may the actor join?");
    if (channel->exchange) {
        step_show_exchange(step, channel->exchange);
    }
    receiver_show(step, socket);
}

static void note_joined(struct socket_wait *wait)
{
    struct world *world = wait->step->world;
    struct cast cast = { ARENA_ARRAY(&world->arena, wait->count, struct actor *), wait->count };
    for (size_t i = 0; i < wait->count; i++) {
        const struct socket_channel *channel = wait->list[i].own;
        cast.list[i] = wait->list[i].socket->actor;
        if (channel->state != CHANNEL_JOINED) {
            fail_joining(wait->step, channel);
            return;
        }
    }
    world_note_latest(world, &world->realtime.joined, cast);
}

static void fail_late(struct socket_wait *wait)
{
    size_t pending;
    const struct socket_waiter *waiter = socket_wait_pending(wait, &pending);
    const struct socket_channel *channel = waiter->own;
    bool waits_for_application = channel->exchange && !channel->exchange->is_finished;
    step_fail(wait->step, "%.*s has no answer about '%.*s' from the %s %.*s",
              TEXT_ARG(actor_socket_title(waiter->socket)), TEXT_ARG(channel->name),
              waits_for_application ? "application" : "server",
              TEXT_ARG(socket_wait_time(wait)));
    step_hint(wait->step, waits_for_application
                              ? "it is asked by POST at 'auth:' of the socket in bddrun.yaml"
                              : "give it longer with 'within … '");
    receiver_show(wait->step, waiter->socket);
}

/* NULL: the step has failed. */
static struct socket_wait *join(struct step *step, const char *protocol)
{
    struct actor_sockets sockets;
    if (!find_sockets(step, protocol, &sockets)) {
        return NULL;
    }
    struct socket_wait *wait = socket_wait_new(step, &sockets);
    for (size_t i = 0; i < sockets.count; i++) {
        struct text name;
        if (!step_string(step, sockets.list[i]->actor, 1, &name)) {
            return NULL;
        }
        wait->list[i].own = socket_channel_join(step, sockets.list[i], name);
        if (!wait->list[i].own) {
            step_hint(step, "%.*s speaks %.*s", TEXT_ARG(actor_socket_title(sockets.list[i])),
                      TEXT_ARG(actor_socket_protocol(sockets.list[i])));
            return NULL;
        }
    }
    world_note_cause(step->world);
    wait->look = look;
    wait->then = note_joined;
    wait->late = fail_late;
    socket_wait_start(wait);
    return wait;
}

/* I12: `{actor} subscribe(s) to channel {string}` */
void step_subscribe(struct step *step)
{
    (void)join(step, "Pusher");
}

/* I15: `{actor} join(s) namespace {string}` */
void step_join_namespace(struct step *step)
{
    (void)join(step, "Socket.IO");
}

static void check_refused(struct socket_wait *wait)
{
    struct step *step = wait->step;
    struct cast cast = { ARENA_ARRAY(&step->world->arena, wait->count, struct actor *), 0 };
    for (size_t i = 0; i < wait->count; i++) {
        const struct socket_channel *channel = wait->list[i].own;
        if (channel->state == CHANNEL_JOINED) {
            step_mismatch(step,
                          arena_format(&step->world->arena, "%.*s on '%.*s'",
                                       TEXT_ARG(actor_socket_title(channel->socket)),
                                       TEXT_ARG(channel->name)),
                          TEXT("a refusal"), TEXT("it has joined"), step->at);
        } else if (channel->state != CHANNEL_REFUSED) {
            fail_joining(step, channel);
        } else if (channel->exchange) {
            cast.list[cast.count++] = channel->socket->actor;
        }
    }
    if (cast.count) {
        world_has_acted(step->world, cast);
    }
}

/* I13: `{actor} cannot subscribe to channel {string}` */
void step_cannot_subscribe(struct step *step)
{
    struct socket_wait *wait = join(step, "Pusher");
    step->world->checks++;
    if (wait) {
        wait->then = check_refused;
    }
}

/* I14: `{actor} unsubscribe(s) from channel {string}` */
void step_unsubscribe(struct step *step)
{
    struct actor_sockets sockets;
    struct text name;
    if (!find_sockets(step, "Pusher", &sockets)) {
        return;
    }
    for (size_t i = 0; i < sockets.count; i++) {
        if (!step_string(step, sockets.list[i]->actor, 1, &name) ||
            !socket_channel_leave(step, sockets.list[i], name)) {
            return;
        }
    }
}
