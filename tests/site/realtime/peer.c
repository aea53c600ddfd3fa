/* SPDX-License-Identifier: MIT */
#include "realtime/peer.h"

#include <errno.h>
#include <sys/socket.h>

#include "realtime/realtime.h"
#include "site.h"

enum { READ_BYTES = 65536, CLOSE_MS = 2000, CLOSE_CODE_BYTES = 2 };

void peer_drop(struct peer *peer)
{
    if (!peer->is_gone) {
        peer->is_gone = true;
        if (peer->speech->ended) {
            peer->speech->ended(peer);
        }
        if (peer->descriptor >= 0) {
            (void)shutdown(peer->descriptor, SHUT_RDWR);
        }
        realtime_wake(peer->site);
    }
}

void peer_flush(struct peer *peer)
{
    while (peer->descriptor >= 0 && !peer->is_gone && peer->out_sent < peer->out.size) {
        ssize_t sent = send(peer->descriptor, peer->out.at + peer->out_sent,
                            peer->out.size - peer->out_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent < 0) {
            if (errno != EAGAIN) {
                peer_drop(peer);
            }
            break;
        }
        peer->out_sent += (size_t)sent;
    }
    if (peer->out_sent == peer->out.size) {
        buffer_clear(&peer->out);
        peer->out_sent = 0;
    }
    realtime_watch(peer);
}

void peer_send(struct peer *peer, enum frame_opcode opcode, struct text data)
{
    if (peer->is_gone || peer->has_sent_close) {
        return;
    }
    frame_add(&peer->out, opcode, data);
    if (peer->out.is_over_limit) {
        peer_drop(peer); /* a reader that slow has to connect again */
        return;
    }
    peer_flush(peer);
}

void peer_close(struct peer *peer, unsigned code, const char *reason)
{
    char payload[128] = { (char)(code >> 8 & 0xff), (char)(code & 0xff) };
    size_t size = strlen(reason);
    memcpy(payload + CLOSE_CODE_BYTES, reason, size);
    peer_send(peer, FRAME_CLOSE, text_make(payload, CLOSE_CODE_BYTES + size));
    peer->has_sent_close = true;
    peer->close_by_ms = now_ms() + CLOSE_MS;
    realtime_expect(peer->site, peer->close_by_ms);
}

void peer_read(struct peer *peer)
{
    char bytes[READ_BYTES];
    for (;;) {
        ssize_t count = recv(peer->descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 && errno == EAGAIN) {
            return;
        }
        if (count <= 0) {
            peer_drop(peer);
            return;
        }
        buffer_add(&peer->in, text_make(bytes, (size_t)count));
        if (count < READ_BYTES) {
            return;
        }
    }
}

static void end_by_close(struct peer *peer, struct text payload)
{
    if (!peer->has_sent_close) {
        peer_send(peer, FRAME_CLOSE, text_slice(payload, 0, CLOSE_CODE_BYTES));
        peer->has_sent_close = true;
    }
    peer_drop(peer);
}

static void take_data(struct peer *peer, const struct frame *frame)
{
    if (frame->opcode != FRAME_CONTINUATION) {
        buffer_clear(&peer->message);
        peer->message_opcode = frame->opcode;
    }
    if (frame->is_final && frame->opcode != FRAME_CONTINUATION) {
        peer->speech->heard(peer, frame->opcode, frame->payload);
        return;
    }
    buffer_add(&peer->message, frame->payload);
    if (frame->is_final) {
        peer->speech->heard(peer, peer->message_opcode, buffer_text(&peer->message));
    }
}

static void take_frame(struct peer *peer, const struct frame *frame)
{
    switch (frame->opcode) {
    case FRAME_CONTINUATION:
    case FRAME_TEXT:
    case FRAME_BINARY:
        if (!peer->has_sent_close) {
            take_data(peer, frame);
        }
        break;
    case FRAME_CLOSE:
        end_by_close(peer, frame->payload);
        break;
    case FRAME_PING:
        peer_send(peer, FRAME_PONG, frame->payload);
        break;
    case FRAME_PONG:
        break;
    default:
        peer_close(peer, 1002, "unknown opcode");
    }
}

void peer_take_input(struct peer *peer)
{
    size_t at = 0;
    while (!peer->is_gone) {
        struct frame frame;
        size_t used = 0;
        enum frame_result result =
            frame_take(peer->in.at + at, peer->in.size - at, &frame, &used);
        if (result == FRAME_BROKEN) {
            peer_close(peer, 1002, "protocol error");
            peer_drop(peer);
        }
        if (result != FRAME_WHOLE) {
            break;
        }
        take_frame(peer, &frame);
        at += used;
    }
    buffer_consume(&peer->in, at);
}
