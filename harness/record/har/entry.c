/* SPDX-License-Identifier: MIT */
#include "record/har/parts.h"

#include "exchange/url.h"
#include "format/date.h"

enum { MILLISECONDS_TO_NS = 6 }; /* digits */

bool har_entry_summary(struct har_part *part, const struct json_value *entry,
                       struct har_summary *ret_summary)
{
    const struct json_value *request = har_object(part, entry, "request");
    const struct json_value *response = har_object(part, entry, "response");
    double status = 0;
    if (!request) {
        if (!part->is_bad) {
            har_refuse(part, entry, "'request' is missing");
        }
        return false;
    }
    struct har_summary summary = { .method = har_string(part, request, "method"),
                                   .url = har_string(part, request, "url"),
                                   .index = part->number - 1 };
    if (!part->is_bad && (summary.method.size == 0 || summary.url.size == 0)) {
        har_refuse(part, request, "'request' has no '%s'",
                   summary.method.size == 0 ? "method" : "url");
    }
    if (har_number(part, response, "status", &status) && status >= 0 && status < 1000) {
        summary.status = (int64_t)status;
    }
    summary.is_socket = har_is_socket(entry, summary.url);
    *ret_summary = summary;
    return !part->is_bad;
}

static bool is_header(struct text name)
{
    return name.size > 0 && name.at[0] != ':'; /* of HTTP/2: parts of the request line */
}

static void read_headers(struct har_part *part, const struct json_value *message,
                         struct headers *headers)
{
    const struct json_value *list = har_list(part, message, "headers");
    for (size_t i = 0; list && i < list->count; i++) {
        const struct json_value *field = json_item(list, i);
        if (!json_is(field, JSON_OBJECT)) {
            har_refuse(part, field, "a header is %s, expected an object", har_type_name(field));
            continue;
        }
        struct text name = har_text(part, field, "name");
        struct text value = har_text(part, field, "value");
        if (is_header(name)) {
            headers_add(headers, &part->recording->arena, har_kept(part, name),
                        har_kept(part, value));
        }
    }
}

/* "HTTP/1.1", "http/2.0", "h3" become "1.1", "2", "3"; what says nothing, "". */
static struct text version_of(struct text written)
{
    static const struct {
        struct text written;
        struct text version;
    } versions[] = {
        { TEXT_STATIC("HTTP/1.1"), TEXT_STATIC("1.1") },
        { TEXT_STATIC("HTTP/1.0"), TEXT_STATIC("1.0") },
        { TEXT_STATIC("HTTP/2"), TEXT_STATIC("2") },
        { TEXT_STATIC("HTTP/2.0"), TEXT_STATIC("2") },
        { TEXT_STATIC("h2"), TEXT_STATIC("2") },
        { TEXT_STATIC("HTTP/3"), TEXT_STATIC("3") },
        { TEXT_STATIC("HTTP/3.0"), TEXT_STATIC("3") },
        { TEXT_STATIC("h3"), TEXT_STATIC("3") },
    };
    for (size_t i = 0; i < ARRAY_SIZE(versions); i++) {
        if (text_equal_ignoring_case(written, versions[i].written)) {
            return versions[i].version;
        }
    }
    return TEXT_EMPTY;
}

/* Phases of HAR follow one another (ssl lies in connect); ours are counted from the start. What a
 * browser spent on its own queue (blocked) is no part of them. */
static struct timing read_timing(struct har_part *part, const struct json_value *entry)
{
    const struct json_value *phases = har_object(part, entry, "timings");
    uint64_t dns = har_scaled(part, phases, "dns", MILLISECONDS_TO_NS);
    uint64_t connect = har_scaled(part, phases, "connect", MILLISECONDS_TO_NS);
    uint64_t ssl = har_scaled(part, phases, "ssl", MILLISECONDS_TO_NS);
    uint64_t wait = har_scaled(part, phases, "wait", MILLISECONDS_TO_NS);
    uint64_t send = har_scaled(part, phases, "send", MILLISECONDS_TO_NS);
    uint64_t receive = har_scaled(part, phases, "receive", MILLISECONDS_TO_NS);
    uint64_t blocked = har_scaled(part, phases, "blocked", MILLISECONDS_TO_NS);
    uint64_t total = har_scaled(part, entry, "time", MILLISECONDS_TO_NS);
    if (ssl > connect) { /* mitmproxy: behind it, not in it */
        connect += ssl;
    }
    struct timing timing = { .dns_ns = dns };
    timing.connect_ns = connect ? dns + connect - ssl : 0;
    timing.tls_ns = ssl ? dns + connect : 0;
    timing.first_byte_ns = wait + send ? dns + connect + send + wait : 0;
    timing.total_ns = timing.first_byte_ns + receive;
    if (timing.total_ns == 0) {
        timing.total_ns = total > blocked ? total - blocked : total;
    }
    return timing;
}

