/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

enum { CODE_BYTES = 2, REASON_BYTES = FRAME_CONTROL_BYTES - CODE_BYTES, SHOWN_BYTES = 64 };

#define HINT_LOG "look into the server's log: it ended the connection itself"
#define HINT_SERVER "the server's WebSocket part is broken, or something between changes frames"

static void set_failure(struct socket *socket, const char *hint, struct text failure)
{
    struct conversation_close *close = &socket->conversation.close;
    if (close->failure.size == 0) {
        close->failure = failure;
        close->hint = text_of(hint);
    }
}

static void begin_by(struct socket *socket, enum conversation_ender ender)
{
    struct conversation_close *close = &socket->conversation.close;
    if (close->by == CONVERSATION_OPEN) {
        close->by = ender;
    }
}

/* The reason as far as it has room, cut between code points. */
static struct text fit(struct text reason)
{
    if (reason.size <= REASON_BYTES) {
        return reason;
    }
    size_t size = REASON_BYTES;
    while (size > 0 && ((unsigned char)reason.at[size] & 0xC0) == 0x80) {
        size--;
    }
    return text_slice(reason, 0, size);
}

void closing_send(struct socket *socket, unsigned code, struct text reason)
{
    char payload[FRAME_CONTROL_BYTES];
    struct loop *loop = socket->session->net->loop;
    if (socket->is_close_sent) {
        return;
    }
    struct text fitting = code ? fit(reason) : TEXT_EMPTY;
    payload[0] = (char)(code >> 8 & 0xFF);
    payload[1] = (char)(code & 0xFF);
    if (fitting.size > 0) {
        memcpy(payload + CODE_BYTES, fitting.at, fitting.size);
    }
    socket->is_close_sent = true;
    socket->state = SOCKET_CLOSING;
    begin_by(socket, CONVERSATION_ENDED_BY_US);
    loop_timer_set(loop, &socket->deadline,
                   loop_now_ns(loop) +
                       socket->options.close_timeout_ms * NANOSECONDS_PER_MILLISECOND);
    incoming_send(socket, FRAME_CLOSE,
                  text_make(payload, code ? CODE_BYTES + fitting.size : 0));
}

void closing_fail(struct socket *socket, unsigned code, const char *hint, const char *format,
                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text failure = arena_format_list(socket->arena, format, arguments);
    va_end(arguments);
    set_failure(socket, hint, failure);
    socket->is_deaf = true;
    closing_send(socket, code, TEXT_EMPTY);
}

/* A header's bytes are shown as digits, a text's as text. */
static void print_bytes(struct buffer *out, struct text bytes)
{
    for (size_t i = 0; i < bytes.size && i < FRAME_HEADER_BYTES; i++) {
        buffer_add_format(out, "%s%02x", i ? " " : "", (unsigned char)bytes.at[i]);
    }
}

void closing_fail_broken(struct socket *socket, unsigned code, const char *rule,
                         struct text bytes)
{
    CLEANUP(buffer_release) struct buffer shown;
    buffer_init(&shown, 16 * SHOWN_BYTES);
    if (code == 1007) {
        buffer_add_byte(&shown, '"');
        escape_line(&shown, bytes);
        buffer_add_byte(&shown, '"');
    } else {
        print_bytes(&shown, bytes);
    }
    closing_fail(socket, code, HINT_SERVER, "the server broke RFC 6455: %s; it sent %.*s", rule,
                 TEXT_ARG(buffer_text(&shown)));
}

/* Section 7.4 and the registry it made: 1012 to 1014 came later. */
static bool may_be_sent(unsigned code)
{
    bool is_protocols =
        code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
    return is_protocols || (code >= 3000 && code <= 4999);
}

static bool is_sound(struct socket *socket, struct text payload, unsigned code)
{
    struct text reason = text_from(payload, CODE_BYTES);
    size_t good = utf8_valid_size(reason);
    if (payload.size == 1) {
        closing_fail_broken(socket, 1002,
                            "a close frame has no payload or at least the 2 bytes of a code "
                            "(section 5.5.1)",
                            payload);
        return false;
    }
    if (payload.size > 0 && !may_be_sent(code)) {
        closing_fail(socket, 1002, HINT_SERVER,
                     "the server broke RFC 6455: a close frame's code is 1000 to 1003, 1007 to "
                     "1014 or 3000 to 4999 (section 7.4); it sent %u",
                     code);
        return false;
    }
    if (good < reason.size) {
        closing_fail_broken(socket, 1007,
                            "a close frame's reason is valid UTF-8 (section 5.5.1)",
                            text_slice(reason, 0, good + 1));
        return false;
    }
    return true;
}

void closing_take(struct socket *socket, struct text payload)
{
    struct conversation_close *close = &socket->conversation.close;
    unsigned code = payload.size < CODE_BYTES ? 1005
                                              : (unsigned)(unsigned char)payload.at[0] << 8 |
                                                    (unsigned char)payload.at[1];
    if (!is_sound(socket, payload, code)) {
        return;
    }
    const struct conversation_message *message =
        socket_record(socket, false, CONVERSATION_CLOSE, text_from(payload, CODE_BYTES));
    socket->is_close_received = true;
    socket->is_deaf = true;
    begin_by(socket, CONVERSATION_ENDED_BY_SERVER);
    close->code = code;
    close->reason = message ? message->data : TEXT_EMPTY;
    closing_send(socket, code == 1005 ? 0 : code, TEXT_EMPTY);
}

void closing_time_out(struct socket *socket)
{
    const char *what = socket->is_close_received ? "end the connection after the close frames"
                                                 : "answer the close frame";
    set_failure(socket, "look into the server's log: what was it doing",
                arena_format(socket->arena,
                             "the server did not %s within %" PRIu64
                             " ms (RFC 6455, section 7.1.1)",
                             what, socket->options.close_timeout_ms));
    socket_end(socket);
}

static struct text how_it_ended(const struct socket *socket, CURLcode result)
{
    if (result != CURLE_OK) {
        CLEANUP(buffer_release) struct buffer detail;
        buffer_init(&detail, 4 * (size_t)CURL_ERROR_SIZE);
        escape_line(&detail, text_of(socket->transfer->error[0] ? socket->transfer->error
                                                                : curl_easy_strerror(result)));
        return arena_format(socket->arena, "the connection broke (%.*s)",
                            TEXT_ARG(buffer_text(&detail)));
    }
    if (socket->is_close_sent) {
        return TEXT("the server ended the connection without an answer to the close frame");
    }
    if (!frames_is_within(socket->frames)) {
        return TEXT("the server ended the connection");
    }
    const struct frame_header *header = frames_header(socket->frames);
    if (header->size < frame_header_full_size(header)) {
        return TEXT("the server ended the connection within a frame's header");
    }
    uint64_t size = frame_header_payload_bytes(header);
    return arena_format(socket->arena,
                        "the server ended the connection within a frame (%" PRIu64
                        " of %" PRIu64 " bytes were missing)",
                        frames_left_bytes(socket->frames), size);
}

void closing_connection_over(struct socket *socket, CURLcode result)
{
    bool has_failed = socket->conversation.close.failure.size > 0;
    socket->conversation.close.is_clean = socket->is_close_received && !has_failed;
    if (!socket->is_close_received && !has_failed) {
        struct text how = how_it_ended(socket, result);
        set_failure(socket, HINT_LOG,
                    arena_format(socket->arena,
                                 "%.*s: no close frame came (RFC 6455, section 7.1.5)",
                                 TEXT_ARG(how)));
    }
    begin_by(socket, CONVERSATION_ENDED_BY_SERVER);
    socket_end(socket);
}
