/* SPDX-License-Identifier: MIT */
/*
 * The body of a response, read from a connection of our own (RFC 9112, section 6): by chunks, by
 * Content-Length, or up to the connection's end. Private to net.
 */
#ifndef BDDRUN_NET_SOCKET_BODY_H
#define BDDRUN_NET_SOCKET_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "exchange/response.h"

enum body_state {
    BODY_CHUNK_SIZE, /* digits */
    BODY_CHUNK_EXTENSION,
    BODY_CHUNK_DATA,
    BODY_CHUNK_END, /* the line end after the data */
    BODY_TRAILER,   /* at the start of a line */
    BODY_TRAILER_LINE,
    BODY_LENGTH,
    BODY_UNTIL_END,
    BODY_OVER,
    BODY_BROKEN, /* chunks that are none, or a length that is none */
};

struct body_reader {
    enum body_state state;
    uint64_t left_bytes; /* of the chunk or body */
    bool has_digit;
};

/* By what the head says. */
void body_begin(struct body_reader *body, const struct response *head);

/* The next piece of content at the front of *rest, which is shortened by it and by what frames
 * it; empty: *rest is, or the body is over or broken. */
struct text body_take(struct body_reader *body, struct text *rest);

/* The connection ended: false when the body had not. */
bool body_end(const struct body_reader *body);

#endif
