/* SPDX-License-Identifier: MIT */
#include "support/websocket_own_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BYTES(literal) literal, sizeof(literal) - 1
#define STATUS_101 "HTTP/1.1 101 Switching Protocols\r\n"
#define UPGRADE "Upgrade: websocket\r\n"
#define CONNECTION "Connection: Upgrade\r\n"

/* h.*: the answer to the upgrade is bytes, with the right Sec-WebSocket-Accept for every '@'. */
static void hold_answer(struct websocket_game *game, const struct websocket_case *played)
{
    char value[64];
    size_t size = played->size ? played->size : strlen(played->bytes);
    wire_accept_value(game->connection, value);
    for (size_t i = 0; i < size; i++) {
        if (played->bytes[i] == '@') {
            game_hold_bytes(game, value, strlen(value));
        } else {
            game_hold_bytes(game, played->bytes + i, 1);
        }
    }
}

/* A client that fails the handshake ends the connection without a frame. */
static void play_refused(struct websocket_game *game, const struct websocket_case *played)
{
    hold_answer(game, played);
    game_flush(game);
    enum wire_end end = wire_receive(game->connection, &game->frame, 10000);
    if (end != WIRE_ENDED && end != WIRE_RESET) {
        game_fail(game, "expected the end of the connection, got a frame or nothing");
    }
}

static void play_cut_answer(struct websocket_game *game, const struct websocket_case *played)
{
    hold_answer(game, played);
    game_flush(game);
}

static void play_accepted(struct websocket_game *game, const struct websocket_case *played)
{
    hold_answer(game, played);
    game_flush(game);
    game_send(game, WIRE_FINAL | WIRE_TEXT, "hello", 5);
    game_expect(game, WIRE_TEXT, "hello", 5);
    game_close(game);
}

static void play_large_head(struct websocket_game *game, const struct websocket_case *played)
{
    game_hold_bytes(game, played->bytes, strlen(played->bytes));
    for (unsigned i = 0; i < 2000 && played->piece == 0; i++) {
        game_hold_bytes(game, BYTES("X-Filler: 0123456789012345678901234567890123456789\r\n"));
    }
    for (unsigned i = 0; i < 20000 && played->piece == 1; i++) {
        game_hold_bytes(game, BYTES("0123456789"));
    }
    game_flush(game);
}

static void play_silence(struct websocket_game *game, const struct websocket_case *played)
{
    hold_answer(game, played);
    game_flush(game);
    enum wire_end end = wire_receive(game->connection, &game->frame, 10000);
    if (end != WIRE_ENDED && end != WIRE_RESET) {
        game_fail(game, "expected the end of the connection");
    }
}

/* x.*: the first frame in the same bytes as the head, or all of it byte by byte. */
static void play_glued(struct websocket_game *game, const struct websocket_case *played)
{
    static const char payload[] = "\0\0with\0NUL\0";
    hold_answer(game, played);
    game_hold(game, WIRE_FINAL | WIRE_BINARY, payload, sizeof payload);
    game_hold(game, WIRE_FINAL | WIRE_TEXT, "second", 6);
    game_flush(game);
    game_expect(game, WIRE_BINARY, payload, sizeof payload);
    game_expect(game, WIRE_TEXT, "second", 6);
    game_close(game);
}

static void play_glued_close(struct websocket_game *game, const struct websocket_case *played)
{
    hold_answer(game, played);
    game_hold(game, WIRE_FINAL | WIRE_CLOSE, "\x0F\xA1", 2);
    game_expect_close(game, 4001);
}

/* The bytes, and then the end, or a reset (piece 1). */
static void play_end(struct websocket_game *game, const struct websocket_case *played)
{
    game_send(game, WIRE_FINAL | WIRE_TEXT, "last", 4);
    game_expect(game, WIRE_TEXT, "last", 4);
    game_hold_bytes(game, played->bytes, played->size);
    game_flush(game);
    if (played->piece) {
        raw_reset(game->connection);
    }
}

static void play_raw_failure(struct websocket_game *game, const struct websocket_case *played)
{
    game_hold_bytes(game, played->bytes, played->size);
    game_flush(game);
    game_expect_failure(game, played->opcode);
}

static void play_close_code(struct websocket_game *game, const struct websocket_case *played)
{
    game_send_close(game, played->opcode, played->bytes, played->size);
    game_expect_close(game, played->opcode);
}

