/* SPDX-License-Identifier: MIT */
/* Which item of one array is which of the other. */
#ifndef BDDRUN_DIFF_TREE_ALIGNMENT_H
#define BDDRUN_DIFF_TREE_ALIGNMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "diff/tree/sequence.h"
#include "diff/tree/shape.h"

struct alignment_sides {
    struct shape *left_shape;
    struct shape *right_shape;
    const struct json_value *left; /* arrays */
    const struct json_value *right;
    const void *at; /* the judge's state for them */
};

struct alignment {
    uint32_t *to;   /* heap, by left item: the right one, or SEQUENCE_NONE: missing */
    bool *is_moved; /* heap, by left item: paired, but out of order */
    bool *is_known; /* heap, by right item: paired; else added */
};

void alignment_init(struct alignment *alignment, const struct alignment_sides *sides);
void alignment_release(struct alignment *alignment);

#endif
