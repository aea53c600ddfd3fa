/* SPDX-License-Identifier: MIT */
/*
 * text/event-stream (HTML Standard, section 9.2, "Server-sent events"), without I/O: bytes in, cut
 * anywhere; events out. Lines end with LF, CR or CR LF; a byte order mark in front is skipped;
 * comments, unknown fields and an event that the end cuts off are dropped, as the standard wants.
 * Bytes are not decoded: what is not UTF-8 is told as it came.
 */
#ifndef BDDRUN_PROTOCOL_EVENT_STREAM_PARSER_H
#define BDDRUN_PROTOCOL_EVENT_STREAM_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

struct event_stream_event {
    struct text name; /* "message" where the stream names none */
    struct text data; /* lines joined by LF */
    struct text id;   /* the last that was sent, by this event or one before */
};

/* Texts are borrowed for the call. */
typedef void event_stream_function(void *context, const struct event_stream_event *event);

struct event_stream_parser {
    event_stream_function *tell;
    void *context;
    struct buffer line; /* not yet whole */
    struct buffer name;
    struct buffer data;
    struct buffer id;  /* the last event id: sent as Last-Event-ID when reconnecting */
    uint64_t retry_ms; /* the server's wish for the time until reconnecting */
    bool has_retry;
    size_t mark_size; /* bytes of a byte order mark seen so far */
    bool is_mark_over;
    bool is_after_return; /* the last byte was CR: LF does not end another line */
};

/* limit_bytes: of one event's data, and of one line. */
void event_stream_parser_init(struct event_stream_parser *parser, size_t limit_bytes,
                              event_stream_function *tell, void *context);
void event_stream_parser_release(struct event_stream_parser *parser);

/* False: a line or an event passes the limit; the parser is of no use any more. */
bool event_stream_parse(struct event_stream_parser *parser, struct text bytes) MUST_CHECK;

#endif
