/* SPDX-License-Identifier: MIT */
/*
 * Of messages that repeat, which one is missing cannot be told: where the next to it is also left
 * over on the other side, it is the one that changed.
 */
#ifndef BDDRUN_DIFF_CONVERSATION_STREAMS_STREAM_SLIDE_H
#define BDDRUN_DIFF_CONVERSATION_STREAMS_STREAM_SLIDE_H

#include <stdint.h>

#include "diff/conversation/streams/stream_align.h"

/* Moves what has no partner along equal messages to where right has one without, too. */
void stream_slide(const struct stream_sides *sides, uint32_t *to);

#endif
