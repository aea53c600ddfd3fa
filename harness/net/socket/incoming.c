/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

#include <inttypes.h>
#include <string.h>

enum { KEPT_MESSAGE_BYTES = 4 << 10, SHOWN_TEXT_BYTES = 40 };

static struct text header_bytes(const struct socket *socket)
{
    const struct frame_header *header = frames_header(socket->frames);
    return text_make((const char *)header->bytes, header->size);
}

static void fail_by_header(struct socket *socket, const char *rule)
{
    closing_fail_broken(socket, 1002, rule, header_bytes(socket));
}

void incoming_send(struct socket *socket, enum frame_opcode opcode, struct text payload)
{
    static const enum conversation_kind kinds[] = {
        [FRAME_TEXT] = CONVERSATION_TEXT,   [FRAME_BINARY] = CONVERSATION_BINARY,
        [FRAME_CLOSE] = CONVERSATION_CLOSE, [FRAME_PING] = CONVERSATION_PING,
        [FRAME_PONG] = CONVERSATION_PONG,
    };
    struct text said = opcode == FRAME_CLOSE ? text_from(payload, 2) : payload;
    frames_write(socket->frames, opcode, payload, &socket->output.queued);
    (void)socket_record(socket, true, kinds[opcode], said);
    stream_flush(socket);
}

static void tell(struct socket *socket, enum conversation_kind kind, struct text data)
{
    const struct conversation_message *message = socket_record(socket, false, kind, data);
    if (message && socket->listener->received) {
        socket->listener->received(socket->listener->context, message);
    }
}

/* Frames. */

static bool begin_message(struct socket *socket, unsigned opcode)
{
    struct socket_incoming *incoming = &socket->incoming;
    if (opcode == FRAME_CONTINUATION && incoming->opcode == 0) {
        fail_by_header(socket, "a continuation frame follows a frame that is not final "
                               "(section 5.4)");
        return false;
    }
    if (opcode != FRAME_CONTINUATION && incoming->opcode != 0) {
        fail_by_header(socket, "a message's fragments are not interrupted by another message "
                               "(section 5.4)");
        return false;
    }
    uint64_t size = frame_header_payload_bytes(frames_header(socket->frames));
    if (size > socket->options.message_limit_bytes - incoming->message.size) {
        closing_fail(socket, 1009, "raise the limit if that is right",
                     "message too large: expected at most %" PRIu64 " bytes, got a frame of "
                     "%" PRIu64 " after %zu bytes",
                     socket->options.message_limit_bytes, size, incoming->message.size);
        return false;
    }
    if (opcode != FRAME_CONTINUATION) {
        incoming->opcode = opcode;
        incoming->utf8 = (struct utf8_stream){ 0 };
    }
    return true;
}

static bool begin_frame(struct socket *socket)
{
    unsigned opcode = frame_header_opcode(frames_header(socket->frames));
    socket->incoming.frame_opcode = opcode;
    socket->incoming.control_size = 0;
    return frame_opcode_is_control(opcode) || begin_message(socket, opcode);
}

static void fail_by_text(struct socket *socket, struct text around, size_t bad_at)
{
    size_t start = bad_at > SHOWN_TEXT_BYTES ? bad_at - SHOWN_TEXT_BYTES : 0;
    closing_fail_broken(socket, 1007, "a text message is valid UTF-8 (section 8.1)",
                        text_slice(around, start, bad_at + 1));
}

static bool add_data(struct socket *socket, struct text bytes)
{
    struct socket_incoming *incoming = &socket->incoming;
    size_t before = incoming->message.size;
    buffer_add(&incoming->message, bytes);
    if (incoming->opcode != FRAME_TEXT) {
        return true;
    }
    size_t good = utf8_stream_take(&incoming->utf8, bytes);
    if (good < bytes.size) {
        fail_by_text(socket, buffer_text(&incoming->message), before + good);
        return false;
    }
    return true;
}

static bool add_bytes(struct socket *socket, struct text bytes)
{
    struct socket_incoming *incoming = &socket->incoming;
    if (!frame_opcode_is_control(incoming->frame_opcode)) {
        return add_data(socket, bytes);
    }
    if (bytes.size > 0) { /* 125 at most: the header was looked at */
        memcpy(incoming->control + incoming->control_size, bytes.at, bytes.size);
        incoming->control_size += bytes.size;
    }
    return true;
}

static void answer_ping(struct socket *socket, struct text payload)
{
    if (socket->is_close_sent) {
        return;
    }
    if (socket_pending_bytes(socket) > SOCKET_REPLIES_LIMIT_BYTES) {
        /* Section 5.5.3 allows to answer only the last one. */
        socket->is_pong_due = true;
        memcpy(socket->pong_due, payload.at, payload.size);
        socket->pong_due_size = payload.size;
        return;
    }
    incoming_send(socket, FRAME_PONG, payload);
}

static void end_control(struct socket *socket)
{
    const struct socket_incoming *incoming = &socket->incoming;
    struct text payload = text_make(incoming->control, incoming->control_size);
    switch (incoming->frame_opcode) {
    case FRAME_PING:
        answer_ping(socket, payload);
        tell(socket, CONVERSATION_PING, payload);
        break;
    case FRAME_PONG:
        tell(socket, CONVERSATION_PONG, payload);
        break;
    default:
        closing_take(socket, payload);
    }
}

static void end_message(struct socket *socket)
{
    struct socket_incoming *incoming = &socket->incoming;
    struct text message = buffer_text(&incoming->message);
    bool is_text = incoming->opcode == FRAME_TEXT;
    incoming->opcode = 0;
    if (is_text && !utf8_stream_is_whole(&incoming->utf8)) {
        fail_by_text(socket, message, message.size - 1);
        return;
    }
    tell(socket, is_text ? CONVERSATION_TEXT : CONVERSATION_BINARY, message);
    buffer_clear(&incoming->message);
    if (incoming->message.capacity > KEPT_MESSAGE_BYTES) {
        buffer_release(&incoming->message);
    }
}

static void end_frame(struct socket *socket)
{
    if (frame_opcode_is_control(socket->incoming.frame_opcode)) {
        end_control(socket);
    } else if (frame_header_is_final(frames_header(socket->frames))) {
        end_message(socket);
    }
}

static void take_part(struct socket *socket, const struct frame_part *part)
{
    bool is_good = (!part->is_first || begin_frame(socket)) && add_bytes(socket, part->bytes);
    if (is_good && part->is_last) {
        end_frame(socket);
    }
}

void incoming_take(struct socket *socket, struct text bytes)
{
    struct frame_part part;
    if (socket->is_deaf) {
        return;
    }
    frames_feed(socket->frames, bytes);
    for (enum frames_result result = FRAMES_PART;
         result == FRAMES_PART && socket->frames && !socket->is_deaf;) {
        result = frames_take(socket->frames, &part);
        if (result == FRAMES_PART) {
            take_part(socket, &part);
        } else if (result == FRAMES_BROKEN) {
            fail_by_header(socket, frame_header_fault(frames_header(socket->frames)));
        }
    }
}
