/* SPDX-License-Identifier: MIT */
/* What no server should say on a WebSocket: frames against RFC 6455, floods, broken protocols on
 * top of it. */
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "base/attribute.h"
#include "hostile/hostile.h"

#define CLOSE_FRAME "\x88\x02\x03\xe8"
#define GREETING "\x81\x02hi"

static void send_texts_forever(int connection)
{
    for (;;) {
        send_all(connection, "\x81\x7d", 2);
        send_filled(connection, 'x', 125);
    }
}

static void send_pings_forever(int connection)
{
    for (;;) {
        send_all(connection, "\x89\x04ping\x89\x04ping\x89\x04ping\x89\x04ping", 24);
    }
}

static void send_fragments_forever(int connection)
{
    for (;;) {
        send_all(connection, "\x00\x7e\xff\xff", 4);
        send_filled(connection, 'x', 65535);
    }
}

static void send_large_message(int connection)
{
    send_filled(connection, 'x', 20 << 20);
    stay_silent(connection);
}

static const struct behaviour behaviours[] = {
    { "/ws/silent", TEXT_STATIC(""), stay_silent },
    { "/ws/masked", TEXT_STATIC("\x81\x82\x01\x02\x03\x04ij"), stay_silent },
    { "/ws/reserved-bit", TEXT_STATIC(GREETING "\xc1\x02hi"), stay_silent },
    { "/ws/reserved-opcode", TEXT_STATIC("\x83\x02hi"), stay_silent },
    { "/ws/reserved-control", TEXT_STATIC("\x8b\x02hi"), stay_silent },
    { "/ws/lost-continuation", TEXT_STATIC("\x80\x02hi"), stay_silent },
    { "/ws/interrupted", TEXT_STATIC("\x01\x02hi\x81\x02ho"), stay_silent },
    { "/ws/fragmented-ping", TEXT_STATIC("\x09\x02hi"), stay_silent },
    { "/ws/long-ping", TEXT_STATIC("\x89\x7e\x00\x7e"), send_forever },
    { "/ws/bad-utf8", TEXT_STATIC("\x81\x04\x1b[\xc3\x28"), stay_silent },
    { "/ws/negative-length", TEXT_STATIC("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff"),
      stay_silent },
    { "/ws/endless-length", TEXT_STATIC("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff"),
      send_forever },
    { "/ws/large-message", TEXT_STATIC("\x81\x7f\x00\x00\x00\x00\x01\x40\x00\x00"),
      send_large_message },
    { "/ws/endless-message", TEXT_STATIC("\x01\x02hi"), send_fragments_forever },
    { "/ws/short-close", TEXT_STATIC("\x88\x01x"), stay_silent },
    { "/ws/bad-close-code", TEXT_STATIC("\x88\x02\x03\xed"), stay_silent },
    { "/ws/bad-close-reason", TEXT_STATIC("\x88\x04\x03\xe8\xc3\x28"), stay_silent },
    { "/ws/evil-reason", TEXT_STATIC("\x88\x0b\x0f\xa1\x1b[2J\x07pass"), stay_silent },
    { "/ws/reset", TEXT_STATIC(GREETING), reset },
    { "/ws/vanish", TEXT_STATIC(GREETING), NULL },
    { "/ws/half-frame", TEXT_STATIC("\x81\x7e\x01"), NULL },
    { "/ws/text-flood", TEXT_STATIC(""), send_texts_forever },
    { "/ws/ping-flood", TEXT_STATIC(""), send_pings_forever },
    { "/ws/after-close", TEXT_STATIC(CLOSE_FRAME), send_texts_forever },
    { "/ws/socket.io/no-open",
      TEXT_STATIC("\x81\x06"
                  "banana"),
      stay_silent },
    { "/ws/socket.io/bad-open",
      TEXT_STATIC("\x81\x09"
                  "0{\"sid\":}}"),
      stay_silent },
    { "/ws/socket.io/no-heartbeat",
      TEXT_STATIC("\x81\x4e"
                  "0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":100,\"pingTimeout\":200,"
                  "\"maxPayload\":9}"
                  "\x81\x0d\x34\x30{\"sid\":\"b\"}"),
      stay_silent },
    { "/app/k", TEXT_STATIC("\x81\x10{\"data\":\"banana\"}"), stay_silent },
};

static struct text header_value(struct text head, struct text name)
{
    struct text rest = head;
    struct text line;
    while (text_take_until(&rest, '\n', &line)) {
        if (text_equal_ignoring_case(text_slice(line, 0, name.size), name)) {
            return text_trim(text_from(line, name.size));
        }
    }
    return TEXT_EMPTY;
}

static void upgrade(int connection, struct text head)
{
    struct text key = header_value(head, TEXT("Sec-WebSocket-Key:"));
    unsigned char digest[SHA_DIGEST_LENGTH];
    unsigned char accept[2 * SHA_DIGEST_LENGTH];
    char answer[512];
    int size = snprintf(answer, sizeof answer, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                        TEXT_ARG(text_slice(key, 0, 100)));
    SHA1((const unsigned char *)answer, (size_t)size, digest);
    EVP_EncodeBlock(accept, digest, sizeof digest);
    size = snprintf(answer, sizeof answer,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                    accept);
    send_all(connection, answer, (size_t)size);
}

bool misbehave_upgraded(int connection, struct text path, struct text head)
{
    struct text bare = text_slice(path, 0, text_find_byte(path, '?', 0));
    for (size_t i = 0; i < ARRAY_SIZE(behaviours); i++) {
        if (text_is(bare, behaviours[i].path)) {
            upgrade(connection, head);
            send_all(connection, behaviours[i].raw.at, behaviours[i].raw.size);
            if (behaviours[i].go_on) {
                behaviours[i].go_on(connection);
            }
            return true;
        }
    }
    return false;
}
