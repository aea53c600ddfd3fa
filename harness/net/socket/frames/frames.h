/* SPDX-License-Identifier: MIT */
/*
 * Frames of RFC 6455, section 5, as a client reads and writes them: the wrapper of wslay. Bytes
 * come in whatever pieces the network made; a frame goes out whole, masked with a key from the
 * kernel. wslay only says that a frame is broken, so the header is looked at before it gets it:
 * then it can be told which rule it breaks, with its bytes. Private to net.
 */
#ifndef BDDRUN_NET_SOCKET_FRAMES_FRAMES_H
#define BDDRUN_NET_SOCKET_FRAMES_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"
#include "net/socket/frames/masks.h"

enum frame_opcode {
    FRAME_CONTINUATION = 0,
    FRAME_TEXT = 1,
    FRAME_BINARY = 2,
    FRAME_CLOSE = 8,
    FRAME_PING = 9,
    FRAME_PONG = 10,
};

enum { FRAME_HEADER_BYTES = 14, FRAME_CONTROL_BYTES = 125 };

struct frame_header {
    unsigned char bytes[FRAME_HEADER_BYTES];
    size_t size; /* of what came of it */
};

unsigned frame_header_opcode(const struct frame_header *header);
bool frame_header_is_final(const struct frame_header *header);
bool frame_opcode_is_control(unsigned opcode);

/* How many bytes the header has, as far as what came of it tells: 2 and more. */
size_t frame_header_full_size(const struct frame_header *header);

/* Of a whole header. */
uint64_t frame_header_payload_bytes(const struct frame_header *header);

/* What a server's header without extensions breaks of section 5: the rule, with its section; NULL:
 * it is sound. */
const char *frame_header_fault(const struct frame_header *header);

enum frames_result {
    FRAMES_PART,
    FRAMES_HUNGRY, /* nothing more in what was fed */
    FRAMES_BROKEN, /* the header has a fault: see frames_header */
};

/* What came of a frame: its header alone, or the next of its payload. */
struct frame_part {
    bool is_first; /* the header; bytes is empty */
    bool is_last;  /* the frame is over */
    struct text bytes;
};

struct frames;

struct frames *frames_new(struct masks *masks); /* borrowed */
void frames_free(struct frames *frames);        /* NULL is fine */

/* The bytes are borrowed until frames_take says FRAMES_HUNGRY. */
void frames_feed(struct frames *frames, struct text bytes);
enum frames_result frames_take(struct frames *frames, struct frame_part *ret_part);

/* Of the frame under way, or the last. */
const struct frame_header *frames_header(const struct frames *frames);

/* Bytes of payload still to come of the frame under way. */
uint64_t frames_left_bytes(const struct frames *frames);
bool frames_is_within(const struct frames *frames); /* a frame has begun and is not over */

/* Adds one final frame to out. */
void frames_write(struct frames *frames, enum frame_opcode opcode, struct text payload,
                  struct buffer *out);

#endif
