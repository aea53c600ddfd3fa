/* SPDX-License-Identifier: MIT */
/* An event stream's state, and what its files do for each other. Private to net/event_stream. */
#ifndef BDDRUN_NET_EVENT_STREAM_PARTS_H
#define BDDRUN_NET_EVENT_STREAM_PARTS_H

#include "net/event_stream.h"
#include "net/transfer.h"
#include "protocol/event_stream_parser.h"

/* What happens within libcurl is noted; the listener is told from a timer of the loop. */
struct event_stream {
    struct event_stream *next; /* of the session */
    struct http_session *session;
    struct arena *arena;
    const struct socket_listener *listener;
    struct event_stream_options options;
    struct http_settings settings; /* without a response timeout */
    struct transfer_stream hook;
    enum socket_state state;
    struct exchange handshake; /* a copy, made when the head came or the exchange failed */
    struct exchange *exchange; /* under way; NULL: over */
    struct conversation conversation;
    uint64_t kept_bytes;
    struct event_stream_parser parser;
    struct loop_timer deadline; /* until it is open */
    struct loop_timer telling;
    bool is_opened_told;
    bool is_ended_told;
    size_t told; /* messages */
};

static inline struct loop *events_loop(const struct event_stream *stream)
{
    return stream->session->net->loop;
}

/* event_stream.c */
void events_tell_later(struct event_stream *stream);
void events_keep_handshake(struct event_stream *stream, const struct exchange *exchange);
void events_end(struct event_stream *stream, enum conversation_ender by, bool is_clean);

/* events.c: for struct transfer_stream and the end of the exchange. */
bool events_are_wanted(void *stream, const struct transfer *transfer);
bool events_take(void *stream, struct text bytes);
void events_take_one(void *stream, const struct event_stream_event *event);
void events_over(void *stream, struct exchange *exchange);
void events_print_expected(struct event_stream *stream, const struct response *response);

#endif