/* Our close frames are answered, the connection stays. */
static void play_stay(struct websocket_game *game, const struct websocket_case *played)
{
    game_send_close(game, played->opcode, "", 0);
    game_expect(game, WIRE_CLOSE, "\x03\xE8", 2);
    enum wire_end end = wire_receive(game->connection, &game->frame, 10000);
    if (end != WIRE_ENDED && end != WIRE_RESET) {
        game_fail(game, "expected the end of the connection");
    }
}

/* After a broken frame it goes on sending, and never ends the connection itself. */
static void play_chatter(struct websocket_game *game, const struct websocket_case *played)
{
    game_send(game, 0xFF, played->bytes, played->size);
    game_expect(game, WIRE_CLOSE, "\x03\xEA", 2);
    for (unsigned i = 0; i < 600; i++) {
        if (send(game->connection->socket,
                 "\x81\x05"
                 "still",
                 7, MSG_NOSIGNAL) < 0) {
            return;
        }
        raw_pause_ms(10);
    }
    game_fail(game, "expected the end of the connection");
}

/* A reader that takes its time, while the client's answers pile up. */
static void play_slow_reader(struct websocket_game *game, const struct websocket_case *played)
{
    char *message = malloc(played->size);
    memset(message, '*', played->size);
    for (unsigned i = 0; i < 8; i++) {
        game_send(game, WIRE_FINAL | WIRE_TEXT, message, played->size);
    }
    raw_pause_ms(200);
    for (unsigned i = 0; i < 8; i++) {
        game_expect(game, WIRE_TEXT, message, played->size);
    }
    game_close(game);
    free(message);
}

/* A flood of pings whose answers are not read: the last has to be answered, not every one. */
static void play_ping_flood(struct websocket_game *game, const struct websocket_case *played)
{
    char payload[125] = { 0 };
    for (unsigned i = 0; i < played->size; i++) {
        snprintf(payload, sizeof payload, "%u", i);
        game_hold(game, WIRE_FINAL | WIRE_PING, payload, sizeof payload);
    }
    game_flush(game);
    unsigned answers = 0;
    bool is_last = false;
    while (game_goes_on(game) && !is_last) {
        if (wire_receive(game->connection, &game->frame, 10000) != WIRE_FRAME ||
            game->frame.opcode != WIRE_PONG) {
            game_fail(game, "expected pongs up to the last, got %u", answers);
        } else {
            answers++;
            is_last = memcmp(game->frame.payload, payload, sizeof payload) == 0;
        }
    }
    if (answers == played->size) {
        game_fail(game, "expected fewer pongs than pings: nobody read them");
    }
    game_close(game);
}

/* More than the limit of 16 MiB, by one frame that says so or by fragments. */
static void play_too_large(struct websocket_game *game, const struct websocket_case *played)
{
    char *fragment = calloc(1, 1 << 20);
    game_hold(game, WIRE_BINARY, fragment, 1 << 20);
    for (unsigned i = 0; i < 15; i++) {
        game_hold(game, WIRE_CONTINUATION, fragment, 1 << 20);
    }
    game_flush(game);
    game_send(game, WIRE_FINAL | WIRE_CONTINUATION, "x", played->size);
    game_expect_failure(game, 1009);
    free(fragment);
}

static void play_empty_flood(struct websocket_game *game, const struct websocket_case *played)
{
    game_hold(game, WIRE_TEXT, "", 0);
    for (unsigned i = 0; i < played->size; i++) {
        game_hold(game, WIRE_CONTINUATION, "", 0);
    }
    game_hold(game, WIRE_FINAL | WIRE_CONTINUATION, "end", 3);
    game_expect(game, WIRE_TEXT, "end", 3);
    game_close(game);
}

#define HANDSHAKE .play = play_refused, .is_head_own = true, .is_refused = true
#define ACCEPT "Sec-WebSocket-Accept: @\r\n"
#define SECTION_4_1 "broke RFC 6455, section 4.1: expected "

