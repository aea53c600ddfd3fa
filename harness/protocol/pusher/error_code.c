/* SPDX-License-Identifier: MIT */
#include "protocol/pusher/error_code.h"

#include "base/attribute.h"
#include "base/escape.h"

static const struct {
    uint64_t code;
    const char *words;
} codes[] = {
    { 4000, "the application only accepts TLS connections" },
    { 4001, "the application does not exist" },
    { 4003, "the application is disabled" },
    { 4004, "the application is over its connection quota" },
    { 4005, "the path was not found" },
    { 4006, "the version string is invalid" },
    { 4007, "the protocol version is not supported" },
    { 4008, "no protocol version was given" },
    { 4009, "the connection is unauthorized" },
    { 4100, "the server is over capacity" },
    { 4200, "connect again" },
    { 4201, "no pong was received" },
    { 4202, "closed after inactivity" },
    { 4301, "a client event was rejected" },
    { 4302, "the watchlist is too long" },
};

/* What a client is to do, by the hundred. */
static const char *advice(uint64_t code)
{
    switch (code / 100) {
    case 40:
        return "connecting again unchanged is of no use";
    case 41:
        return "to be connected again after a second or more";
    case 42:
        return "to be connected again at once";
    default:
        return NULL;
    }
}

bool error_code_is_end(uint64_t code)
{
    return code >= 4000 && code < 4300;
}

void error_code_print(struct buffer *out, uint64_t code, struct text message)
{
    const char *todo = advice(code);
    buffer_add_format(out, "%llu", (unsigned long long)code);
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        if (codes[i].code == code) {
            buffer_add_format(out, ", %s", codes[i].words);
        }
    }
    if (message.size > 0) {
        buffer_add_string(out, ": '");
        escape_line(out, message);
        buffer_add_byte(out, '\'');
    }
    if (todo) {
        buffer_add_format(out, "; %s", todo);
    }
}
