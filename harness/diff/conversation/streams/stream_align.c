/* SPDX-License-Identifier: MIT */
#include "diff/conversation/streams/stream_align.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diff/conversation/streams/stream_gap.h"
#include "diff/conversation/streams/stream_slide.h"
#include "diff/tree/sequence.h"

/* A hash, or a key, and where it stands. */
struct item {
    uint64_t hash;
    uint32_t place;
    bool is_right;
};

struct items {
    struct item *list; /* both sides, sorted by hash, side, place */
    size_t count;
};

static int compare_items(const void *a, const void *b)
{
    const struct item *left = a;
    const struct item *right = b;
    if (left->hash != right->hash) {
        return left->hash < right->hash ? -1 : 1;
    }
    if (left->is_right != right->is_right) {
        return left->is_right ? 1 : -1;
    }
    return (left->place > right->place) - (left->place < right->place);
}

static struct items sorted(const uint64_t *left, size_t left_count, const uint64_t *right,
                           size_t right_count)
{
    struct items items = { .count = left_count + right_count };
    items.list = alloc_or_die(items.count + 1, sizeof *items.list);
    for (size_t i = 0; i < left_count; i++) {
        items.list[i] = (struct item){ left[i], (uint32_t)i, false };
    }
    for (size_t i = 0; i < right_count; i++) {
        items.list[left_count + i] = (struct item){ right[i], (uint32_t)i, true };
    }
    qsort(items.list, items.count, sizeof *items.list, compare_items);
    return items;
}

/* The end of the run of one hash that starts at `from`, and where its right side starts. */
static size_t run_end(const struct items *items, size_t from, size_t *ret_middle)
{
    size_t end = from;
    *ret_middle = from;
    while (end < items->count && items->list[end].hash == items->list[from].hash) {
        *ret_middle += !items->list[end].is_right;
        end++;
    }
    return end;
}

/* Of each hash (or key) the k-th with the k-th, wherever they stand. */
static void pair_everywhere(const struct stream_sides *sides, const uint64_t *left,
                            const uint64_t *right, uint32_t *to)
{
    struct items items = sorted(left, sides->left_count, right, sides->right_count);
    size_t middle;
    for (size_t i = 0, end; i < items.count; i = end) {
        end = run_end(&items, i, &middle);
        for (size_t k = 0; i + k < middle && middle + k < end; k++) {
            to[items.list[i + k].place] = items.list[middle + k].place;
        }
    }
    free(items.list);
}

/* What occurs once on both sides: pairs where both are free. */
static void pair_unique(const struct stream_sides *sides, uint32_t *to, bool *is_taken,
                        bool *is_moved)
{
    struct items items =
        sorted(sides->left, sides->left_count, sides->right, sides->right_count);
    size_t middle;
    for (size_t i = 0, end; i < items.count; i = end) {
        end = run_end(&items, i, &middle);
        if (middle != i + 1 || end != i + 2) {
            continue;
        }
        uint32_t left = items.list[i].place;
        uint32_t right = items.list[middle].place;
        if (to[left] == STREAM_NONE && !is_taken[right]) {
            to[left] = right;
            is_taken[right] = true;
            is_moved[left] = true;
        }
    }
    free(items.list);
}

/* Beyond the bound: the unique ones in order hold, others are left to the gaps. */
static void pair_anchors(const struct stream_sides *sides, uint32_t *to)
{
    bool *is_moved = alloc_or_die(sides->left_count + 1, sizeof(bool));
    bool *is_taken = alloc_or_die(sides->right_count + 1, sizeof(bool));
    pair_unique(sides, to, is_taken, is_moved);
    sequence_find_moved(to, sides->left_count, is_moved);
    for (size_t i = 0; i < sides->left_count; i++) {
        to[i] = is_moved[i] ? STREAM_NONE : to[i];
    }
    free(is_moved);
    free(is_taken);
}

/* Small numbers for hashes: the same for the same. */
static void number(const struct stream_sides *part, uint32_t *left, uint32_t *right)
{
    struct items items = sorted(part->left, part->left_count, part->right, part->right_count);
    uint32_t id = 0;
    for (size_t i = 0; i < items.count; i++) {
        id += i > 0 && items.list[i].hash != items.list[i - 1].hash;
        (items.list[i].is_right ? right : left)[items.list[i].place] = id;
    }
    free(items.list);
}

