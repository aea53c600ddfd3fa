/* SPDX-License-Identifier: MIT */
/*
 * What was said on one WebSocket or event stream: plain data, in the order of the wire. It grows
 * while the socket is open and is never rewritten. The owner of the arena owns all texts.
 */
#ifndef BDDRUN_EXCHANGE_CONVERSATION_H
#define BDDRUN_EXCHANGE_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum conversation_kind {
    CONVERSATION_TEXT,   /* RFC 6455, opcode 1; the whole message, however many frames it had */
    CONVERSATION_BINARY, /* opcode 2 */
    CONVERSATION_CLOSE,  /* opcode 8: the reason; the code is in struct conversation_close */
    CONVERSATION_PING,   /* opcode 9 */
    CONVERSATION_PONG,   /* opcode 10 */
    CONVERSATION_EVENT,  /* one event of a text/event-stream: its data */
};
enum { CONVERSATION_KINDS = CONVERSATION_EVENT + 1 };

struct conversation_message {
    uint64_t at_ns; /* realtime */
    bool is_sent;   /* by us */
    enum conversation_kind kind;
    struct text data;
    struct text event; /* of an event stream: its name; else empty */
};

enum conversation_ender {
    CONVERSATION_OPEN,
    CONVERSATION_ENDED_BY_US,
    CONVERSATION_ENDED_BY_SERVER
};

struct conversation_close {
    enum conversation_ender by; /* who began to close */
    bool is_clean;              /* close frames both ways, then the end of the connection */
    unsigned code; /* RFC 6455, 7.4; 1005: a close frame without, 1006: no close frame */
    struct text reason;
    struct text
        failure; /* a broken rule or connection: which, with the offending bytes; or empty */
    struct text hint; /* the next action, or empty */
    uint64_t at_ns;   /* realtime */
};

struct exchange;

struct conversation {
    struct text actor;    /* for the caller */
    struct text name;     /* of the socket, for the caller; may be empty */
    struct text protocol; /* "text", "JSON", "Socket.IO", "Pusher", "event stream" */
    const struct exchange *handshake;  /* the upgrade, or the request of the stream */
    struct conversation_message *list; /* control frames included */
    size_t count;
    size_t capacity;
    uint64_t sent[CONVERSATION_KINDS]; /* how many of each kind, kept in the list or not */
    uint64_t received[CONVERSATION_KINDS];
    uint64_t sent_bytes; /* of payload */
    uint64_t received_bytes;
    struct conversation_close close;
};

/* Counts a message, whether it is then kept or not. */
void conversation_count(struct conversation *conversation, bool is_sent,
                        enum conversation_kind kind, uint64_t size_bytes);

/* Appends a copy whose texts are the arena's. It is borrowed until the next is kept. */
struct conversation_message *conversation_keep(struct conversation *conversation,
                                               struct arena *arena,
                                               const struct conversation_message *message);

#endif
