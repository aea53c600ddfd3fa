/* SPDX-License-Identifier: MIT */
#include "net/http.h"

#include <inttypes.h>

#include "net/event_stream.h"
#include "net/socket.h"
#include "net/transfer.h"

struct http_session *http_session_new(struct net *net, struct arena *arena)
{
    struct http_session *session = ARENA_NEW(arena, struct http_session);
    session->net = net;
    session->arena = arena;
    cookie_jar_init(&session->cookies, arena);
    return session;
}

void http_session_free(struct http_session *session)
{
    while (session && session->sockets) {
        socket_free(session->sockets);
    }
    while (session && session->streams) {
        event_stream_free(session->streams);
    }
    while (session && session->transfers) {
        http_cancel(session, session->transfers->exchange, EXCHANGE_INTERRUPTED);
    }
}

struct cookie_jar *http_session_cookies(struct http_session *session)
{
    return &session->cookies;
}

static void finish(struct transfer *transfer)
{
    struct exchange *exchange = transfer->exchange;
    http_done_function *done = transfer->done;
    void *context = transfer->context;
    exchange->finished_at_ns = clock_realtime_ns(transfer->session->net->clock);
    exchange->is_finished = true;
    transfer_give_back(transfer);
    if (done) {
        done(context, exchange);
    }
}

static void finish_failed(void *context)
{
    finish(context);
}

/* Finishes from the loop, so that http_start never calls done itself. */
static void finish_later(struct transfer *transfer)
{
    transfer->failing = (struct loop_timer){ .due = finish_failed, .context = transfer };
    loop_timer_set(transfer->session->net->loop, &transfer->failing, 0);
}

static bool is_redirect(const struct response *response)
{
    return response->status == 301 || response->status == 302 || response->status == 303 ||
           response->status == 307 || response->status == 308;
}

/* RFC 9110, sections 15.4.2 to 15.4.4, as every browser does it. */
static void change_method(struct transfer *transfer)
{
    struct sent_request *request = &transfer->exchange->request;
    unsigned status = transfer->exchange->response.status;
    bool is_post = text_is(request->method, "POST");
    bool is_head = text_is(request->method, "HEAD");
    if ((status == 303 && !is_head) || ((status == 301 || status == 302) && is_post)) {
        request->method = TEXT("GET");
        request->body = TEXT_EMPTY;
        request->has_body = false;
        transfer->body = (struct request_body){ 0 };
        transfer->is_body_dropped = true;
    }
}

static void pool_done(void *context, CURLcode result);

static struct pool *pool_of(struct transfer *transfer)
{
    struct net *net = transfer->session->net;
    struct pool *pool = &net->pools[transfer->settings->version];
    if (!pool->multi) {
        pool_init(pool, net->loop, pool_done);
    }
    return pool;
}

/* Sends the request of exchange->request.url and .method. False: it failed. */
static bool start_hop(struct transfer *transfer)
{
    struct sent_request *request = &transfer->exchange->request;
    if (!url_parse(request->url, &transfer->url) ||
        !text_equal_ignoring_case(text_slice(transfer->url.scheme, 0, 4), TEXT("http"))) {
        transfer_fail(transfer, EXCHANGE_OTHER,
                      "write http:// or https:// and a host, or give the base URL: --base-url, "
                      "or 'url' of the environment in bddrun.yaml",
                      "cannot send a request to '%.*s': not a URL with a host",
                      TEXT_ARG(request->url));
        return false;
    }
    if (transfer->first_url.host.size == 0) {
        transfer->first_url = transfer->url;
    }
    if (!transfer_compose(transfer)) {
        return false;
    }
    struct pool *pool = pool_of(transfer);
    transfer_set_options(transfer);
    pool_prepare(pool, transfer->easy);
    transfer->pool = pool;
    pool_add(pool, transfer->easy);
    return true;
}

static bool has_next_hop(struct transfer *transfer, struct text *ret_url)
{
    struct text location;
    struct response *response = &transfer->exchange->response;
    if (!transfer->settings->follows_redirects || !is_redirect(response) ||
        !headers_find(&response->headers, TEXT("Location"), &location)) {
        return false;
    }
    *ret_url = url_resolve(transfer->session->arena, response->url, location);
    if (response->redirect_count == transfer->settings->redirect_limit) {
        transfer_fail(transfer, EXCHANGE_OTHER,
                      "check the server for a circle, or raise the setting 'redirect limit'",
                      "too many redirects: expected at most %u, got one more, to '%.*s'",
                      response->redirect_count, TEXT_ARG(*ret_url));
        return false;
    }
    return true;
}

