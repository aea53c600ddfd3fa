/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <inttypes.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

static void make_room(struct conversation *conversation, struct arena *arena)
{
    if (conversation->count < conversation->capacity) {
        return;
    }
    size_t capacity = conversation->capacity ? 2 * conversation->capacity : FIRST_CAPACITY;
    struct conversation_message *list =
        ARENA_ARRAY(arena, capacity, struct conversation_message);
    if (conversation->count > 0) {
        memcpy(list, conversation->list, conversation->count * sizeof *list);
    }
    conversation->list = list;
    conversation->capacity = capacity;
}

static void count(struct conversation *conversation, bool is_sent, enum conversation_kind kind,
                  struct text data)
{
    if (is_sent) {
        conversation->sent[kind]++;
        conversation->sent_bytes += data.size;
    } else {
        conversation->received[kind]++;
        conversation->received_bytes += data.size;
    }
}

struct conversation_message *socket_record(struct socket *socket, bool is_sent,
                                           enum conversation_kind kind, struct text data)
{
    struct conversation *conversation = &socket->conversation;
    uint64_t size = data.size + sizeof *conversation->list;
    count(conversation, is_sent, kind, data);
    if (size > socket->options.kept_limit_bytes - socket->kept_bytes) {
        if (kind != CONVERSATION_CLOSE) {
            closing_fail(socket, 1008, "send fewer messages, or use a socket for less time",
                         "the conversation is full: at most %" PRIu64
                         " bytes are kept of one socket",
                         socket->options.kept_limit_bytes);
        }
        return NULL;
    }
    socket->kept_bytes += size;
    make_room(conversation, socket->arena);
    struct conversation_message *message = &conversation->list[conversation->count++];
    *message = (struct conversation_message){
        .at_ns = clock_realtime_ns(socket->session->net->clock),
        .is_sent = is_sent,
        .kind = kind,
        .data = arena_text(socket->arena, data),
    };
    return message;
}
