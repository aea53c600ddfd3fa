/* SPDX-License-Identifier: MIT */
/*
 * A text/event-stream (server-sent events) on the loop: a request of a session whose answer does
 * not end. It has the shape of net/socket.h: the same states, listener, conversation and rules, the
 * events being CONVERSATION_EVENT messages. The settings' response timeout counts until the
 * stream is open; no timeout after that. It never reconnects by itself: open another with
 * event_stream_last_id as header Last-Event-ID.
 *
 * REFUSED: an answer other than 200 with text/event-stream, or none: see the exchange, and
 * conversation->close.failure for what was expected. An end is clean where the server ended the
 * answer as HTTP wants; its code is 1005, that of any other 1006.
 */
#ifndef BDDRUN_NET_EVENT_STREAM_H
#define BDDRUN_NET_EVENT_STREAM_H

#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "exchange/conversation.h"
#include "exchange/exchange.h"
#include "exchange/request.h"
#include "net/http.h"
#include "net/http_settings.h"
#include "net/socket.h"

struct event_stream;

struct event_stream_options {
    uint64_t event_limit_bytes; /* 0: 16 MiB; a longer one ends the stream */
    uint64_t kept_limit_bytes;  /* 0: 256 MiB of conversation; more ends the stream */
};

/* Opens a URL or a path that follows the base URL. The arena holds everything the stream says and
 * must outlive it, as must the session's; what the request and the options hold is copied,
 * settings and listener are borrowed. Accept and Cache-Control are added unless they are given. */
struct event_stream *event_stream_open(struct http_session *session, struct arena *arena,
                                       const struct request *request,
                                       const struct http_settings *settings,
                                       const struct event_stream_options *options,
                                       const struct socket_listener *listener);

/* Ends it without a word; no callback comes any more. The memory is the arena's: it may be called
 * again, and http_session_free calls it for what is left. NULL is fine. */
void event_stream_free(struct event_stream *stream);

enum socket_state event_stream_state(const struct event_stream *stream); /* never CLOSING */
const struct exchange *event_stream_handshake(const struct event_stream *stream);
struct conversation *event_stream_conversation(struct event_stream *stream);

/* The id of the newest event, or empty. */
struct text event_stream_last_id(const struct event_stream *stream);

/* How long the server wants a client to wait before it reconnects; 0: it did not say. */
uint64_t event_stream_retry_ms(const struct event_stream *stream);

/* Ends an open stream, or one that is connecting; listener->ended comes from the loop. */
void event_stream_close(struct event_stream *stream);

#endif
