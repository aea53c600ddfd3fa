/* SPDX-License-Identifier: MIT */
/*
 * The events of one stream, recorded and live, paired. Equal ends are trimmed, the rest is Myers on
 * hashes, bounded; beyond the bound what occurs once on both sides holds the rest in place. In each
 * gap the most alike are paired in order: they changed. Only where nothing is alike two messages
 * stay apart.
 */
#ifndef BDDRUN_DIFF_CONVERSATION_STREAMS_STREAM_ALIGN_H
#define BDDRUN_DIFF_CONVERSATION_STREAMS_STREAM_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stream_order {
    STREAM_IN_ORDER,
    STREAM_SET,  /* in any order */
    STREAM_KEYED /* pairs have the same key; keys are hashed */
};

struct stream_sides {
    const uint64_t *left; /* hashes */
    size_t left_count;
    const uint64_t *right;
    size_t right_count;
    const uint64_t *left_keys; /* of STREAM_KEYED */
    const uint64_t *right_keys;
    enum stream_order order;
    /* How alike two are, from 0 to 1. */
    double (*alike)(void *context, size_t left, size_t right);
    void *context;
};

#define STREAM_NONE UINT32_MAX

/* Sets to[i] to left's i-th event's partner, or STREAM_NONE; of STREAM_IN_ORDER is_moved[i] for
 * what only changed its place. True when the bound was passed. */
bool stream_align(const struct stream_sides *sides, uint32_t *to, bool *is_moved);

#endif
