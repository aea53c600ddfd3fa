/* SPDX-License-Identifier: MIT */
#include "support/websocket_game.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <openssl/ssl.h>

enum { PATIENCE_MS = 10000, PAUSED_BYTES = 4096 };

bool game_goes_on(const struct websocket_game *game)
{
    return game->verdict[0] == '\0';
}

void game_fail(struct websocket_game *game, const char *format, ...)
{
    if (game_goes_on(game)) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(game->verdict, WEBSOCKET_VERDICT_BYTES, format, arguments);
        va_end(arguments);
    }
}

static void make_room(struct websocket_game *game, size_t size)
{
    size_t needed = game->held_size + size;
    if (needed > game->held_capacity) {
        game->held_capacity =
            needed > 2 * game->held_capacity ? needed : 2 * game->held_capacity;
        game->held = realloc(game->held, game->held_capacity);
    }
}

void game_hold_bytes(struct websocket_game *game, const void *bytes, size_t size)
{
    make_room(game, size + 1);
    if (size > 0) {
        memcpy(game->held + game->held_size, bytes, size);
    }
    game->held_size += size;
}

void game_hold(struct websocket_game *game, unsigned first_byte, const void *payload,
               size_t size)
{
    make_room(game, size + 10);
    game->held_size += wire_frame(game->held + game->held_size, first_byte, payload, size);
}

/* Small messages in pieces reach the client in pieces only when the pieces are some time apart. */
static void pause_between(const struct websocket_game *game)
{
    if (game->held_size <= PAUSED_BYTES) {
        nanosleep(&(struct timespec){ .tv_nsec = 20000 }, NULL);
    }
}

void game_flush(struct websocket_game *game)
{
    size_t chop = game->chop ? game->chop : game->held_size;
    for (size_t at = 0; at < game->held_size && game_goes_on(game); at += chop) {
        size_t left = game->held_size - at;
        raw_send_bytes(game->connection, game->held + at, left < chop ? left : chop);
        if (game->chop) {
            pause_between(game);
        }
    }
    game->held_size = 0;
}

void game_send(struct websocket_game *game, unsigned first_byte, const void *payload,
               size_t size)
{
    game_hold(game, first_byte, payload, size);
    game_flush(game);
}

void game_send_close(struct websocket_game *game, unsigned code, const void *reason,
                     size_t size)
{
    char payload[256];
    payload[0] = (char)(code >> 8);
    payload[1] = (char)(code & 0xFF);
    memcpy(payload + 2, reason, size);
    game_send(game, WIRE_FINAL | WIRE_CLOSE, payload, 2 + size);
}

static const char *end_name(enum wire_end end)
{
    static const char *const names[] = { "a frame", "the end of the connection",
                                         "a reset connection", "nothing",
                                         "a frame with a wrong length" };
    return names[end];
}

static bool next_frame(struct websocket_game *game, const char *expected)
{
    game_flush(game);
    if (!game_goes_on(game)) {
        return false;
    }
    enum wire_end end = wire_receive(game->connection, &game->frame, PATIENCE_MS);
    if (end != WIRE_FRAME) {
        game_fail(game, "expected %s, got %s", expected, end_name(end));
    } else if (!game->frame.is_masked || game->frame.reserved != 0 || !game->frame.is_final) {
        game_fail(game,
                  "expected %s, got a frame of opcode %u that is not masked, whole and "
                  "without reserved bits",
                  expected, game->frame.opcode);
    }
    return game_goes_on(game);
}

void game_expect(struct websocket_game *game, unsigned opcode, const void *payload, size_t size)
{
    char expected[64];
    snprintf(expected, sizeof expected, "opcode %u with %zu bytes", opcode, size);
    if (!next_frame(game, expected)) {
        return;
    }
    const struct wire_frame *frame = &game->frame;
    if (frame->opcode != opcode || frame->size != size ||
        (size > 0 && memcmp(frame->payload, payload, size) != 0)) {
        game_fail(game, "expected %s, got opcode %u with %zu bytes%s: %.60s", expected,
                  frame->opcode, frame->size,
                  frame->opcode == opcode && frame->size == size ? " that differ" : "",
                  (const char *)frame->payload);
    }
}

void game_expect_silence(struct websocket_game *game, unsigned milliseconds)
{
    game_flush(game);
    if (!game_goes_on(game)) {
        return;
    }
    enum wire_end end = wire_receive(game->connection, &game->frame, milliseconds);
    if (end != WIRE_TIMED_OUT) {
        game_fail(game, "expected nothing for %u ms, got %s (opcode %u)", milliseconds,
                  end_name(end), game->frame.opcode);
    }
}

static void expect_close_frame(struct websocket_game *game, unsigned code)
{
    char expected[64];
    snprintf(expected, sizeof expected, "a close frame with code %u", code);
    if (!next_frame(game, expected)) {
        return;
    }
    const struct wire_frame *frame = &game->frame;
    unsigned got =
        frame->size >= 2 ? (unsigned)(frame->payload[0] << 8 | frame->payload[1]) : 0;
    if (frame->opcode != WIRE_CLOSE) {
        game_fail(game, "expected %s, got opcode %u with %zu bytes: %.60s", expected,
                  frame->opcode, frame->size, (const char *)frame->payload);
    } else if (got != code || frame->size == 1) {
        game_fail(game, "expected %s, got %u", expected, got);
    }
}

static void end_connection(struct websocket_game *game)
{
    if (!game_goes_on(game)) {
        return;
    }
    if (game->connection->tls) {
        SSL_shutdown(game->connection->tls);
    }
    shutdown(game->connection->socket, SHUT_WR);
    enum wire_end end = wire_receive(game->connection, &game->frame, PATIENCE_MS);
    if (end != WIRE_ENDED) {
        game_fail(game, "expected the end of the connection, got %s (opcode %u)", end_name(end),
                  game->frame.opcode);
    }
}

void game_expect_close(struct websocket_game *game, unsigned code)
{
    expect_close_frame(game, code);
    end_connection(game);
}

void game_expect_failure(struct websocket_game *game, unsigned code)
{
    expect_close_frame(game, code);
    if (game_goes_on(game)) {
        game_send_close(game, code, "", 0);
    }
    end_connection(game);
}

void game_close(struct websocket_game *game)
{
    game->chop = 0;
    game_send_close(game, 1000, "", 0);
    game_expect_close(game, 1000);
}
