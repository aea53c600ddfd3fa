/* SPDX-License-Identifier: MIT */
/*
 * The server's side of WebSocket, byte by byte, for handlers of the raw server: they send what a
 * test wants, broken or not, and see exactly what the client sent.
 */
#ifndef BDDRUN_TESTS_SUPPORT_WIRE_H
#define BDDRUN_TESTS_SUPPORT_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/raw_server.h"

enum wire_byte {
    WIRE_FINAL = 0x80,
    WIRE_CONTINUATION = 0,
    WIRE_TEXT = 1,
    WIRE_BINARY = 2,
    WIRE_CLOSE = 8,
    WIRE_PING = 9,
    WIRE_PONG = 10,
};

enum wire_end { WIRE_FRAME, WIRE_ENDED, WIRE_RESET, WIRE_TIMED_OUT, WIRE_MALFORMED };

struct wire_frame {
    unsigned opcode;
    bool is_final;
    bool is_masked;
    unsigned reserved;
    unsigned char *payload; /* unmasked; of the process, freed by the next receive */
    size_t size;
};

/* The value of Sec-WebSocket-Accept for the newest request's key. */
void wire_accept_value(struct raw_connection *connection, char value[64]);

/* Answers the upgrade: 101 with these further header lines (each with its line end). */
void wire_accept(struct raw_connection *connection, const char *lines);

/* The bytes of a frame: first byte (flags and opcode), shortest length, no mask. Returns its size;
 * out has room for 10 more than the payload. */
size_t wire_frame(unsigned char *out, unsigned first_byte, const void *payload, size_t size);

void wire_send(struct raw_connection *connection, unsigned first_byte, const void *payload,
               size_t size);
void wire_send_text(struct raw_connection *connection, const char *text);
void wire_send_close(struct raw_connection *connection, unsigned code, const char *reason);

/* The client's next frame, waited for at most so long. */
enum wire_end wire_receive(struct raw_connection *connection, struct wire_frame *frame,
                           unsigned timeout_ms);

/* Echoes text and binary messages, answers pings, until the client closes or ends. */
void wire_echo(struct raw_connection *connection);

#endif
