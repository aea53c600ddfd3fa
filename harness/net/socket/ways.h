/* SPDX-License-Identifier: MIT */
/*
 * The two ways of a socket's bytes, and the answer to its upgrade: how far each has come. Private
 * to net/socket.
 */
#ifndef BDDRUN_NET_SOCKET_WAYS_H
#define BDDRUN_NET_SOCKET_WAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "net/socket/body.h"
#include "net/socket/frames/frames.h"
#include "net/socket/frames/utf8_stream.h"

/* Bytes for the other side. What was once offered to the kernel stays where it is: OpenSSL wants
 * the same bytes again. */
struct socket_output {
    struct buffer queued;
    struct buffer offered;
    size_t taken_bytes; /* of offered */
    bool is_broken;     /* nothing can be sent any more */
};

struct socket_answer {
    struct buffer line; /* of the head, not yet whole */
    size_t head_bytes;
    bool is_status_line_over;
    bool is_head_over;
    bool has_begun;
    uint64_t first_byte_ns; /* monotonic */
    struct body_reader body;
};

struct socket_incoming {
    unsigned opcode;       /* of the message under way; 0: none */
    unsigned frame_opcode; /* of the frame under way */
    struct buffer message;
    struct utf8_stream utf8;
    char control[FRAME_CONTROL_BYTES];
    size_t control_size;
};

#endif
