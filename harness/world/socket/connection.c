/* SPDX-License-Identifier: MIT */
#include "world/socket/connection.h"

#include "base/alloc.h"
#include "exchange/exchange.h"
#include "net/http.h"
#include "net/socket.h"
#include "world/actor_socket.h"
#include "world/request_common.h"
#include "world/session.h"
#include "world/socket_channel.h"
#include "world/socket_opening.h"
#include "world/socket_rule.h"
#include "world/step.h"
#include "world/world.h"

/* --- what a connection tells --- */

static void end(struct actor_socket *socket)
{
    loop_timer_clear(socket->actor->world->context->loop, &socket->due);
    if (!actor_socket_has_ended(socket)) {
        bool was_ready = socket->state == ACTOR_SOCKET_READY;
        socket->state = was_ready ? ACTOR_SOCKET_ENDED : ACTOR_SOCKET_REFUSED;
    }
}

static void on_opened(void *context)
{
    struct actor_socket *socket = context;
    socket->opening->protocol->opened(socket->protocol);
}

static void note_pong(struct actor_socket *socket, struct text payload)
{
    struct text start = TEXT("bddrun-");
    uint64_t number;
    bool is_ours = text_starts_with(payload, start) &&
                   text_to_uint64(text_from(payload, start.size), &number) &&
                   number <= socket->pings && number > socket->pongs;
    if (is_ours) {
        socket->pongs = number;
        socket->ping_time_ns =
            loop_now_ns(socket->actor->world->context->loop) - socket->ping_sent_ns;
    }
}

static void on_received(void *context, const struct conversation_message *message)
{
    struct actor_socket *socket = context;
    bool is_data = message->kind == CONVERSATION_TEXT || message->kind == CONVERSATION_BINARY;
    if (message->kind == CONVERSATION_PONG) {
        note_pong(socket, message->data);
    } else if (is_data && !socket->inbox.is_full) {
        socket->frame = message->data;
        socket->opening->protocol->received(socket->protocol, message->kind, message->data);
        socket->frame = TEXT_EMPTY;
    }
}

static void on_ended(void *context)
{
    struct actor_socket *socket = context;
    end(socket);
}

/* --- what the protocol tells --- */

static void sink_send(void *context, enum conversation_kind kind, struct text data)
{
    struct actor_socket *socket = context;
    (void)socket_send(socket->socket, kind, data); /* if it has ended, that is told elsewhere */
}

static void sink_event(void *context, const struct protocol_event *event)
{
    struct actor_socket *socket = context;
    struct world *world = socket->actor->world;
    const struct inbox_event added = {
        .is = *event,
        .socket = socket,
        .message = socket->conversation->count ? socket->conversation->count - 1 : 0,
        .at_ns = loop_now_ns(world->context->loop),
        .caused_ns = world->realtime.caused_ns,
    };
    if (socket->inbox.is_full) {
        return;
    }
    struct inbox_event *kept = inbox_add(&socket->inbox, &world->arena, &added, socket->frame);
    if (kept) {
        socket_rule_apply(socket, kept, socket->frame);
        return;
    }
    actor_socket_drop(socket, arena_format(&world->arena,
                                           "its inbox is full: %d messages or %d MiB are kept",
                                           INBOX_EVENTS_LIMIT, INBOX_BYTES_LIMIT >> 20));
}

static void change_channel(struct actor_socket *socket, struct text name,
                           enum channel_state state, struct text detail)
{
    struct socket_channel *channel = socket_channel_find(socket, name);
    if (channel) {
        channel->state = state;
        channel->detail = arena_text(&socket->actor->world->arena, detail);
    }
}

static void become_ready(struct actor_socket *socket, struct text id)
{
    if (socket->state == ACTOR_SOCKET_OPENING) {
        socket->state = ACTOR_SOCKET_READY;
        socket->id = arena_text(&socket->actor->world->arena, id);
    }
}

