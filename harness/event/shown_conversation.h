/* SPDX-License-Identifier: MIT */
/*
 * A conversation made fit to be shown: how many messages of which kind went each way, how it
 * ended, and, where wanted, the first and the last messages. What is sensitive by the name of its
 * JSON key or query parameter is masked. Bytes are as they were on the wire: not escaped, not always
 * UTF-8. Secrets known by value are masked later, by the emitter; so that none is cut in two before
 * that, a payload is kept a little longer than it is shown.
 */
#ifndef BDDRUN_EVENT_SHOWN_CONVERSATION_H
#define BDDRUN_EVENT_SHOWN_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "exchange/conversation.h"

enum {
    SHOWN_MESSAGES_EACH_END = 50, /* so many of the first, so many of the last */
    SHOWN_MESSAGES_LIMIT = 2 * SHOWN_MESSAGES_EACH_END,
    SHOWN_CONVERSATION_LIMIT_BYTES = 64 << 10, /* of payload, half of it for each end */
    SHOWN_MESSAGE_SLACK_BYTES = 4 << 10,
};

#define SHOWN_CONVERSATION_MEDIA_TYPE "application/vnd.bddrun.conversation+json"

struct shown_message {
    uint64_t at_ns; /* realtime */
    bool is_sent;
    enum conversation_kind kind;
    struct text event; /* of an event stream */
    struct text data;
    uint64_t bytes; /* of the whole payload */
    bool is_cut;
    uint64_t limit; /* how much of it may be shown; not sent through the pipe */
};

struct shown_conversation {
    struct text actor;
    struct text name; /* may be empty */
    struct text protocol;
    struct text url;     /* empty: never asked */
    unsigned status;     /* of the answer to the upgrade; 0: none */
    struct text refusal; /* why it never opened: "401 Unauthorized", a fault; or empty */
    enum conversation_ender ended_by;
    bool is_clean;
    unsigned code; /* RFC 6455, 7.4; 0 while open */
    struct text reason;
    struct text failure;
    struct text hint;
    uint64_t started_ns; /* realtime */
    uint64_t ended_ns;   /* realtime; 0 while open */
    uint64_t sent[CONVERSATION_KINDS];
    uint64_t received[CONVERSATION_KINDS];
    uint64_t sent_bytes;
    uint64_t received_bytes;
    struct shown_message *list; /* none where messages were not wanted */
    size_t count;
    size_t first_count; /* of them from its start; left_out stand after these */
    uint64_t left_out;
};

/* Texts are in the arena. */
struct shown_conversation *shown_conversation_make(struct arena *arena,
                                                   const struct conversation *conversation,
                                                   bool with_messages);

/* How many bytes of payload it holds. */
size_t shown_conversation_bytes(const struct shown_conversation *shown);

/* Takes the slack off payloads; once, after masking. */
void shown_conversation_cut(struct shown_conversation *shown);

/* As a document of the media type above: its messages in the form of Chrome's
 * _webSocketMessages (type, time in seconds, opcode, data: base64 of a binary one). */
void shown_conversation_print_json(struct buffer *out, const struct shown_conversation *shown);

/* "text", "binary", "close", "ping", "pong", "event". */
const char *conversation_kind_name(enum conversation_kind kind);

#endif
