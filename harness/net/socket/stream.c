/* SPDX-License-Identifier: MIT */
#include "net/socket/parts.h"

enum {
    RECEIVED_BYTES = 16 << 10,
    RECEIVED_PIECES = 64,      /* then others get their turn */
    OFFERED_BYTES = 256 << 10, /* at once */
    KEPT_OUTPUT_BYTES = 16 << 10,
};

static void want(struct socket *socket)
{
    bool is_pending = socket_pending_bytes(socket) > 0 && !socket->output.is_broken;
    unsigned interest = LOOP_READ | (is_pending ? LOOP_WRITE : LOOP_NOTHING);
    loop_watch_change(socket->session->net->loop, socket->watch, interest);
}

/* The other side does not read any more. What it said before is still read. */
static void break_output(struct socket *socket)
{
    struct socket_output *output = &socket->output;
    output->is_broken = true;
    output->taken_bytes = 0;
    buffer_clear(&output->queued);
    buffer_clear(&output->offered);
    loop_timer_set(socket->session->net->loop, &socket->later, 0);
}

/* False: there is nothing to send, or the kernel takes no more. */
static bool offer(struct socket *socket)
{
    struct socket_output *output = &socket->output;
    size_t size = output->offered.size - output->taken_bytes;
    size_t taken = 0;
    size = size < OFFERED_BYTES ? size : OFFERED_BYTES;
    CURLcode result = curl_easy_send(socket->transfer->easy,
                                     output->offered.at + output->taken_bytes, size, &taken);
    if (result == CURLE_AGAIN) {
        return false;
    }
    if (result != CURLE_OK) {
        break_output(socket);
        return false;
    }
    output->taken_bytes += taken;
    return true;
}

static void forget_offered(struct socket_output *output)
{
    output->taken_bytes = 0;
    buffer_clear(&output->offered);
    if (output->offered.capacity > KEPT_OUTPUT_BYTES) {
        buffer_release(&output->offered);
    }
}

static void swap(struct socket_output *output)
{
    struct buffer emptied = output->offered;
    output->offered = output->queued;
    output->queued = emptied;
}

static void flush_queued(struct socket *socket)
{
    struct socket_output *output = &socket->output;
    for (bool goes_on = !output->is_broken; goes_on;) {
        if (output->taken_bytes == output->offered.size) {
            forget_offered(output);
            swap(output);
        }
        goes_on = output->offered.size > 0 && offer(socket);
    }
}

void stream_flush(struct socket *socket)
{
    if (!socket->watch) {
        return;
    }
    flush_queued(socket);
    if (socket->is_pong_due && socket_pending_bytes(socket) == 0) {
        socket->is_pong_due = false;
        incoming_send(socket, FRAME_PONG, text_make(socket->pong_due, socket->pong_due_size));
        return;
    }
    want(socket);
}

static void take(struct socket *socket, struct text bytes)
{
    if (socket->state == SOCKET_CONNECTING) {
        bytes = text_from(bytes, answer_take(socket, bytes));
    }
    if (bytes.size > 0 && socket->frames) {
        incoming_take(socket, bytes);
    }
}

static void over(struct socket *socket, CURLcode result)
{
    if (socket->state == SOCKET_CONNECTING) {
        answer_end(socket, result);
    } else {
        closing_connection_over(socket, result);
    }
}

void stream_receive(struct socket *socket)
{
    char bytes[RECEIVED_BYTES];
    for (unsigned left = RECEIVED_PIECES; left > 0 && socket->watch; left--) {
        size_t size = 0;
        CURLcode result = curl_easy_recv(socket->transfer->easy, bytes, sizeof bytes, &size);
        if (result == CURLE_AGAIN) {
            return;
        }
        if (result != CURLE_OK || size == 0) {
            over(socket, result);
            return;
        }
        take(socket, text_make(bytes, size));
        /* TLS may hold more that no poll tells of. */
        if (!socket->is_secure && size < sizeof bytes) {
            return;
        }
    }
    if (socket->watch) {
        loop_timer_set(socket->session->net->loop, &socket->later, 0);
    }
}

void stream_ready(void *context, unsigned ready)
{
    struct socket *socket = context;
    if (ready & LOOP_WRITE) {
        stream_flush(socket);
    }
    if ((ready & (LOOP_READ | LOOP_ERROR)) && socket->watch) {
        stream_receive(socket);
    }
}

void stream_release(struct socket *socket)
{
    buffer_release(&socket->output.queued);
    buffer_release(&socket->output.offered);
    socket->output.taken_bytes = 0;
}
