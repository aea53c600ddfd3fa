/* SPDX-License-Identifier: MIT */
/* What stands between two pairs of a stream that hold: events of both sides without a partner. */
#ifndef BDDRUN_DIFF_CONVERSATION_STREAMS_STREAM_GAP_H
#define BDDRUN_DIFF_CONVERSATION_STREAMS_STREAM_GAP_H

#include <stddef.h>
#include <stdint.h>

#include "diff/conversation/streams/stream_align.h"

struct stream_gap {
    const struct stream_sides *sides;
    uint32_t *left; /* heap */
    size_t left_count;
    uint32_t *right; /* heap */
    size_t right_count;
};

void stream_gap_init(struct stream_gap *gap, const struct stream_sides *sides);
void stream_gap_release(struct stream_gap *gap);
void stream_gap_add_left(struct stream_gap *gap, size_t place);
void stream_gap_add_right(struct stream_gap *gap, size_t place);

/* Pairs what is alike, in order, and empties the gap. Of large gaps the k-th with the k-th. */
void stream_gap_pair(struct stream_gap *gap, uint32_t *to);

#endif
