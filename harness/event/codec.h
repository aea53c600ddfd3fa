/* SPDX-License-Identifier: MIT */
/*
 * Events as frames for the pipe between a worker and the parent: four bytes of size (host order),
 * a byte of kind, then fields in order, numbers as base-128 varints, texts with their size. Both
 * ends are the same program; a frame that does not decode is a crashed worker. Problems travel
 * printed (a worker's sources may exist nowhere else). RUN_STARTED, RUN_FINISHED and ENVELOPE are
 * made in the parent and never sent.
 */
#ifndef BDDRUN_EVENT_CODEC_H
#define BDDRUN_EVENT_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "event/event.h"

enum { CODEC_FRAME_LIMIT_BYTES = 64 << 20 };

/* Adds one frame. */
void codec_encode(struct buffer *out, const struct event *event);

enum codec_result { CODEC_EVENT, CODEC_INCOMPLETE, CODEC_BROKEN };

/* Takes one frame off the front of *bytes. Texts borrow from the bytes, arrays are in the arena. */
enum codec_result codec_decode(struct text *bytes, struct arena *arena,
                               struct event *ret_event) MUST_CHECK;

#endif
