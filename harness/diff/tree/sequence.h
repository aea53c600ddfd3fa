/* SPDX-License-Identifier: MIT */
/*
 * Two sequences of hashes aligned: which item of one is which of the other, and which of these
 * changed their place. What occurs once on both sides is found by sorting and longest increasing
 * subsequence, what repeats by Myers' algorithm up to a bound, beyond it by its number of
 * occurrence; never quadratic.
 */
#ifndef BDDRUN_DIFF_TREE_SEQUENCE_H
#define BDDRUN_DIFF_TREE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEQUENCE_NONE UINT32_MAX

struct sequence {
    const uint64_t *hashes;
    size_t count;
};

/* Sets to[i] to the item of right that left's item i is, or SEQUENCE_NONE. */
void sequence_align(struct sequence left, struct sequence right, uint32_t *to);

/* Sets is_moved[i] for those of the pairs in `to` that are out of order: as few as possible. */
void sequence_find_moved(const uint32_t *to, size_t count, bool *is_moved);

/* Myers' algorithm over ids: pairs an order-preserving part of both. False when more than a bound
 * of edits separates them; `to` is then untouched. */
bool sequence_myers(const uint32_t *left, size_t left_count, const uint32_t *right,
                    size_t right_count, uint32_t *to);

#endif
