/* SPDX-License-Identifier: MIT */
/*
 * HTTP requests on the loop. A session is one actor in one scenario: its cookies. Connections
 * belong to the net and are kept from session to session; nothing else is. Any number of requests
 * of a session may be under way at once. Redirects are followed only when the settings say so;
 * cookies are chosen anew at every hop, and credentials, Authorization, Cookie and
 * Proxy-Authorization headers of ours are never sent to another origin. Nothing is retried but
 * what libcurl retries once on a kept connection that turns out to be closed.
 */
#ifndef BDDRUN_NET_HTTP_H
#define BDDRUN_NET_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/loop.h"
#include "base/text.h"
#include "exchange/exchange.h"
#include "exchange/request.h"
#include "exchange/cookie_jar.h"
#include "net/http_settings.h"
#include "net/net.h"

enum { HTTP_HEADERS_LIMIT_BYTES = 256 << 10 }; /* libcurl itself gives up at 300 KiB */

struct http_session;

/* The arena holds the session and its exchanges; it must outlive the session. */
struct http_session *http_session_new(struct net *net, struct arena *arena);

/* Cancels what is under way (no callback is called). The memory is the arena's. */
void http_session_free(struct http_session *session);

struct cookie_jar *http_session_cookies(struct http_session *session);

/* Called once, from the loop, when exchange->is_finished; never from within http_start. It may
 * start further requests. */
typedef void http_done_function(void *context, struct exchange *exchange);

/* Starts a request; done may be NULL (ask exchange->is_finished). Whatever goes wrong, a bad URL
 * included, is a failure of the exchange. The settings are borrowed until it is finished, what
 * the request holds is copied. */
struct exchange *http_start(struct http_session *session, const struct request *request,
                            const struct http_settings *settings, http_done_function *done,
                            void *context);

/* Ends an exchange under way as EXCHANGE_TIMEOUT or EXCHANGE_INTERRUPTED; nothing for a finished
 * one. done is not called. */
void http_cancel(struct http_session *session, struct exchange *exchange,
                 enum exchange_failure failure);

/* Runs the loop until the exchange is finished, cancelling it at the deadline or when the loop is
 * cancelled: then it is finished too. */
enum loop_result http_wait(struct http_session *session, struct exchange *exchange,
                           uint64_t deadline_ns);

#endif
