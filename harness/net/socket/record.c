/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <inttypes.h>

/* A flood of pings is no reason to end the socket, nor to keep it all. */
static bool is_surplus(const struct conversation *conversation, enum conversation_kind kind)
{
    return (kind == CONVERSATION_PING || kind == CONVERSATION_PONG) &&
           conversation->sent[CONVERSATION_PING] + conversation->sent[CONVERSATION_PONG] +
                   conversation->received[CONVERSATION_PING] +
                   conversation->received[CONVERSATION_PONG] >
               SOCKET_CONTROL_KEPT;
}

struct conversation_message *socket_record(struct socket *socket, bool is_sent,
                                           enum conversation_kind kind, struct text data)
{
    struct conversation *conversation = &socket->conversation;
    uint64_t size = data.size + sizeof *conversation->list;
    conversation_count(conversation, is_sent, kind, data.size);
    struct conversation_message message = {
        .at_ns = clock_realtime_ns(socket->session->net->clock),
        .is_sent = is_sent,
        .kind = kind,
        .data = data,
    };
    if (is_surplus(conversation, kind)) {
        socket->unkept = message;
        return &socket->unkept;
    }
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
    return conversation_keep(conversation, socket->arena, &message);
}
