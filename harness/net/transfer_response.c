/* SPDX-License-Identifier: MIT */
#include "net/transfer.h"

#include <string.h>

static void look_at_certificate(struct transfer *transfer)
{
    const struct curl_tlssessioninfo *session = NULL;
    if (url_is_secure(&transfer->url) &&
        curl_easy_getinfo(transfer->easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK &&
        session && session->backend == CURLSSLBACKEND_OPENSSL) {
        transfer->exchange->response.certificate_expires_ns =
            trust_peer_expires_ns(session->internals);
    }
}

/* False: the head is too large. */
bool transfer_take_line(struct transfer *transfer, struct text line)
{
    if (text_starts_with(line, TEXT("HTTP/"))) {
        /* The response that counts is the last: after 1xx and answered challenges. */
        buffer_clear(&transfer->head);
        transfer->is_head_whole = false;
        content_coding_release(&transfer->coding);
        look_at_certificate(transfer);
    } else if (!transfer->is_head_whole) {
        content_coding_read_line(&transfer->coding, line); /* a trailer says nothing of it */
    }
    transfer->is_head_whole = transfer->is_head_whole || text_trim(line).size == 0;
    transfer->head_total_bytes += line.size;
    if (transfer->head_total_bytes > HTTP_HEADERS_LIMIT_BYTES) {
        transfer->is_head_over = true;
        return false;
    }
    buffer_add(&transfer->head, line);
    return true;
}

bool transfer_take_content(struct transfer *transfer, struct text part)
{
    return content_coding_decode(&transfer->coding, part, &transfer->content);
}

/* At the end of a head, once. */
static void ask_stream(struct transfer *transfer)
{
    struct http_session *session = transfer->session;
    transfer_read_response(transfer);
    transfer->is_streaming = transfer->stream->wants(transfer->stream->context, transfer);
    if (transfer->is_streaming) {
        cookie_jar_take(&session->cookies, transfer->exchange->response.url,
                        &transfer->exchange->response.headers,
                        clock_realtime_ns(session->net->clock));
    }
}

/* One more than came is not what libcurl wants to hear: it ends the transfer. */
static size_t line_came(char *at, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    struct text line = text_make(at, size * count);
    if (!transfer_take_line(transfer, line)) {
        return line.size + 1;
    }
    if (transfer->stream && transfer->is_head_whole && !transfer->is_streaming) {
        ask_stream(transfer);
    }
    return line.size;
}

static bool pass_on(struct transfer *transfer)
{
    bool is_taken =
        transfer->stream->part(transfer->stream->context, buffer_text(&transfer->content));
    buffer_clear(&transfer->content);
    return is_taken;
}

static size_t content_came(char *at, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    struct text part = text_make(at, size * count);
    bool is_taken =
        transfer_take_content(transfer, part) && (!transfer->is_streaming || pass_on(transfer));
    return is_taken ? part.size : part.size + 1;
}

void transfer_receive_into(struct transfer *transfer)
{
    uint64_t limit = transfer->settings->body_limit_bytes;
    transfer->content.limit_bytes = limit < BUFFER_NO_LIMIT ? (size_t)limit : BUFFER_NO_LIMIT;
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERFUNCTION, line_came);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, content_came);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
}

/* "HTTP/1.1 200 OK" */
static void read_status_line(struct response *response, struct text line)
{
    uint64_t status = 0;
    size_t version_end = text_find_byte(line, ' ', 0);
    size_t status_end = text_find_byte(line, ' ', version_end + 1);
    response->http_version = text_slice(line, sizeof "HTTP/" - 1, version_end);
    if (text_to_uint64(text_slice(line, version_end + 1, status_end), &status)) {
        response->status = (unsigned)status;
    }
    response->reason = text_trim(text_from(line, status_end));
}

static void read_header_line(struct transfer *transfer, struct text line)
{
    struct arena *arena = transfer->session->arena;
    struct headers *headers = &transfer->exchange->response.headers;
    bool is_folded = line.at[0] == ' ' || line.at[0] == '\t';
    if (is_folded && headers->count > 0) {
        /* RFC 9112, section 5.2: an obsolete line folding is a space. */
        struct text *value = &headers->list[headers->count - 1].value;
        CLEANUP(buffer_release) struct buffer joined;
        buffer_init(&joined, HTTP_HEADERS_LIMIT_BYTES);
        buffer_add(&joined, *value);
        buffer_add_byte(&joined, ' ');
        buffer_add(&joined, text_trim(line));
        *value = arena_text(arena, buffer_text(&joined));
        return;
    }
    size_t colon = text_find_byte(line, ':', 0);
    if (colon < line.size) {
        headers_add(headers, arena, text_trim(text_slice(line, 0, colon)),
                    text_trim(text_from(line, colon + 1)));
    }
}

static void read_head(struct transfer *transfer)
{
    struct response *response = &transfer->exchange->response;
    struct text rest = arena_text(transfer->session->arena, buffer_text(&transfer->head));
    struct text line;
    bool is_first = true;
    response->headers = (struct headers){ 0 };
    response->status = 0;
    while (rest.size > 0 && text_take_until(&rest, '\n', &line)) {
        if (text_ends_with(line, TEXT("\r"))) {
            line.size--;
        }
        if (is_first) {
            read_status_line(response, line);
            is_first = false;
        } else if (line.size > 0) {
            read_header_line(transfer, line);
        }
    }
}

static uint64_t info_ns(CURL *easy, CURLINFO info)
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, info, &microseconds);
    return microseconds > 0 ? (uint64_t)microseconds * 1000 : 0;
}

static void read_timing(struct transfer *transfer)
{
    struct timing *timing = &transfer->exchange->response.timing;
    timing->dns_ns = info_ns(transfer->easy, CURLINFO_NAMELOOKUP_TIME_T);
    timing->connect_ns = info_ns(transfer->easy, CURLINFO_CONNECT_TIME_T);
    timing->tls_ns = info_ns(transfer->easy, CURLINFO_APPCONNECT_TIME_T);
    timing->first_byte_ns = info_ns(transfer->easy, CURLINFO_STARTTRANSFER_TIME_T);
    timing->total_ns = clock_monotonic_ns(transfer->session->net->clock) - transfer->started_ns;
}

static struct text remote_address(struct transfer *transfer)
{
    const char *address = NULL;
    long port = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_PRIMARY_IP, &address);
    curl_easy_getinfo(transfer->easy, CURLINFO_PRIMARY_PORT, &port);
    if (!address || *address == '\0' || transfer->settings->unix_socket.size > 0) {
        return TEXT_EMPTY;
    }
    return arena_format(transfer->session->arena, strchr(address, ':') ? "[%s]:%ld" : "%s:%ld",
                        address, port);
}

void transfer_read_response(struct transfer *transfer)
{
    struct response *response = &transfer->exchange->response;
    curl_off_t raw_size = 0;
    read_head(transfer);
    read_timing(transfer);
    curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &raw_size);
    response->raw_size_bytes = (uint64_t)raw_size;
    response->body = arena_text(transfer->session->arena, buffer_text(&transfer->content));
    response->url = transfer->exchange->request.url;
    response->remote_address = remote_address(transfer);
}

void transfer_forget_response(struct transfer *transfer)
{
    buffer_clear(&transfer->head);
    buffer_clear(&transfer->content);
    content_coding_release(&transfer->coding);
    transfer->head_total_bytes = 0;
}