static void refuse(struct actor_socket *socket, struct text detail)
{
    if (!actor_socket_has_ended(socket)) {
        struct arena *arena = &socket->actor->world->arena;
        socket->refusal =
            arena_text(arena, detail.size ? detail : TEXT("the protocol's handshake failed"));
        socket->state = ACTOR_SOCKET_REFUSED;
        socket_close(socket->socket, 1000, TEXT_EMPTY);
    }
}

static void sink_changed(void *context, enum protocol_change change, struct text subject,
                         struct text detail)
{
    struct actor_socket *socket = context;
    switch (change) {
    case PROTOCOL_READY:
        become_ready(socket, detail);
        return;
    case PROTOCOL_JOINED:
        change_channel(socket, subject, CHANNEL_JOINED, TEXT_EMPTY);
        return;
    case PROTOCOL_REFUSED:
        if (subject.size) {
            change_channel(socket, subject, CHANNEL_REFUSED, detail);
        } else {
            refuse(socket, detail);
        }
        return;
    case PROTOCOL_LEFT:
        change_channel(socket, subject, CHANNEL_LEFT, detail);
        return;
    case PROTOCOL_ENDED:
        return; /* the connection's end follows */
    case PROTOCOL_BROKEN:
        actor_socket_drop(socket, detail);
        return;
    }
}

static void protocol_is_due(void *context)
{
    struct actor_socket *socket = context;
    socket->opening->protocol->due(socket->protocol);
}

static void sink_wake(void *context, uint64_t after_ns)
{
    struct actor_socket *socket = context;
    struct loop *loop = socket->actor->world->context->loop;
    loop_timer_clear(loop, &socket->due);
    if (after_ns) {
        socket->due = (struct loop_timer){ .due = protocol_is_due, .context = socket };
        loop_timer_set(loop, &socket->due, loop_now_ns(loop) + after_ns);
    }
}

static void sink_authorise(void *context, struct text channel, struct text socket_id)
{
    socket_channel_authorise(context, channel, socket_id);
}

/* --- making and ending one --- */

static bool make_protocol(struct step *step, struct actor_socket *socket,
                          struct protocol_options *options)
{
    struct problems problems;
    const struct protocol *protocol = socket->opening->protocol;
    problems_init(&problems);
    socket->sink = (struct protocol_sink){
        .context = socket,
        .send = sink_send,
        .event = sink_event,
        .changed = sink_changed,
        .wake = sink_wake,
        .authorise = sink_authorise,
    };
    bool is_ok = protocol->create(&step->world->arena, options, &socket->sink,
                                  &socket->protocol, &problems);
    if (!is_ok) {
        step_fail_by(step, &problems);
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
        return true;
    }
    request->url = opening->protocol->address(&options, opening->url, &request->query, arena);
    return make_protocol(step, socket, &options);
}

static void start_socket(struct actor_socket *socket)
{
    static const struct socket_listener functions = { .opened = on_opened,
                                                      .received = on_received,
                                                      .ended = on_ended };
    struct actor *actor = socket->actor;
    const struct socket_opening *opening = socket->opening;
    const struct socket_options options = { .subprotocols = opening->subprotocols,
                                            .subprotocol_count = opening->subprotocol_count };
    socket->listener = functions;
    socket->listener.context = socket;
    socket->socket = socket_open(actor_session(actor), &actor->world->arena, socket->request,
                                 opening->settings, &options, &socket->listener);
    socket->conversation = socket_conversation(socket->socket);
}

void connection_start(struct actor_socket *socket)
{
    struct actor *actor = socket->actor;
    request_add_common(actor, socket->opening->settings, socket->request);
    world_note_cause(actor->world);
    start_socket(socket);
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
    } else if (!actor_socket_has_ended(socket)) {
        end(socket);
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
    if (socket->protocol) {
        socket->opening->protocol->release(socket->protocol);
        socket->protocol = NULL;
    }
}
