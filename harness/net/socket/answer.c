/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <inttypes.h>

static struct net *net_of(const struct socket *socket)
{
    return socket->session->net;
}

static void read_response(struct socket *socket)
{
    struct response *response = &socket->handshake->response;
    transfer_read_response(socket->transfer);
    if (socket->answer.has_begun) {
        response->timing.first_byte_ns =
            socket->answer.first_byte_ns - socket->transfer->started_ns;
    }
    response->raw_size_bytes = response->body.size;
}

static void refuse_with(struct socket *socket, CURLcode result)
{
    read_response(socket);
    transfer_fail_with(socket->transfer, result);
    socket_refuse(socket);
}

static void refuse_large_head(struct socket *socket)
{
    transfer_fail(
        socket->transfer, EXCHANGE_UNREADABLE,
        "check that the port speaks HTTP and that nothing between rewrites answers",
        "unreadable answer from '%.*s': expected at most %d bytes of headers, got more",
        TEXT_ARG(socket->handshake->request.url), (int)SOCKET_HEAD_LIMIT_BYTES);
    socket_refuse(socket);
}

static void refuse_broken_body(struct socket *socket)
{
    refuse_with(socket, CURLE_WEIRD_SERVER_REPLY);
}

/* Digest, NTLM and Negotiate take several requests, and an upgrade is one. */
static void explain_challenge(struct socket *socket)
{
    if (socket->handshake->response.status == 401 &&
        socket->transfer->settings->auth > HTTP_AUTH_BASIC) {
        socket->handshake->hint =
            TEXT("an upgrade answers no challenge: let the server know the actor by Basic "
                 "authentication, a bearer token or a cookie");
    }
}

static void end_of_refusal(struct socket *socket)
{
    read_response(socket);
    explain_challenge(socket);
    if (!content_coding_end(&socket->transfer->coding)) {
        transfer_fail_coding(socket->transfer);
    }
    socket_refuse(socket);
}

static void after_head(struct socket *socket)
{
    struct socket_answer *answer = &socket->answer;
    read_response(socket);
    const struct response *response = &socket->handshake->response;
    if (response->status != 101 && response->status / 100 == 1) {
        answer->is_status_line_over = false; /* an interim response: another follows */
        return;
    }
    answer->is_head_over = true;
    cookie_jar_take(&socket->session->cookies, response->url, &response->headers,
                    clock_realtime_ns(net_of(socket)->clock));
    if (response->status != 101) {
        body_begin(&answer->body, response);
        return;
    }
    if (answer_is_acceptance(socket)) {
        socket_accept(socket);
    } else {
        socket_refuse(socket);
    }
}

/* "HTTP/1." at least, as far as it came. */
static bool is_http(struct text start)
{
    struct text wanted = TEXT("HTTP/1.");
    size_t size = start.size < wanted.size ? start.size : wanted.size;
    return text_equal(text_slice(start, 0, size), text_slice(wanted, 0, size));
}

static void take_line(struct socket *socket)
{
    struct socket_answer *answer = &socket->answer;
    struct text line = buffer_text(&answer->line);
    bool is_empty = line.size == 1 || text_equal(line, TEXT("\r\n"));
    answer->is_status_line_over = true;
    if (!transfer_take_line(socket->transfer, line)) {
        refuse_large_head(socket);
    } else if (is_empty) {
        after_head(socket);
    }
    buffer_clear(&answer->line);
}

/* Takes the head's next line, or what came of it. */
static size_t take_head(struct socket *socket, struct text bytes)
{
    struct socket_answer *answer = &socket->answer;
    size_t end = text_find_byte(bytes, '\n', 0);
    bool is_line = end < bytes.size;
    size_t size = is_line ? end + 1 : end;
    answer->head_bytes += size;
    buffer_add(&answer->line, text_slice(bytes, 0, size));
    if (answer->head_bytes > SOCKET_HEAD_LIMIT_BYTES) {
        read_response(socket);
        refuse_large_head(socket);
    } else if (!answer->is_status_line_over && !is_http(buffer_text(&answer->line))) {
        refuse_with(socket, CURLE_UNSUPPORTED_PROTOCOL);
    } else if (is_line) {
        take_line(socket);
    }
    return size;
}

static void take_body(struct socket *socket, struct text rest)
{
    struct body_reader *body = &socket->answer.body;
    struct text piece;
    while ((piece = body_take(body, &rest)).size > 0) {
        if (!transfer_take_content(socket->transfer, piece)) {
            refuse_with(socket, CURLE_WRITE_ERROR);
            return;
        }
    }
    if (body->state == BODY_OVER) {
        end_of_refusal(socket);
    } else if (body->state == BODY_BROKEN) {
        refuse_broken_body(socket);
    }
}

size_t answer_take(struct socket *socket, struct text bytes)
{
    struct socket_answer *answer = &socket->answer;
    size_t taken = 0;
    if (!answer->has_begun) {
        answer->has_begun = true;
        answer->first_byte_ns = clock_monotonic_ns(net_of(socket)->clock);
    }
    while (socket->state == SOCKET_CONNECTING && !answer->is_head_over && taken < bytes.size) {
        taken += take_head(socket, text_from(bytes, taken));
    }
    if (socket->state == SOCKET_CONNECTING && answer->is_head_over) {
        take_body(socket, text_from(bytes, taken));
    }
    return socket->state == SOCKET_CONNECTING ? bytes.size : taken;
}

void answer_end(struct socket *socket, CURLcode result)
{
    const struct socket_answer *answer = &socket->answer;
    if (answer->is_head_over && body_end(&answer->body)) {
        end_of_refusal(socket);
    } else if (result != CURLE_OK) {
        refuse_with(socket, CURLE_RECV_ERROR);
    } else if (answer->is_head_over) {
        refuse_with(socket, CURLE_PARTIAL_FILE);
    } else if (!answer->has_begun) {
        refuse_with(socket, CURLE_GOT_NOTHING);
    } else {
        read_response(socket);
        transfer_fail_cut_head(socket->transfer);
        socket_refuse(socket);
    }
}

void answer_time_out(struct socket *socket)
{
    read_response(socket);
    transfer_fail(socket->transfer, EXCHANGE_TIMEOUT,
                  "look into the server's log, or raise the setting 'response timeout'",
                  "no complete answer from '%.*s' within %" PRIu64
                  " ms: %zu bytes of headers and %zu of the body came",
                  TEXT_ARG(socket->handshake->request.url),
                  socket->transfer->settings->response_timeout_ms, socket->answer.head_bytes,
                  socket->transfer->content.size);
    socket_refuse(socket);
}