/* What browsers and we call why there is no answer. */
static enum exchange_failure failure_of(struct text words)
{
    static const struct {
        const char *part;
        enum exchange_failure failure;
    } known[] = {
        { "TIMED_OUT", EXCHANGE_TIMEOUT },
        { "a timeout", EXCHANGE_TIMEOUT },
        { "CONNECTION_REFUSED", EXCHANGE_REFUSED },
        { "a refused connection", EXCHANGE_REFUSED },
        { "NAME_NOT_RESOLVED", EXCHANGE_UNKNOWN_HOST },
        { "an unknown host", EXCHANGE_UNKNOWN_HOST },
        { "CERT_", EXCHANGE_TLS },
        { "SSL_", EXCHANGE_TLS },
        { "a TLS error", EXCHANGE_TLS },
        { "CONNECTION_RESET", EXCHANGE_RESET },
        { "a reset connection", EXCHANGE_RESET },
        { "an unreadable response", EXCHANGE_UNREADABLE },
        { "ERR_ABORTED", EXCHANGE_INTERRUPTED },
        { "interrupted", EXCHANGE_INTERRUPTED },
        { "body limit", EXCHANGE_BODY_LIMIT },
    };
    for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
        if (text_contains(words, text_of(known[i].part))) {
            return known[i].failure;
        }
    }
    return EXCHANGE_OTHER;
}

static struct text first_of(struct text a, struct text b)
{
    return a.size ? a : b;
}

/* A status of 0 or below stands where no answer came. */
static void read_failure(struct har_part *part, const struct json_value *entry,
                         struct exchange *exchange)
{
    const struct json_value *response = har_object(part, entry, "response");
    const struct json_value *own = har_object(part, entry, "_bddrun");
    struct text kind = har_text(part, own, "failure");
    /* Other tools' members may be of any type. */
    struct text words = first_of(json_text(json_member_named(response, "_failureText")),
                                 json_text(json_member_named(response, "_error")));
    if (kind.size == 0 && exchange->response.status > 0) {
        return;
    }
    if (words.size == 0) {
        words = response ? TEXT("the recording holds no answer: its status is 0")
                         : TEXT("the recording holds no response");
    }
    exchange->failure = failure_of(first_of(kind, words));
    exchange->message = har_kept(part, first_of(har_text(part, own, "message"), words));
}

/* What only our own files say. */
static void read_own(struct har_part *part, const struct json_value *entry,
                     struct exchange *exchange)
{
    const struct json_value *own = har_object(part, entry, "_bddrun");
    struct text url = har_text(part, own, "url");
    exchange->actor = har_kept(part, har_text(part, own, "actor"));
    exchange->response.redirect_count = (unsigned)har_scaled(part, own, "redirects", 0);
    exchange->response.url = url.size ? har_kept(part, url) : exchange->request.url;
    if (json_member_named(own, "size")) {
        exchange->response.raw_size_bytes = har_scaled(part, own, "size", 0);
    }
}

/* Proxies write https for wss. */
static struct text url_of(struct har_part *part, const struct json_value *entry,
                          const struct har_summary *summary)
{
    struct text url = summary->url;
    bool is_web_socket = summary->is_socket &&
                         !json_is(json_member_named(entry, "_eventSourceMessages"), JSON_ARRAY);
    if (is_web_socket && text_starts_with(url, TEXT("http"))) {
        return arena_format(&part->recording->arena, "ws%.*s", TEXT_ARG(text_from(url, 4)));
    }
    return har_kept(part, url);
}

static void read_request(struct har_part *part, const struct json_value *request,
                         struct sent_request *sent)
{
    read_headers(part, request, &sent->headers);
    sent->has_body = har_read_post(part, request, &sent->body);
}

static void read_response(struct har_part *part, const struct json_value *entry,
                          struct recorded_entry *kept, struct response *response)
{
    const struct json_value *written = har_object(part, entry, "response");
    struct text address = har_text(part, entry, "serverIPAddress");
    kept->body = RECORDED_BODY_ABSENT;
    response->remote_address = har_kept(part, address);
    if (!written) {
        return;
    }
    response->http_version = version_of(har_text(part, written, "httpVersion"));
    response->reason = har_kept(part, har_text(part, written, "statusText"));
    response->raw_size_bytes = har_scaled(part, written, "bodySize", 0);
    read_headers(part, written, &response->headers);
    har_read_content(part, written, kept, &response->body);
}

static uint64_t read_start(struct har_part *part, const struct json_value *entry)
{
    struct text written = har_text(part, entry, "startedDateTime");
    uint64_t started_ns = 0;
    if (written.size > 0 && !date_parse(written, &started_ns)) {
        har_warn(part, json_member_named(entry, "startedDateTime"),
                 "'startedDateTime' is no date of RFC 3339; the order of the file is taken");
    }
    return started_ns;
}

bool har_entry_keep(struct har_part *part, const struct json_value *entry,
                    const struct har_summary *summary)
{
    struct exchange *exchange = ARENA_NEW(&part->recording->arena, struct exchange);
    struct recorded_entry kept = { .body = RECORDED_BODY_KEPT };
    part->is_own = json_is(json_member_named(entry, "_bddrun"), JSON_OBJECT);
    exchange->is_finished = true;
    exchange->request.method = har_kept(part, summary->method);
    exchange->request.url = url_of(part, entry, summary);
    exchange->response.status = (unsigned)summary->status;
    read_request(part, har_object(part, entry, "request"), &exchange->request);
    read_response(part, entry, &kept, &exchange->response);
    exchange->started_at_ns = read_start(part, entry);
    exchange->response.timing = read_timing(part, entry);
    exchange->finished_at_ns = exchange->started_at_ns + exchange->response.timing.total_ns;
    read_own(part, entry, exchange);
    read_failure(part, entry, exchange);
    struct conversation *conversation =
        summary->is_socket ? har_read_conversation(part, entry, exchange, &kept) : NULL;
    if (part->is_bad) {
        return false;
    }
    struct recorded_entry *added = recording_add(part->recording, exchange, conversation);
    added->body = kept.body;
    added->body_file = kept.body_file;
    added->has_messages = kept.has_messages;
    return true;
}
