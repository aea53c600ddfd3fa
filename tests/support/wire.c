/* SPDX-License-Identifier: MIT */
#include "support/wire.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/evp.h>
#include <openssl/ssl.h>

void wire_accept_value(struct raw_connection *connection, char value[64])
{
    char proof[256];
    unsigned char digest[20];
    const char *key = raw_request_header(connection, "Sec-WebSocket-Key");
    int size =
        snprintf(proof, sizeof proof, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key ? key : "");
    EVP_Q_digest(NULL, "SHA1", NULL, proof, (size_t)size, digest, NULL);
    EVP_EncodeBlock((unsigned char *)value, digest, sizeof digest);
}

void wire_accept(struct raw_connection *connection, const char *lines)
{
    char head[4096];
    char value[64];
    wire_accept_value(connection, value);
    snprintf(head, sizeof head,
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: %s\r\n%s\r\n",
             value, lines);
    raw_send(connection, head);
}

size_t wire_frame(unsigned char *out, unsigned first_byte, const void *payload, size_t size)
{
    size_t length_bytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
    out[0] = (unsigned char)first_byte;
    out[1] = (unsigned char)(length_bytes == 0 ? size : length_bytes == 2 ? 126 : 127);
    for (size_t i = 0; i < length_bytes; i++) {
        out[2 + i] = (unsigned char)(size >> (8 * (length_bytes - 1 - i)));
    }
    if (size > 0) {
        memcpy(out + 2 + length_bytes, payload, size);
    }
    return 2 + length_bytes + size;
}

void wire_send(struct raw_connection *connection, unsigned first_byte, const void *payload,
               size_t size)
{
    unsigned char *frame = malloc(size + 10);
    size_t whole = wire_frame(frame, first_byte, payload, size);
    raw_send_bytes(connection, frame, whole);
    free(frame);
}

void wire_send_text(struct raw_connection *connection, const char *text)
{
    wire_send(connection, WIRE_FINAL | WIRE_TEXT, text, strlen(text));
}

void wire_send_close(struct raw_connection *connection, unsigned code, const char *reason)
{
    char payload[1024];
    payload[0] = (char)(code >> 8);
    payload[1] = (char)(code & 0xFF);
    int size = snprintf(payload + 2, sizeof payload - 2, "%s", reason);
    wire_send(connection, WIRE_FINAL | WIRE_CLOSE, payload, 2 + (size_t)size);
}

static bool is_waiting(struct raw_connection *connection, unsigned timeout_ms)
{
    struct pollfd wait = { .fd = connection->socket, .events = POLLIN };
    if (connection->tls && SSL_pending(connection->tls) > 0) {
        return true;
    }
    return poll(&wait, 1, (int)timeout_ms) > 0;
}

static enum wire_end read_exactly(struct raw_connection *connection, unsigned char *to,
                                  size_t size, unsigned timeout_ms)
{
    while (size > 0) {
        if (!is_waiting(connection, timeout_ms)) {
            return WIRE_TIMED_OUT;
        }
        ssize_t got = connection->tls
                          ? SSL_read(connection->tls, to, size > 65536 ? 65536 : (int)size)
                          : recv(connection->socket, to, size, 0);
        if (got <= 0) {
            return got < 0 && errno == ECONNRESET ? WIRE_RESET : WIRE_ENDED;
        }
        to += got;
        size -= (size_t)got;
    }
    return WIRE_FRAME;
}

/* The length that follows the first two bytes. */
static enum wire_end read_length(struct raw_connection *connection, unsigned char second,
                                 struct wire_frame *frame, unsigned timeout_ms)
{
    unsigned char bytes[8];
    size_t count = (second & 127) == 126 ? 2 : (second & 127) == 127 ? 8 : 0;
    frame->size = count == 0 ? second & 127U : 0;
    enum wire_end end = read_exactly(connection, bytes, count, timeout_ms);
    for (size_t i = 0; i < count && end == WIRE_FRAME; i++) {
        frame->size = frame->size << 8 | bytes[i];
    }
    bool is_shortest = count == 0 || (count == 2 && frame->size >= 126) ||
                       (count == 8 && frame->size >= 65536);
    return end == WIRE_FRAME && (!is_shortest || frame->size > 1U << 30) ? WIRE_MALFORMED : end;
}

enum wire_end wire_receive(struct raw_connection *connection, struct wire_frame *frame,
                           unsigned timeout_ms)
{
    unsigned char start[2];
    unsigned char mask[4] = { 0 };
    free(frame->payload);
    *frame = (struct wire_frame){ 0 };
    enum wire_end end = read_exactly(connection, start, 2, timeout_ms);
    if (end != WIRE_FRAME) {
        return end;
    }
    frame->opcode = start[0] & 15U;
    frame->is_final = start[0] >> 7;
    frame->reserved = start[0] >> 4 & 7U;
    frame->is_masked = start[1] >> 7;
    end = read_length(connection, start[1], frame, timeout_ms);
    if (end == WIRE_FRAME && frame->is_masked) {
        end = read_exactly(connection, mask, sizeof mask, timeout_ms);
    }
    if (end != WIRE_FRAME) {
        return end;
    }
    frame->payload = calloc(1, frame->size + 1);
    end = read_exactly(connection, frame->payload, frame->size, timeout_ms);
    for (size_t i = 0; i < frame->size; i++) {
        frame->payload[i] ^= mask[i % 4];
    }
    return end;
}

void wire_echo(struct raw_connection *connection)
{
    struct wire_frame frame = { 0 };
    while (wire_receive(connection, &frame, 10000) == WIRE_FRAME) {
        unsigned opcode = frame.opcode == WIRE_PING ? WIRE_PONG : frame.opcode;
        if (frame.opcode != WIRE_PONG) {
            wire_send(connection, WIRE_FINAL | opcode, frame.payload, frame.size);
        }
        if (frame.opcode == WIRE_CLOSE) {
            break;
        }
    }
    free(frame.payload);
}
