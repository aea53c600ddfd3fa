/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/base64.h"
#include "format/date.h"
#include "format/json_writer.h"
#include "record/har/parts.h"

enum { NS_OF_MILLISECOND_DIGITS = 6, NUMBER_LIMIT = 64 };

void har_print_decimal(struct json_writer *json, uint64_t value, unsigned digits)
{
    CLEANUP(buffer_release) struct buffer number;
    uint64_t unit = 1;
    for (unsigned i = 0; i < digits; i++) {
        unit *= 10;
    }
    buffer_init(&number, NUMBER_LIMIT);
    buffer_add_number(&number, value / unit);
    if (value % unit > 0) {
        buffer_add_format(&number, ".%0*" PRIu64, (int)digits, value % unit);
        while (number.at[number.size - 1] == '0') {
            buffer_truncate(&number, number.size - 1);
        }
    }
    json_write_raw(json, buffer_text(&number));
}

void har_print_bytes(struct json_writer *json, const char *key, struct text bytes)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    json_write_key(json, key);
    if (utf8_is_valid(bytes)) {
        json_write_string(json, bytes);
        return;
    }
    json_write_string(json, base64_encode(&arena, bytes));
    json_write_key(json, "encoding");
    json_write_string_of(json, "base64");
}

static void print_milliseconds(struct json_writer *json, const char *key, uint64_t ns)
{
    json_write_key(json, key);
    har_print_decimal(json, ns, NS_OF_MILLISECOND_DIGITS);
}

/* -1: not applicable. */
static void print_phase(struct json_writer *json, const char *key, uint64_t start_ns,
                        uint64_t end_ns)
{
    if (end_ns == 0) {
        json_write_key(json, key);
        json_write_int(json, -1);
        return;
    }
    print_milliseconds(json, key, end_ns > start_ns ? end_ns - start_ns : 0);
}

/* Ours count from the start, those of HAR follow one another; ssl is a part of connect. */
static void print_timings(struct json_writer *json, const struct timing *timing)
{
    uint64_t connected_ns = timing->tls_ns ? timing->tls_ns : timing->connect_ns;
    uint64_t ready_ns = connected_ns ? connected_ns : timing->dns_ns;
    json_write_key(json, "timings");
    json_write_begin_object(json);
    json_write_key(json, "blocked");
    json_write_int(json, -1);
    print_phase(json, "dns", 0, timing->dns_ns);
    print_phase(json, "connect", timing->dns_ns, connected_ns);
    print_phase(json, "ssl", timing->connect_ns, timing->tls_ns);
    print_milliseconds(json, "send", 0);
    print_milliseconds(json, "wait",
                       timing->first_byte_ns > ready_ns ? timing->first_byte_ns - ready_ns : 0);
    print_milliseconds(json, "receive",
                       timing->total_ns > timing->first_byte_ns
                           ? timing->total_ns - timing->first_byte_ns
                           : 0);
    json_write_end_object(json);
}

/* "2026-11-23T10:00:00.250123456Z": date_print's, to the nanosecond where it has more. */
static void print_start(struct json_writer *json, uint64_t at_ns)
{
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct text date = date_print(&arena, at_ns);
    uint64_t rest_ns = at_ns % 1000000;
    json_write_key(json, "startedDateTime");
    if (rest_ns > 0) {
        date = arena_format(&arena, "%.*s%06" PRIu64 "Z",
                            TEXT_ARG(text_slice(date, 0, date.size - 1)), rest_ns);
    }
    json_write_string(json, date);
}

static const char *failure_word(enum exchange_failure failure)
{
    const char *fault = exchange_failure_fault(failure);
    if (*fault) {
        return fault;
    }
    if (failure == EXCHANGE_INTERRUPTED) {
        return "interrupted";
    }
    return failure == EXCHANGE_BODY_LIMIT ? "body limit" : "other";
}

static void print_own_text(struct json_writer *json, const char *key, struct text value)
{
    if (value.size > 0) {
        json_write_key(json, key);
        json_write_string(json, value);
    }
}

static void print_own(struct json_writer *json, const struct recorded_entry *entry)
{
    const struct exchange *exchange = entry->exchange;
    const struct response *response = &exchange->response;
    json_write_key(json, "_bddrun");
    json_write_begin_object(json);
    bool is_socket = entry->conversation && entry->conversation->actor.size > 0;
    print_own_text(json, "actor", is_socket ? entry->conversation->actor : exchange->actor);
    if (response->redirect_count > 0) {
        json_write_key(json, "redirects");
        json_write_uint(json, response->redirect_count);
    }
    if (!text_equal(response->url, exchange->request.url)) {
        print_own_text(json, "url", response->url);
    }
    if (exchange->failure != EXCHANGE_ANSWERED) {
        json_write_key(json, "failure");
        json_write_string_of(json, failure_word(exchange->failure));
        print_own_text(json, "message", exchange->message);
    }
    if (entry->conversation) {
        har_print_own_conversation(json, entry->conversation);
    }
    json_write_end_object(json);
}

void har_print_entry(struct json_writer *json, const struct recorded_entry *entry)
{
    const struct exchange *exchange = entry->exchange;
    json_write_begin_object(json);
    if (exchange->started_at_ns > 0) {
        print_start(json, exchange->started_at_ns);
    }
    print_milliseconds(json, "time", exchange->response.timing.total_ns);
    har_print_request(json, entry);
    har_print_response(json, entry);
    json_write_key(json, "cache");
    json_write_begin_object(json);
    json_write_end_object(json);
    print_timings(json, &exchange->response.timing);
    print_own_text(json, "serverIPAddress", exchange->response.remote_address);
    if (entry->conversation) {
        har_print_conversation(json, entry->conversation, entry->has_messages);
    }
    print_own(json, entry);
    json_write_end_object(json);
}
