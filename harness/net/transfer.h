/* SPDX-License-Identifier: MIT */
/*
 * An exchange under way: its easy handle, what has come of it so far, and how it goes on after a
 * redirect. Kept by the net for reuse: the handle is reset and has no state of its own (cookies,
 * redirects and credentials are ours). Private to net.
 */
#ifndef BDDRUN_NET_TRANSFER_H
#define BDDRUN_NET_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "exchange/exchange.h"
#include "exchange/request.h"
#include "exchange/url.h"
#include "net/content_coding.h"
#include "net/http.h"
#include "net/http_session.h"
#include "net/pool.h"

struct transfer;

/* Who takes the body while it comes. Called from within libcurl: nothing may be started or
 * cancelled there. */
struct transfer_stream {
    void *context;
    /* The head came: true wants its body, part by part; then exchange->response is filled. */
    bool (*wants)(void *context, const struct transfer *transfer);
    bool (*part)(void *context, struct text bytes); /* false ends the transfer */
};

struct transfer {
    struct transfer *next; /* of the session, or of the net's free ones */
    struct http_session *session;
    struct exchange *exchange;
    const struct http_settings *settings;
    http_done_function *done;
    void *context;

    CURL *easy;
    struct pool *pool;         /* NULL while not in one */
    struct loop_timer failing; /* of what failed before it was sent */
    char error[CURL_ERROR_SIZE];

    struct url url;        /* of this hop, in exchange->request.url */
    struct url first_url;  /* whose origin gets the credentials */
    struct headers wanted; /* the request's own */
    struct headers
        added; /* what an upgrade adds, unless the request or the settings have one */
    struct headers cookies;
    struct request_body body;
    bool is_body_dropped;     /* by a redirect: headers about it are not sent either */
    struct curl_slist *lines; /* in the arena */
    uint64_t started_ns;      /* monotonic */

    struct buffer head;           /* of the newest response: raw lines */
    struct content_coding coding; /* of the newest response */
    struct buffer content;        /* decoded */
    size_t head_total_bytes;      /* of all responses of this hop */
    bool is_head_over;
    bool is_head_whole; /* its empty line came */

    const struct transfer_stream *stream; /* NULL: the body is wanted whole */
    bool is_streaming;                    /* it takes the body */
};

struct transfer *transfer_take(struct http_session *session);

/* Takes it out of its pool and session and keeps it for the next exchange. */
void transfer_give_back(struct transfer *transfer);
void transfer_free(struct transfer *transfer);

/* The URL, the method and the headers of a request, copied; not its body. False: it failed. */
bool transfer_take_request(struct transfer *transfer, const struct request *request) MUST_CHECK;

/* transfer_request.c: the lines of this hop into exchange->request and the slist. False when the
 * exchange failed (a header that cannot be sent). */
bool transfer_compose(struct transfer *transfer) MUST_CHECK;
bool transfer_may_send_credentials(const struct transfer *transfer);
struct text transfer_authority(const struct transfer *transfer); /* host[:port] */
bool transfer_sends_content(const struct transfer *transfer);

/* transfer_options.c: everything libcurl is told. */
void transfer_set_options(struct transfer *transfer);

/* transfer_response.c: what came, as plain data. */
void transfer_receive_into(struct transfer *transfer); /* sets the callbacks */
bool transfer_take_line(struct transfer *transfer, struct text line) MUST_CHECK;
bool transfer_take_content(struct transfer *transfer, struct text part) MUST_CHECK;
void transfer_read_response(struct transfer *transfer);
void transfer_forget_response(struct transfer *transfer);

/* http.c: as http_start; stream is borrowed until the exchange is finished. */
struct exchange *transfer_start(struct http_session *session, const struct request *request,
                                const struct http_settings *settings,
                                const struct transfer_stream *stream, http_done_function *done,
                                void *context);

/* transfer_failure.c: exchange->failure, message and hint. */
void transfer_fail(struct transfer *transfer, enum exchange_failure failure, const char *hint,
                   const char *format, ...) PRINTF_LIKE(4, 5);
void transfer_fail_cut_head(struct transfer *transfer);
void transfer_fail_coding(struct transfer *transfer);
void transfer_fail_with(struct transfer *transfer, CURLcode result);
void transfer_fail_ended(struct transfer *transfer, enum exchange_failure failure);

#endif