static void follow(struct transfer *transfer, struct text url)
{
    struct exchange *exchange = transfer->exchange;
    unsigned redirect_count = exchange->response.redirect_count + 1;
    change_method(transfer);
    exchange->request.url = url;
    exchange->response = (struct response){ .redirect_count = redirect_count };
    curl_easy_reset(transfer->easy);
    transfer_forget_response(transfer);
    transfer->error[0] = '\0';
    if (!start_hop(transfer)) {
        finish(transfer);
    }
}

static void pool_done(void *context, CURLcode result)
{
    struct transfer *transfer = context;
    struct http_session *session = transfer->session;
    struct exchange *exchange = transfer->exchange;
    struct text url;
    transfer->pool = NULL;
    if (!transfer->is_streaming) {
        transfer_read_response(transfer);
        cookie_jar_take(&session->cookies, exchange->response.url, &exchange->response.headers,
                        clock_realtime_ns(session->net->clock));
    }
    if (result != CURLE_OK) {
        transfer_fail_with(transfer, result);
    } else if (!transfer->is_head_whole) {
        transfer_fail_cut_head(transfer);
    } else if (!content_coding_end(&transfer->coding)) {
        transfer_fail_coding(transfer);
    } else if (has_next_hop(transfer, &url)) {
        follow(transfer, url);
        return;
    }
    finish(transfer);
}

/* What the request says into the transfer; files are read. False: it failed. */
static bool prepare(struct transfer *transfer, const struct request *request)
{
    struct arena *arena = transfer->session->arena;
    struct sent_request *sent = &transfer->exchange->request;
    if (!transfer_take_request(transfer, request)) {
        return false;
    }
    CLEANUP(problems_release) struct problems problems;
    problems_init(&problems);
    uint64_t seed = request->body_kind == REQUEST_BODY_PARTS
                        ? random_uint64(&transfer->session->net->random)
                        : 0;
    if (!request_encode_body(request, arena, seed, &transfer->body, &problems)) {
        transfer_fail(transfer, EXCHANGE_OTHER,
                      "name a file that can be read, below the project folder", "%.*s",
                      TEXT_ARG(problems.list[0].message));
        return false;
    }
    sent->has_body = transfer->body.is_present;
    sent->body = transfer->body.bytes;
    return true;
}

struct exchange *transfer_start(struct http_session *session, const struct request *request,
                                const struct http_settings *settings,
                                const struct transfer_stream *stream, http_done_function *done,
                                void *context)
{
    struct exchange *exchange = ARENA_NEW(session->arena, struct exchange);
    struct transfer *transfer = transfer_take(session);
    transfer->exchange = exchange;
    transfer->settings = settings;
    transfer->stream = stream;
    transfer->done = done;
    transfer->context = context;
    transfer->started_ns = clock_monotonic_ns(session->net->clock);
    exchange->started_at_ns = clock_realtime_ns(session->net->clock);
    if (!prepare(transfer, request) || !start_hop(transfer)) {
        finish_later(transfer);
    }
    return exchange;
}

struct exchange *http_start(struct http_session *session, const struct request *request,
                            const struct http_settings *settings, http_done_function *done,
                            void *context)
{
    return transfer_start(session, request, settings, NULL, done, context);
}

void http_cancel(struct http_session *session, struct exchange *exchange,
                 enum exchange_failure failure)
{
    struct transfer *transfer = session->transfers;
    while (transfer && transfer->exchange != exchange) {
        transfer = transfer->next;
    }
    if (!transfer) {
        return;
    }
    if (transfer->pool && !transfer->is_streaming) {
        transfer_read_response(transfer);
    }
    transfer_fail_ended(transfer, failure);
    transfer->done = NULL;
    finish(transfer);
}

static bool is_finished(const void *context)
{
    const struct exchange *exchange = context;
    return exchange->is_finished;
}

enum loop_result http_wait(struct http_session *session, struct exchange *exchange,
                           uint64_t deadline_ns)
{
    enum loop_result result = loop_run(session->net->loop, is_finished, exchange, deadline_ns);
    if (result != LOOP_DONE) {
        http_cancel(session, exchange,
                    result == LOOP_DEADLINE ? EXCHANGE_TIMEOUT : EXCHANGE_INTERRUPTED);
    }
    return result;
}
