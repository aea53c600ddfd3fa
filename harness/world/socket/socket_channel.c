/* SPDX-License-Identifier: MIT */
#include "world/socket_channel.h"

#include "exchange/exchange.h"
#include "format/json.h"
#include "net/http.h"
#include "world/actor_socket.h"
#include "world/request_common.h"
#include "world/session.h"
#include "world/socket_opening.h"
#include "world/step.h"
#include "world/world.h"

struct socket_channel *socket_channel_find(const struct actor_socket *socket, struct text name)
{
    for (struct socket_channel *at = socket->channels; at; at = at->next) {
        if (text_equal(at->name, name)) {
            return at;
        }
    }
    return NULL;
}

struct socket_channel *socket_channel_join(struct step *step, struct actor_socket *socket,
                                           struct text name)
{
    struct arena *arena = &step->world->arena;
    struct socket_channel *channel = ARENA_NEW(arena, struct socket_channel);
    struct problems problems;
    *channel = (struct socket_channel){ .next = socket->channels,
                                        .socket = socket,
                                        .name = arena_text(arena, name) };
    socket->channels = channel; /* the protocol may answer from within */
    problems_init(&problems);
    bool is_ok = socket->opening->protocol->join(socket->protocol, channel->name, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
        socket->channels = channel->next;
    }
    problems_release(&problems);
    return is_ok ? channel : NULL;
}

bool socket_channel_leave(struct step *step, struct actor_socket *socket, struct text name)
{
    struct problems problems;
    problems_init(&problems);
    bool is_ok = socket->opening->protocol->leave(socket->protocol, name, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
    }
    problems_release(&problems);
    return is_ok;
}

/* --- the application's authorisation --- */

static void tell(struct socket_channel *channel, struct text auth, struct text data,
                 struct text reason)
{
    struct actor_socket *socket = channel->socket;
    if (socket->protocol) {
        socket->opening->protocol->authorised(socket->protocol, channel->name, auth, data,
                                              reason);
    }
}

/* {"auth": "key:signature", "channel_data": "…"} */
static void read_authorisation(struct socket_channel *channel)
{
    struct arena *arena = &channel->socket->actor->world->arena;
    const struct exchange *exchange = channel->exchange;
    const struct json_value *root;
    struct text url = exchange->request.url;
    struct text auth = TEXT_EMPTY;
    if (exchange->failure != EXCHANGE_ANSWERED) {
        tell(channel, TEXT_EMPTY, TEXT_EMPTY, exchange->message);
        return;
    }
    if (exchange->response.status / 100 != 2) {
        tell(channel, TEXT_EMPTY, TEXT_EMPTY,
             arena_format(arena, "status %u of POST %.*s", exchange->response.status,
                          TEXT_ARG(url)));
        return;
    }
    if (json_parse_text(exchange->response.body, arena, &root)) {
        auth = json_text(json_member_named(root, "auth"));
    }
    if (auth.size == 0) {
        tell(channel, TEXT_EMPTY, TEXT_EMPTY,
             arena_format(arena, "no 'auth' in the answer to POST %.*s", TEXT_ARG(url)));
        return;
    }
    tell(channel, auth, json_text(json_member_named(root, "channel_data")), TEXT_EMPTY);
}

static void is_answered(void *context, struct exchange *exchange)
{
    struct socket_channel *channel = context;
    struct actor *actor = channel->socket->actor;
    struct batch batch = { ARENA_ARRAY(&actor->world->arena, 1, struct exchange *), 1 };
    batch.list[0] = exchange;
    actor->last = batch;
    world_log(actor->world, actor, exchange, span_none());
    world_mark_read(actor->world, exchange); /* the step that joins tells of a refusal */
    read_authorisation(channel);
}

void socket_channel_authorise(struct actor_socket *socket, struct text name,
                              struct text socket_id)
{
    struct socket_channel *channel = socket_channel_find(socket, name);
    struct actor *actor = socket->actor;
    struct arena *arena = &actor->world->arena;
    struct request request = { .method = TEXT("POST"),
                               .url = socket->opening->auth_url,
                               .body_kind = REQUEST_BODY_FORM };
    if (!channel) {
        return;
    }
    headers_add(&request.form, arena, TEXT("socket_id"), arena_text(arena, socket_id));
    headers_add(&request.form, arena, TEXT("channel_name"), channel->name);
    headers_add(&request.headers, arena, TEXT("Accept"), TEXT("application/json"));
    request_add_common(actor, socket->opening->settings, &request);
    channel->exchange = http_start(actor_session(actor), &request, socket->opening->settings,
                                   is_answered, channel);
    channel->exchange->actor = actor->name;
}

void socket_channel_cancel(struct actor_socket *socket)
{
    for (struct socket_channel *at = socket->channels; at; at = at->next) {
        if (at->exchange && !at->exchange->is_finished) {
            http_cancel(actor_session(socket->actor), at->exchange, EXCHANGE_INTERRUPTED);
        }
    }
}