/* The part between the equal ends. */
static bool align_part(const struct stream_sides *part, uint32_t *to)
{
    uint32_t *left = alloc_or_die(part->left_count + 1, sizeof *left);
    uint32_t *right = alloc_or_die(part->right_count + 1, sizeof *right);
    number(part, left, right);
    bool is_done = sequence_myers(left, part->left_count, right, part->right_count, to);
    free(left);
    free(right);
    if (!is_done) {
        pair_anchors(part, to);
    }
    return !is_done;
}

static bool align_in_order(const struct stream_sides *sides, uint32_t *to)
{
    size_t least =
        sides->left_count < sides->right_count ? sides->left_count : sides->right_count;
    size_t head = 0;
    size_t tail = 0;
    while (head < least && sides->left[head] == sides->right[head]) {
        to[head] = (uint32_t)head;
        head++;
    }
    while (tail < least - head && sides->left[sides->left_count - 1 - tail] ==
                                      sides->right[sides->right_count - 1 - tail]) {
        tail++;
        to[sides->left_count - tail] = (uint32_t)(sides->right_count - tail);
    }
    struct stream_sides part = *sides;
    part.left += head;
    part.right += head;
    part.left_count -= head + tail;
    part.right_count -= head + tail;
    bool is_bound_passed = part.left_count && part.right_count && align_part(&part, to + head);
    for (size_t i = head; i < head + part.left_count; i++) {
        to[i] += to[i] == STREAM_NONE ? 0 : (uint32_t)head;
    }
    return is_bound_passed;
}

static bool *taken_of(const struct stream_sides *sides, const uint32_t *to)
{
    bool *is_taken = alloc_or_die(sides->right_count + 1, sizeof(bool));
    for (size_t i = 0; i < sides->left_count; i++) {
        if (to[i] != STREAM_NONE) {
            is_taken[to[i]] = true;
        }
    }
    return is_taken;
}

/* Between two pairs that hold, what is left of both sides; moved ones are no borders. */
static void pair_gaps(const struct stream_sides *sides, uint32_t *to, const bool *is_moved)
{
    bool *is_taken = taken_of(sides, to);
    struct stream_gap gap;
    stream_gap_init(&gap, sides);
    size_t right = 0;
    for (size_t i = 0; i <= sides->left_count; i++) {
        bool is_border = i == sides->left_count || (to[i] != STREAM_NONE && !is_moved[i]);
        if (!is_border) {
            if (to[i] == STREAM_NONE) {
                stream_gap_add_left(&gap, i);
            }
            continue;
        }
        size_t end = i == sides->left_count ? sides->right_count : to[i];
        for (; right < end; right++) {
            if (!is_taken[right]) {
                stream_gap_add_right(&gap, right);
            }
        }
        stream_gap_pair(&gap, to);
        right = end + 1;
    }
    stream_gap_release(&gap);
    free(is_taken);
}

bool stream_align(const struct stream_sides *sides, uint32_t *to, bool *is_moved)
{
    bool is_bound_passed = false;
    bool *no_borders = alloc_or_die(sides->left_count + 1, sizeof(bool));
    for (size_t i = 0; i < sides->left_count; i++) {
        to[i] = STREAM_NONE;
        is_moved[i] = false;
        no_borders[i] = true;
    }
    if (sides->order == STREAM_KEYED) {
        pair_everywhere(sides, sides->left_keys, sides->right_keys, to);
    } else if (sides->order == STREAM_SET) {
        pair_everywhere(sides, sides->left, sides->right, to);
        pair_gaps(sides, to, no_borders);
    } else {
        is_bound_passed = align_in_order(sides, to);
        stream_slide(sides, to);
        bool *is_taken = taken_of(sides, to);
        pair_unique(sides, to, is_taken, is_moved);
        free(is_taken);
        pair_gaps(sides, to, is_moved);
    }
    free(no_borders);
    return is_bound_passed;
}
