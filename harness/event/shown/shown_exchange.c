/* SPDX-License-Identifier: MIT */
#include "event/shown_exchange.h"

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "exchange/curl_command.h"
#include "exchange/exchange.h"
#include "redact/sensitive.h"

enum { HEAD_LIMIT_BYTES = 64 << 10, TITLE_LIMIT_BYTES = 8 << 10 };

static struct text to_arena(struct arena *arena, struct buffer *made)
{
    struct text copy = arena_text(arena, buffer_text(made));
    buffer_clear(made);
    return copy;
}

static void print_headers(struct buffer *out, const struct headers *headers)
{
    for (size_t i = 0; i < headers->count; i++) {
        const struct header *header = &headers->list[i];
        buffer_add(out, header->name);
        buffer_add_string(out, ": ");
        sensitive_print_header(out, header->name, header->value);
        buffer_add_byte(out, '\n');
    }
}

/* Longer than it is shown, so that masking sees whole secrets. */
static struct text shown_body(struct arena *arena, struct text body)
{
    CLEANUP(buffer_release) struct buffer masked;
    buffer_init(&masked, BUFFER_NO_LIMIT); /* the next line bounds it */
    sensitive_print_body(&masked, text_slice(body, 0, SHOWN_BODY_LIMIT + SHOWN_BODY_SLACK));
    return arena_text(arena, buffer_text(&masked));
}

static struct text masked_url(struct arena *arena, struct text url)
{
    CLEANUP(buffer_release) struct buffer masked;
    buffer_init(&masked, HEAD_LIMIT_BYTES);
    sensitive_print_url(&masked, url);
    return to_arena(arena, &masked);
}

/* The request again, with everything sensitive by its name masked. */
static struct sent_request masked_request(struct arena *arena,
                                          const struct sent_request *request)
{
    CLEANUP(buffer_release) struct buffer made;
    buffer_init(&made, HEAD_LIMIT_BYTES);
    struct sent_request masked = *request;
    masked.url = masked_url(arena, request->url);
    masked.headers = (struct headers){ 0 };
    for (size_t i = 0; i < request->headers.count; i++) {
        const struct header *header = &request->headers.list[i];
        sensitive_print_header(&made, header->name, header->value);
        headers_add(&masked.headers, arena, header->name, to_arena(arena, &made));
    }
    masked.body = shown_body(arena, request->body);
    return masked;
}

/* "GET http://127.0.0.1/lobby: 404 Not Found in 12 ms", or what went wrong instead. */
static void print_title(struct buffer *out, const struct sent_request *request,
                        const struct exchange *exchange)
{
    const struct response *response = &exchange->response;
    buffer_add(out, request->method);
    buffer_add_byte(out, ' ');
    buffer_add(out, request->url);
    buffer_add_string(out, ": ");
    if (response->status > 0) {
        buffer_add_format(out, "%u", response->status);
        if (response->reason.size > 0) {
            buffer_add_byte(out, ' ');
            buffer_add(out, response->reason);
        }
    } else {
        const char *fault = exchange_failure_fault(exchange->failure);
        buffer_add_string(out, fault[0] != '\0' ? fault : "no answer");
    }
    if (response->timing.total_ns > 0)
        buffer_add_format(out, " in %.1f ms",
                          (double)response->timing.total_ns /
                              (double)NANOSECONDS_PER_MILLISECOND);
}

static void print_response_head(struct buffer *out, const struct response *response)
{
    buffer_add_format(out, "HTTP/%.*s %u", TEXT_ARG(response->http_version), response->status);
    if (response->reason.size > 0) {
        buffer_add_byte(out, ' ');
        buffer_add(out, response->reason);
    }
    buffer_add_byte(out, '\n');
    print_headers(out, &response->headers);
}

struct shown_exchange *shown_exchange_make(struct arena *arena, const struct exchange *exchange)
{
    CLEANUP(buffer_release) struct buffer made;
    buffer_init(&made, HEAD_LIMIT_BYTES);
    struct shown_exchange *shown = ARENA_NEW(arena, struct shown_exchange);
    struct sent_request request = masked_request(arena, &exchange->request);
    print_title(&made, &request, exchange);
    shown->title = text_slice(to_arena(arena, &made), 0, TITLE_LIMIT_BYTES);
    curl_command_print(&made, &request);
    shown->curl = to_arena(arena, &made);
    buffer_add(&made, request.method);
    buffer_add_byte(&made, ' ');
    buffer_add(&made, request.url);
    buffer_add_byte(&made, '\n');
    print_headers(&made, &request.headers);
    shown->request_head = to_arena(arena, &made);
    shown->request_body = request.body;
    shown->request_body_bytes = exchange->request.body.size;
    if (exchange->response.status > 0) {
        print_response_head(&made, &exchange->response);
        shown->response_head = to_arena(arena, &made);
        shown->response_body = shown_body(arena, exchange->response.body);
        shown->response_body_bytes = exchange->response.body.size;
    }
    return shown;
}

static void cut(struct text *body, uint64_t whole_bytes)
{
    if (whole_bytes > SHOWN_BODY_LIMIT + SHOWN_BODY_SLACK)
        body->size -= body->size > SHOWN_BODY_SLACK ? SHOWN_BODY_SLACK : body->size;
    if (body->size > SHOWN_BODY_LIMIT)
        body->size = SHOWN_BODY_LIMIT;
}

void shown_exchange_cut(struct shown_exchange *shown)
{
    cut(&shown->request_body, shown->request_body_bytes);
    cut(&shown->response_body, shown->response_body_bytes);
}
