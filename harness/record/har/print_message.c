/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "base/utf8.h"
#include "exchange/cookie.h"
#include "format/base64.h"
#include "format/date.h"
#include "format/json_writer.h"
#include "format/percent.h"
#include "record/har/parts.h"

static void write_text(struct json_writer *json, const char *key, struct text value)
{
    json_write_key(json, key);
    json_write_string(json, value);
}

static void print_pair(struct json_writer *json, struct text name, struct text value)
{
    json_write_begin_object(json);
    write_text(json, "name", name);
    write_text(json, "value", value);
    json_write_end_object(json);
}

static void print_headers(struct json_writer *json, const struct headers *headers)
{
    json_write_key(json, "headers");
    json_write_begin_array(json);
    for (size_t i = 0; i < headers->count; i++) {
        print_pair(json, headers->list[i].name, headers->list[i].value);
    }
    json_write_end_array(json);
}

static void print_version(struct json_writer *json, struct text version)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    write_text(json, "httpVersion",
               version.size ? arena_format(&arena, "HTTP/%.*s", TEXT_ARG(version))
                            : TEXT("unknown"));
}

/* The pairs of Cookie headers, which are what was redacted. */
static void print_request_cookies(struct json_writer *json, const struct headers *headers)
{
    size_t index = 0;
    const struct header *header;
    json_write_key(json, "cookies");
    json_write_begin_array(json);
    while ((header = headers_next(headers, TEXT("Cookie"), &index))) {
        struct text rest = header->value;
        struct text pair;
        while (text_take_until(&rest, ';', &pair)) {
            pair = text_trim(pair);
            size_t end = text_find_byte(pair, '=', 0);
            if (end < pair.size) {
                print_pair(json, text_slice(pair, 0, end), text_from(pair, end + 1));
            }
        }
    }
    json_write_end_array(json);
}

static void print_cookie(struct json_writer *json, const struct cookie *cookie)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    json_write_begin_object(json);
    write_text(json, "name", cookie->name);
    write_text(json, "value", cookie->value);
    if (cookie->path.size > 0) {
        write_text(json, "path", cookie->path);
    }
    if (cookie->domain.size > 0) {
        write_text(json, "domain", cookie->domain);
    }
    if (cookie->expires_ns != COOKIE_OF_SESSION) {
        write_text(json, "expires", date_print(&arena, cookie->expires_ns));
    }
    json_write_key(json, "httpOnly");
    json_write_bool(json, cookie->is_http_only);
    json_write_key(json, "secure");
    json_write_bool(json, cookie->is_secure);
    json_write_end_object(json);
}

static void print_response_cookies(struct json_writer *json, const struct exchange *exchange)
{
    size_t index = 0;
    const struct header *header;
    const struct headers *headers = &exchange->response.headers;
    json_write_key(json, "cookies");
    json_write_begin_array(json);
    while ((header = headers_next(headers, TEXT("Set-Cookie"), &index))) {
        struct cookie cookie;
        if (cookie_parse(header->value, exchange->started_at_ns, &cookie)) {
            print_cookie(json, &cookie);
        }
    }
    json_write_end_array(json);
}

static void print_query(struct json_writer *json, struct text url)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    size_t start = text_find_byte(url, '?', 0);
    struct text rest = text_from(url, start + 1);
    struct text pair;
    json_write_key(json, "queryString");
    json_write_begin_array(json);
    while (start < url.size && text_take_until(&rest, '&', &pair)) {
        size_t end = text_find_byte(pair, '=', 0);
        if (pair.size > 0) {
            print_pair(json, percent_decode(&arena, text_slice(pair, 0, end)),
                       percent_decode(&arena, text_from(pair, end + 1)));
        }
    }
    json_write_end_array(json);
}

/* HAR has no place for bytes that are no text: _content is HTTP Toolkit's. */
static void print_post(struct json_writer *json, const struct sent_request *request)
{
    CLEANUP(arena_release) struct arena arena;
    struct text type = TEXT_EMPTY;
    arena_init(&arena);
    headers_find(&request->headers, TEXT("Content-Type"), &type);
    json_write_key(json, "postData");
    json_write_begin_object(json);
    write_text(json, "mimeType", type);
    if (utf8_is_valid(request->body)) {
        write_text(json, "text", request->body);
        json_write_end_object(json);
        return;
    }
    json_write_key(json, "params");
    json_write_begin_array(json);
    json_write_end_array(json);
    json_write_end_object(json);
    json_write_key(json, "_content");
    json_write_begin_object(json);
    har_print_bytes(json, "text", request->body);
    json_write_end_object(json);
}

/* Sockets as browsers name them: ws for http. */
static void print_url(struct json_writer *json, const struct recorded_entry *entry)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct text url = entry->exchange->request.url;
    bool is_web_socket = entry->conversation && !har_is_event_stream(entry->conversation);
    if (is_web_socket && text_starts_with(url, TEXT("http"))) {
        url = arena_format(&arena, "ws%.*s", TEXT_ARG(text_from(url, 4)));
    }
    write_text(json, "url", url);
}

void har_print_request(struct json_writer *json, const struct recorded_entry *entry)
{
    const struct sent_request *request = &entry->exchange->request;
    json_write_key(json, "request");
    json_write_begin_object(json);
    write_text(json, "method", request->method);
    print_url(json, entry);
    print_version(json, entry->exchange->response.http_version);
    print_request_cookies(json, &request->headers);
    print_headers(json, &request->headers);
    print_query(json, request->url);
    json_write_key(json, "headersSize");
    json_write_int(json, -1);
    json_write_key(json, "bodySize");
    json_write_uint(json, request->body.size);
    if (request->has_body) {
        print_post(json, request);
    }
    json_write_end_object(json);
}

static void print_content(struct json_writer *json, const struct recorded_entry *entry)
{
    const struct response *response = &entry->exchange->response;
    struct text type = TEXT("x-unknown");
    bool is_kept = entry->body != RECORDED_BODY_ABSENT;
    headers_find(&response->headers, TEXT("Content-Type"), &type);
    json_write_key(json, "content");
    json_write_begin_object(json);
    json_write_key(json, "size");
    json_write_int(json, is_kept ? (int64_t)response->body.size : -1);
    write_text(json, "mimeType", type);
    if (is_kept) {
        har_print_bytes(json, "text", response->body);
    }
    json_write_end_object(json);
}

void har_print_response(struct json_writer *json, const struct recorded_entry *entry)
{
    const struct response *response = &entry->exchange->response;
    struct text location = TEXT_EMPTY;
    headers_find(&response->headers, TEXT("Location"), &location);
    json_write_key(json, "response");
    json_write_begin_object(json);
    json_write_key(json, "status");
    json_write_uint(json, response->status);
    write_text(json, "statusText", response->reason);
    print_version(json, response->http_version);
    print_response_cookies(json, entry->exchange);
    print_headers(json, &response->headers);
    print_content(json, entry);
    write_text(json, "redirectURL", location);
    json_write_key(json, "headersSize");
    json_write_int(json, -1);
    json_write_key(json, "bodySize");
    json_write_uint(json, response->raw_size_bytes);
    json_write_end_object(json);
}
