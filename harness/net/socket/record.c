/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <inttypes.h>

struct conversation_message *socket_record(struct socket *socket, bool is_sent,
                                           enum conversation_kind kind, struct text data)
{
    struct conversation *conversation = &socket->conversation;
    uint64_t size = data.size + sizeof *conversation->list;
    conversation_count(conversation, is_sent, kind, data.size);
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
    struct conversation_message message = {
        .at_ns = clock_realtime_ns(socket->session->net->clock),
        .is_sent = is_sent,
        .kind = kind,
        .data = data,
    };
    return conversation_keep(conversation, socket->arena, &message);
}
