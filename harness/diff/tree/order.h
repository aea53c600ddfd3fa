/* SPDX-License-Identifier: MIT */
/*
 * The steps that bring the items of one array into the order of another, one after the other, each
 * with the indexes that hold when it is its turn. In n log n.
 */
#ifndef BDDRUN_DIFF_TREE_ORDER_H
#define BDDRUN_DIFF_TREE_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "diff/tree/alignment.h"

struct order_move {
    bool is_added; /* item of right is put at `to`; else what is at `from` goes there */
    size_t item;
    size_t from;
    size_t to; /* when what moves is already taken out (RFC 6902, section 4.4) */
};

struct order {
    struct order_move *removals; /* heap; only `from`; first of all */
    size_t removal_count;
    struct order_move *moves; /* heap */
    size_t move_count;
};

void order_init(struct order *order, const struct alignment *alignment, size_t left_count,
                size_t right_count);
void order_release(struct order *order);

#endif
