/* SPDX-License-Identifier: MIT */
#include "diff/conversation/talk/talk.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/conversation/talk/talk_parts.h"
#include "exchange/exchange.h"
#include "format/json_path.h"

struct talk_event *talk_add(struct talk *talk, const struct conversation_message *message)
{
    talk->events =
        grow_or_die(talk->events, talk->count, &talk->capacity, sizeof *talk->events);
    struct talk_event *event = &talk->events[talk->count++];
    *event = (struct talk_event){
        .is_sent = message->is_sent,
        .at_ns = message->at_ns,
        .index = (uint32_t)(message - talk->conversation->list),
        .cause = TALK_NONE,
        .partner = TALK_NONE,
        .name = TEXT_EMPTY,
        .channel = TEXT_EMPTY,
        .data = TEXT_EMPTY,
    };
    return event;
}

void talk_add_fact(struct talk *talk, struct text name, struct text value)
{
    talk->facts =
        grow_or_die(talk->facts, talk->fact_count, &talk->fact_capacity, sizeof *talk->facts);
    talk->facts[talk->fact_count++] = (struct talk_fact){ name, value };
}

void talk_set_data(struct talk *talk, struct talk_event *event, struct text data)
{
    event->data = data;
    (void)!json_parse_text(data, talk->arena, &event->json);
}

void talk_add_plain(struct talk *talk, const struct conversation_message *message,
                    struct text data)
{
    struct talk_event *event = talk_add(talk, message);
    event->data = data;
    event->is_binary = message->kind == CONVERSATION_BINARY;
}

static bool is_data(const struct conversation_message *message)
{
    return message->kind == CONVERSATION_TEXT || message->kind == CONVERSATION_BINARY ||
           message->kind == CONVERSATION_EVENT;
}

static struct text name_of(const struct json_path *path, const struct json_value *root,
                           struct arena *arena)
{
    struct json_nodes nodes;
    bool has_name = path && json_path_select(path, root, arena, &nodes) && nodes.count > 0;
    return has_name && json_is(nodes.list[0], JSON_STRING) ? json_text(nodes.list[0])
                                                           : TEXT_EMPTY;
}

/* A message is an event; path: where its name is, or NULL. */
static void read_message(struct talk *talk, const struct conversation_message *message,
                         const struct json_path *path, bool is_json)
{
    struct talk_event *event = talk_add(talk, message);
    event->data = message->data;
    event->is_binary = message->kind == CONVERSATION_BINARY;
    event->name = message->event.size ? message->event : TEXT_EMPTY;
    if (is_json && !event->is_binary) {
        talk_set_data(talk, event, message->data);
    }
    if (event->json && message->kind == CONVERSATION_TEXT) {
        event->name = name_of(path, event->json, talk->arena);
    }
}

/* JSON, text and event streams. */
static void read_messages(struct talk *talk, struct text event_at, bool is_json)
{
    struct json_path *path CLEANUP(json_path_release) = NULL;
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    struct text at = event_at.size ? event_at : TEXT("$.type");
    (void)!json_path_compile(at, span_none(), &path, &problems);
    for (size_t i = 0; i < talk->conversation->count; i++) {
        if (is_data(&talk->conversation->list[i])) {
            read_message(talk, &talk->conversation->list[i], path, is_json);
        }
    }
}

static bool url_has(const struct conversation *conversation, struct text part)
{
    const struct exchange *handshake = conversation->handshake;
    return handshake && text_contains(handshake->request.url, part);
}

/* The text's first data message. */
static struct text first_data(const struct conversation *conversation)
{
    for (size_t i = 0; i < conversation->count; i++) {
        if (conversation->list[i].kind == CONVERSATION_TEXT) {
            return conversation->list[i].data;
        }
    }
    return TEXT_EMPTY;
}

struct text talk_protocol(const struct conversation *conversation)
{
    if (conversation->protocol.size) {
        return conversation->protocol;
    }
    if (url_has(conversation, TEXT("EIO=4")) ||
        text_starts_with(first_data(conversation), TEXT("0{\"sid\""))) {
        return TEXT("Socket.IO");
    }
    if (text_contains(first_data(conversation), TEXT("pusher:connection_established"))) {
        return TEXT("Pusher");
    }
    return TEXT_EMPTY;
}

/* What the upgrade was answered with. */
static void add_handshake(struct talk *talk)
{
    const struct exchange *handshake = talk->conversation->handshake;
    struct text subprotocol;
    if (!handshake) {
        return;
    }
    if (headers_find(&handshake->response.headers, TEXT("Sec-WebSocket-Protocol"),
                     &subprotocol)) {
        talk_add_fact(talk, TEXT("subprotocol"), subprotocol);
    }
    if (handshake->response.status) {
        talk_add_fact(talk, TEXT("status of the handshake"),
                      arena_format(talk->arena, "%u", handshake->response.status));
    }
}

void talk_read(struct talk *talk, const struct conversation *conversation,
               const struct talk_reading *reading, struct arena *arena)
{
    *talk = (struct talk){ .arena = arena, .conversation = conversation };
    add_handshake(talk);
    if (text_is(reading->protocol, "Socket.IO")) {
        talk_read_socketio(talk);
    } else if (text_is(reading->protocol, "Pusher")) {
        talk_read_pusher(talk);
    } else {
        read_messages(talk, reading->event_at, !text_is(reading->protocol, "text"));
    }
}

void talk_release(struct talk *talk)
{
    free(talk->events);
    free(talk->facts);
}
