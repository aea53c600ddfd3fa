/* SPDX-License-Identifier: MIT */
/* WebSocket frames (RFC 6455, section 5) as a server writes and reads them. */
#ifndef BDDRUN_SITE_REALTIME_FRAMES_H
#define BDDRUN_SITE_REALTIME_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

enum frame_opcode {
    FRAME_CONTINUATION = 0,
    FRAME_TEXT = 1,
    FRAME_BINARY = 2,
    FRAME_CLOSE = 8,
    FRAME_PING = 9,
    FRAME_PONG = 10
};

enum { FRAME_LIMIT_BYTES = 64 << 20 };

struct frame {
    bool is_final;
    unsigned opcode;
    struct text payload; /* unmasked in place */
};

enum frame_result { FRAME_WHOLE, FRAME_INCOMPLETE, FRAME_BROKEN };

/* Takes the first frame off *bytes, which are changed by unmasking. */
enum frame_result frame_take(char *bytes, size_t size, struct frame *ret_frame,
                             size_t *ret_used);

/* Adds an unmasked, final frame. */
void frame_add(struct buffer *out, enum frame_opcode opcode, struct text payload);

#endif
