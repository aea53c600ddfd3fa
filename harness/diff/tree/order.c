/* SPDX-License-Identifier: MIT */
#include "diff/tree/order.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"

/*
 * Items that keep their order stand fixed. Those that move wait where they were until it is their
 * turn, which comes in the order of right; so, before it is the turn of right's item j, in front
 * of a place are: of the fixed and the items before j those whose final place is before it, and the
 * waiting ones whose old place is before that of the fixed item that the place follows.
 */
struct ordering {
    uint32_t *waiting; /* Fenwick tree over left items, 1-based: those that wait */
    size_t left_count;
    uint32_t *from;        /* by right item: the left one, or SEQUENCE_NONE */
    uint32_t *fixed_left;  /* by rank, from 1: the left items that stand fixed */
    uint32_t *fixed_right; /* and what they are on the right */
    uint32_t *rank;        /* by left item: how many fixed ones are before it */
    size_t fixed_count;
};

static void wait_add(struct ordering *ordering, size_t item, uint32_t change)
{
    for (size_t i = item + 1; i <= ordering->left_count; i += i & -i) {
        ordering->waiting[i] += change;
    }
}

/* How many wait before the item. */
static size_t wait_before(const struct ordering *ordering, size_t item)
{
    size_t count = 0;
    for (size_t i = item; i > 0; i -= i & -i) {
        count += ordering->waiting[i];
    }
    return count;
}

static uint32_t *new_numbers(size_t count)
{
    return alloc_or_die(count + 2, sizeof(uint32_t));
}

static void ordering_init(struct ordering *ordering, const struct alignment *alignment,
                          size_t left_count, size_t right_count)
{
    *ordering = (struct ordering){ .left_count = left_count };
    ordering->waiting = new_numbers(left_count);
    ordering->from = new_numbers(right_count);
    ordering->fixed_left = new_numbers(left_count);
    ordering->fixed_right = new_numbers(left_count);
    ordering->rank = new_numbers(left_count);
    for (size_t i = 0; i < right_count; i++) {
        ordering->from[i] = SEQUENCE_NONE;
    }
    for (uint32_t i = 0; i < left_count; i++) {
        uint32_t to = alignment->to[i];
        ordering->rank[i] = (uint32_t)ordering->fixed_count;
        if (to == SEQUENCE_NONE) {
            continue;
        }
        ordering->from[to] = i;
        if (alignment->is_moved[i]) {
            wait_add(ordering, i, 1);
        } else {
            ordering->fixed_left[++ordering->fixed_count] = i;
            ordering->fixed_right[ordering->fixed_count] = to;
        }
    }
}

static void ordering_release(struct ordering *ordering)
{
    free(ordering->waiting);
    free(ordering->from);
    free(ordering->fixed_left);
    free(ordering->fixed_right);
    free(ordering->rank);
}

/* Where a waiting item of left stands, at the turn of right's item j, which follows `passed` fixed
 * ones. */
static size_t index_of_waiting(const struct ordering *ordering, uint32_t item, size_t j,
                               size_t passed)
{
    size_t rank = ordering->rank[item];
    size_t placed = rank >= passed ? j + (rank - passed) : ordering->fixed_right[rank + 1];
    return placed + wait_before(ordering, item);
}

static void place(struct order *order, struct ordering *ordering, size_t j, size_t passed)
{
    uint32_t item = ordering->from[j];
    size_t waiting = passed ? wait_before(ordering, ordering->fixed_left[passed]) : 0;
    struct order_move move = { .is_added = item == SEQUENCE_NONE,
                               .item = j,
                               .to = j + waiting };
    if (!move.is_added) {
        move.from = index_of_waiting(ordering, item, j, passed);
        move.to -= move.from < move.to;
        wait_add(ordering, item, UINT32_MAX);
    }
    order->moves[order->move_count++] = move;
}

void order_init(struct order *order, const struct alignment *alignment, size_t left_count,
                size_t right_count)
{
    *order = (struct order){ .removals = alloc_or_die(left_count + 1, sizeof *order->removals),
                             .moves = alloc_or_die(right_count + 1, sizeof *order->moves) };
    for (size_t i = left_count; i-- > 0;) {
        if (alignment->to[i] == SEQUENCE_NONE) {
            order->removals[order->removal_count++].from = i;
        }
    }
    struct ordering ordering;
    ordering_init(&ordering, alignment, left_count, right_count);
    size_t passed = 0;
    for (size_t j = 0; j < right_count; j++) {
        uint32_t item = ordering.from[j];
        if (item != SEQUENCE_NONE && !alignment->is_moved[item]) {
            passed++;
        } else {
            place(order, &ordering, j, passed);
        }
    }
    ordering_release(&ordering);
}

void order_release(struct order *order)
{
    free(order->removals);
    free(order->moves);
}
