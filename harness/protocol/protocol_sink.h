/* SPDX-License-Identifier: MIT */
/*
 * What a protocol tells the owner of its socket. All texts are borrowed for the call, unless they
 * lie in what was handed in.
 */
#ifndef BDDRUN_PROTOCOL_PROTOCOL_SINK_H
#define BDDRUN_PROTOCOL_PROTOCOL_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "exchange/conversation.h"

enum protocol_event_kind {
    PROTOCOL_EVENT_PLAIN, /* a message or event of the application */
    PROTOCOL_EVENT_CALL,  /* an event of the server's that wants an answer: reply to `call` */
    PROTOCOL_EVENT_REPLY, /* the answer to our `call` */
};

struct protocol_event {
    enum protocol_event_kind kind;
    struct text name;    /* of the event; empty: the protocol or the message has none */
    struct text channel; /* Pusher's channel, Socket.IO's namespace; empty: none or "/" */
    struct text data; /* JSON text where is_json, else the message as it came. One argument of
                         Socket.IO is that value, several are an array, none is null */
    bool is_json;
    bool is_binary;
    uint64_t call;                  /* of a call or reply */
    const struct text *attachments; /* Socket.IO's bytes, in order; in data: {"$base64": …} */
    size_t attachment_count;
};

enum protocol_change {
    PROTOCOL_READY, /* the handshake is over: events may be sent; detail: Socket.IO's sid in the
                        first namespace, Pusher's socket_id */
    PROTOCOL_JOINED, /* the channel or namespace `subject` was joined; detail: its first data */
    PROTOCOL_REFUSED, /* it, or the connection (no subject), was refused; detail: why */
    PROTOCOL_LEFT,    /* it was left */
    PROTOCOL_ENDED,   /* the server said goodbye. No subject: it closes the connection itself;
                         else (Socket.IO's only namespace) that is left to the owner */
    PROTOCOL_BROKEN, /* what came, or did not, breaks the protocol: detail says which rule and the
                         bytes (escaped, capped). The owner drops the socket */
};

struct protocol_sink {
    void *context;
    void (*send)(void *context, enum conversation_kind kind, struct text data);
    void (*event)(void *context, const struct protocol_event *event);
    void (*changed)(void *context, enum protocol_change change, struct text subject,
                    struct text detail);
    /* Calls protocol->due in so many ns (from now); replaces the one before; 0: none. */
    void (*wake)(void *context, uint64_t after_ns);
    /* Pusher, private and presence channels: the owner asks the application (a POST of socket_id
     * and channel_name) and then calls protocol->authorised. */
    void (*authorise)(void *context, struct text channel, struct text socket_id);
};

#endif
