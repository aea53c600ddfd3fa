/* SPDX-License-Identifier: MIT */
/* What the connection of a socket tells, and the protocol on it. */
#include "format/json.h"
#include "net/socket.h"
#include "world/actor_socket.h"
#include "world/socket/connection.h"
#include "world/socket_channel.h"
#include "world/socket_opening.h"
#include "world/socket_rule.h"
#include "world/world.h"

void connection_end(struct actor_socket *socket)
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
    if (socket->opening->is_stream) {
        socket->state = ACTOR_SOCKET_READY;
    } else {
        socket->opening->protocol->opened(socket->protocol);
    }
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

static void keep_event(void *context, const struct protocol_event *event)
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

/* An event of a stream has a name, unless it is a message, and data. */
static void keep_streamed(struct actor_socket *socket,
                          const struct conversation_message *message)
{
    const struct json_value *ignored;
    struct arena scratch CLEANUP(arena_release);
    arena_init(&scratch);
    const struct protocol_event event = {
        .name = message->event,
        .data = message->data,
        .is_json = json_parse_text(message->data, &scratch, &ignored),
    };
    socket->frame = message->data;
    keep_event(socket, &event);
}

static void on_received(void *context, const struct conversation_message *message)
{
    struct actor_socket *socket = context;
    bool is_data = message->kind == CONVERSATION_TEXT || message->kind == CONVERSATION_BINARY;
    if (message->kind == CONVERSATION_PONG) {
        note_pong(socket, message->data);
    } else if (message->kind == CONVERSATION_EVENT) {
        keep_streamed(socket, message);
    } else if (is_data && !socket->inbox.is_full) {
        socket->frame = message->data;
        socket->opening->protocol->received(socket->protocol, message->kind, message->data);
        socket->frame = TEXT_EMPTY;
    }
}

static void on_ended(void *context)
{
    struct actor_socket *socket = context;
    connection_end(socket);
}

/* --- what the protocol tells --- */

static void sink_send(void *context, enum conversation_kind kind, struct text data)
{
    struct actor_socket *socket = context;
    (void)socket_send(socket->socket, kind, data); /* if it has ended, that is told elsewhere */
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
        if (subject.size) { /* else the server closes the connection */
            socket_close(socket->socket, 1000, TEXT_EMPTY);
        }
        return;
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

void connection_listen(struct actor_socket *socket)
{
    socket->listener = (struct socket_listener){
        .context = socket, .opened = on_opened, .received = on_received, .ended = on_ended
    };
    socket->sink = (struct protocol_sink){
        .context = socket,
        .send = sink_send,
        .event = keep_event,
        .changed = sink_changed,
        .wake = sink_wake,
        .authorise = sink_authorise,
    };
}