const struct websocket_case websocket_own_cases[] = {
    { "h.1", HANDSHAKE, .code = 200,
      .bytes =
          "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n" UPGRADE CONNECTION ACCEPT "\r\nwelcome" },
    { "h.2", HANDSHAKE, .code = 101, .bytes = STATUS_101 CONNECTION ACCEPT "\r\n",
      .failure = SECTION_4_1 "the header 'Upgrade: websocket', got none" },
    { "h.3", HANDSHAKE, .code = 101,
      .bytes = STATUS_101 "Upgrade: h2c\r\n" CONNECTION ACCEPT "\r\n",
      .failure = SECTION_4_1 "the header 'Upgrade: websocket', got h2c" },
    { "h.4", HANDSHAKE, .code = 101, .bytes = STATUS_101 UPGRADE ACCEPT "\r\n",
      .failure = SECTION_4_1 "the header 'Connection: Upgrade', got none" },
    { "h.5", HANDSHAKE, .code = 101,
      .bytes = STATUS_101 UPGRADE "Connection: keep-alive\r\n" ACCEPT "\r\n",
      .failure = SECTION_4_1 "the header 'Connection: Upgrade', got keep-alive" },
    { "h.6", HANDSHAKE, .code = 101, .bytes = STATUS_101 UPGRADE CONNECTION "\r\n",
      .failure = "', got none" },
    { "h.7", HANDSHAKE, .code = 101,
      .bytes = STATUS_101 UPGRADE CONNECTION
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
      .failure = "', got s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" },
    { "h.8", HANDSHAKE, .code = 101,
      .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT ACCEPT "\r\n",
      .failure = SECTION_4_1 "the header 'Sec-WebSocket-Accept' once, got it several times" },
    { "h.9", HANDSHAKE, .code = 101,
      .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT
      "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
      .failure = SECTION_4_1 "no extension, for none was offered, got permessage-deflate" },
    { "h.10", HANDSHAKE, .code = 101,
      .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT "Sec-WebSocket-Protocol: chat\r\n\r\n",
      .failure = SECTION_4_1 "a subprotocol that was offered, or none, got chat" },
    { "h.11", HANDSHAKE, .code = 101, .is_with_subprotocol = true,
      .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT
      "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: superchat\r\n\r\n",
      .failure = SECTION_4_1 "one subprotocol, got several" },
    { "h.12", HANDSHAKE, .code = 101,
      .bytes = "HTTP/1.0 101 Switching Protocols\r\n" UPGRADE CONNECTION ACCEPT "\r\n",
      .failure = SECTION_4_1 "HTTP/1.1, got 1.0" },
    { "h.13", HANDSHAKE, .bytes = "SSH-2.0-OpenSSH_9.2\r\n", .failure = "not an HTTP answer" },
    { "h.14", play_large_head, .bytes = STATUS_101, .is_head_own = true, .is_refused = true,
      .code = 101, .failure = "expected at most 65536 bytes of headers, got more" },
    { "h.15", play_large_head, .bytes = STATUS_101 "X: ", .piece = 1, .is_head_own = true,
      .is_refused = true, .code = 101,
      .failure = "expected at most 65536 bytes of headers, got more" },
    { "h.16", play_cut_answer, .bytes = STATUS_101 "Upgr", .is_head_own = true,
      .is_refused = true, .code = 101,
      .failure = "the connection was closed within the headers" },
    { "h.17", play_cut_answer, .bytes = "", .is_head_own = true, .is_refused = true,
      .failure = "connection closed without an answer by" },
    { "h.18", HANDSHAKE, .code = 302,
      .bytes = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n" },
    { "h.19", HANDSHAKE, .code = 401,
      .bytes = "HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n"
               "4;x=y\r\nplea\r\n3 \r\nse \r\n6\r\nlog in\r\n0\r\nTrailer: t\r\n\r\n" },
    { "h.20", play_cut_answer, .bytes = "HTTP/1.1 503 No\r\n\r\nuntil the end",
      .is_head_own = true, .is_refused = true, .code = 503 },
    { "h.21", play_cut_answer, .bytes = "HTTP/1.1 502 No\r\nContent-Length: 9\r\n\r\ncut",
      .is_head_own = true, .is_refused = true, .code = 502,
      .failure = "incomplete answer from" },
    { "h.22", HANDSHAKE, .code = 400,
      .bytes = "HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\nhello",
      .failure = "unreadable answer from" },
    { "h.23", play_silence, .bytes = STATUS_101 UPGRADE, .is_head_own = true,
      .is_refused = true, .code = 101, .failure = "no complete answer from" },
    { "h.24", play_accepted, .is_head_own = true, .code = 1000, .is_with_subprotocol = true,
      .bytes = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
               "HTTP/1.1 101\r\nupgrade: WebSocket\r\nconnection: keep-alive, UPGRADE\r\n"
               "sec-websocket-accept:   @  \r\nsec-websocket-protocol: superchat\r\n\r\n" },
    { "h.25", play_accepted, .is_head_own = true, .code = 1000,
      .bytes = "HTTP/1.1 101 line ends without CR\nUpgrade: websocket\n"
               "Connection: Upgrade\nSec-WebSocket-Accept: @\n\n" },
    { "x.1", play_glued, .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT "\r\n",
      .is_head_own = true, .code = 1000 },
    { "x.2", play_accepted, .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT "\r\n", .chop = 1,
      .is_head_own = true, .code = 1000 },
    { "x.3", play_glued, .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT "\r\n", .chop = 1,
      .is_head_own = true, .code = 1000 },
    { "x.4", play_glued_close, .bytes = STATUS_101 UPGRADE CONNECTION ACCEPT "\r\n",
      .is_head_own = true, .code = 4001 },
    { "x.5", play_end, .bytes = "", .code = 1006,
      .failure = "the server ended the connection: no close frame came (RFC 6455, section "
                 "7.1.5)" },
    { "x.6", play_end, 0, BYTES("\x81"), .code = 1006,
      .failure = "the server ended the connection within a frame's header: no close frame" },
    { "x.7", play_end, 0, BYTES("\x81\x05hel"), .code = 1006,
      .failure = "the server ended the connection within a frame (2 of 5 bytes were missing)" },
    { "x.8", play_end, .bytes = "", .piece = 1, .code = 1006,
      .failure = "the connection broke (Recv failure: Connection reset by peer): no close" },
    { "x.9", play_raw_failure, 1002, BYTES("\x82\x7F\x80\0\0\0\0\0\0\0"), .code = 1006,
      .failure = "the highest bit of a payload's length is 0 (section 5.2); it sent "
                 "82 7f 80 00 00 00 00 00 00 00" },
    { "x.10", play_raw_failure, 1009, BYTES("\x82\x7F\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
      .code = 1006,
      .failure = "message too large: expected at most 16777216 bytes, got a frame of "
                 "9223372036854775807" },
    { "x.11", play_raw_failure, 1009, BYTES("\x82\x7F\0\0\0\0\x80\0\0\0"), .code = 1006,
      .failure = "got a frame of 2147483648" },
    { "x.12", play_raw_failure, 1002, BYTES("\x81\x7E\0\x7D"), .code = 1006,
      .failure = "a payload's length is written with as few bytes as it needs (section 5.2); "
                 "it sent 81 7e 00 7d" },
    { "x.13", play_raw_failure, 1002, BYTES("\x81\x7F\0\0\0\0\0\0\xFF\xFF"), .code = 1006,
      .failure = "as few bytes as it needs (section 5.2)" },
    { "x.14", play_raw_failure, 1002, BYTES("\x81\x85\1\2\3\4iclio"), .code = 1006,
      .failure = "a server's frames are not masked (section 5.1); it sent 81 85 01 02 03 04" },
    { "x.15", play_close_code, 1012, BYTES("Service Restart"), .code = 1012 },
    { "x.16", play_close_code, 1013, BYTES("Try Again Later"), .code = 1013 },
    { "x.17", play_close_code, 1014, "", 0, .code = 1014 },
    { "x.18", play_raw_failure, 1002, BYTES("\x88\x02\x03\xF7"), .code = 1006,
      .failure = "(section 7.4); it sent 1015" },
    { "x.19", play_stay, 1000, .code = 1000,
      .failure = "the server did not end the connection after the close frames within 300 ms" },
    { "x.20", play_chatter, 0, BYTES("x"), .code = 1006,
      .failure = "reserved bits are 0 without an extension (section 5.2); it sent ff 01" },
    { "x.21", play_slow_reader, .size = 1 << 20, .code = 1000 },
    { "x.22", play_ping_flood, .size = 150000, .code = 1000 },
    { "x.23", play_too_large, .size = 1, .code = 1006,
      .failure = "message too large: expected at most 16777216 bytes, got a frame of 1 after "
                 "16777216 bytes" },
    { "x.24", play_empty_flood, .size = 50000, .code = 1000 },
    { .id = "" },
};
