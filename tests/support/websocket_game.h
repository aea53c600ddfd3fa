/* SPDX-License-Identifier: MIT */
/*
 * A judged conversation with a WebSocket client, from the server's side: what is sent, byte by
 * byte, and what a strict client has to say to it. The first thing that is wrong is the verdict;
 * nothing happens after it.
 */
#ifndef BDDRUN_TESTS_SUPPORT_WEBSOCKET_GAME_H
#define BDDRUN_TESTS_SUPPORT_WEBSOCKET_GAME_H

#include <stdbool.h>
#include <stddef.h>

#include "support/wire.h"

enum { WEBSOCKET_VERDICT_BYTES = 256 };

struct websocket_game {
    struct raw_connection *connection;
    char *verdict; /* WEBSOCKET_VERDICT_BYTES; empty: nothing wrong yet */
    size_t chop;   /* bytes of each write; 0: all at once */
    unsigned char *held;
    size_t held_size;
    size_t held_capacity;
    struct wire_frame frame; /* the newest */
};

bool game_goes_on(const struct websocket_game *game);
void game_fail(struct websocket_game *game, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Holds a frame back until game_flush, or until something is expected. */
void game_hold(struct websocket_game *game, unsigned first_byte, const void *payload,
               size_t size);
void game_hold_bytes(struct websocket_game *game, const void *bytes, size_t size);
void game_flush(struct websocket_game *game);
void game_send(struct websocket_game *game, unsigned first_byte, const void *payload,
               size_t size);
void game_send_close(struct websocket_game *game, unsigned code, const void *reason,
                     size_t size);

/* The client's next frame is this. */
void game_expect(struct websocket_game *game, unsigned opcode, const void *payload,
                 size_t size);

/* It says nothing for so long. */
void game_expect_silence(struct websocket_game *game, unsigned milliseconds);

/* It sends a close frame with this code (0: without one); the server answers where it did not
 * begin, ends the connection, and the client ends its half without another word. */
void game_expect_close(struct websocket_game *game, unsigned code);
void game_expect_failure(struct websocket_game *game, unsigned code);

/* The server closes with 1000 and the client answers the same. */
void game_close(struct websocket_game *game);

#endif
