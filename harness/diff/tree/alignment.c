/* SPDX-License-Identifier: MIT */
#include "diff/tree/alignment.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diff/tree/gap.h"
#include "diff/tree/keyed.h"

static uint64_t *hash_items(struct shape *shape, const struct json_value *array, const void *at)
{
    uint64_t *hashes = realloc_or_die(NULL, (size_t)array->count + 1, sizeof *hashes);
    for (size_t i = 0; i < array->count; i++) {
        const void *below = at ? shape_below(shape, array, i, at) : NULL;
        hashes[i] = shape_hash(shape, &array->children[i], below);
    }
    return hashes;
}

static void fill_gaps(struct alignment *alignment, const struct alignment_sides *sides)
{
    struct gap gap = { 0 };
    for (size_t i = 0; i < sides->left->count; i++) {
        uint32_t to = alignment->to[i];
        if (to != SEQUENCE_NONE && !alignment->is_moved[i]) {
            gap.left_end = i;
            gap.right_end = to;
            gap_fill(alignment, sides, gap);
            gap = (struct gap){ i + 1, 0, (size_t)to + 1, 0 };
        }
    }
    gap.left_end = sides->left->count;
    gap.right_end = sides->right->count;
    gap_fill(alignment, sides, gap);
}

static void note_known(struct alignment *alignment, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (alignment->to[i] != SEQUENCE_NONE) {
            alignment->is_known[alignment->to[i]] = true;
        }
    }
}

/* What is equal at both ends, and what lies between. */
static struct gap trim(struct alignment *alignment, struct sequence left, struct sequence right)
{
    struct gap middle = { 0, left.count, 0, right.count };
    while (middle.left < left.count && middle.left < right.count &&
           left.hashes[middle.left] == right.hashes[middle.left]) {
        alignment->to[middle.left] = (uint32_t)middle.left;
        middle.left++;
    }
    middle.right = middle.left;
    while (middle.left_end > middle.left && middle.right_end > middle.right &&
           left.hashes[middle.left_end - 1] == right.hashes[middle.right_end - 1]) {
        alignment->to[--middle.left_end] = (uint32_t)--middle.right_end;
    }
    return middle;
}

static void align_hashes(struct alignment *alignment, const struct alignment_sides *sides)
{
    uint64_t *left = hash_items(sides->left_shape, sides->left, sides->at);
    uint64_t *right = hash_items(sides->right_shape, sides->right, sides->at);
    struct gap middle = trim(alignment, (struct sequence){ left, sides->left->count },
                             (struct sequence){ right, sides->right->count });
    uint32_t *to = alignment->to + middle.left;
    size_t count = middle.left_end - middle.left;
    sequence_align((struct sequence){ left + middle.left, count },
                   (struct sequence){ right + middle.right, middle.right_end - middle.right },
                   to);
    for (size_t i = 0; i < count; i++) {
        to[i] += to[i] == SEQUENCE_NONE ? 0 : (uint32_t)middle.right;
    }
    sequence_find_moved(alignment->to, sides->left->count, alignment->is_moved);
    free(left);
    free(right);
}

void alignment_init(struct alignment *alignment, const struct alignment_sides *sides)
{
    size_t left_count = sides->left->count;
    alignment->to = realloc_or_die(NULL, left_count + 1, sizeof *alignment->to);
    alignment->is_moved = alloc_or_die(left_count + 1, sizeof *alignment->is_moved);
    alignment->is_known =
        alloc_or_die((size_t)sides->right->count + 1, sizeof *alignment->is_known);
    struct keyed_arrays arrays = { sides->left_shape, sides->left, sides->right, sides->at };
    struct judged_array judged = judge_array(sides->left_shape->judge, sides->at);
    bool is_identified = keyed_align(&arrays, judged.key, alignment->to);
    if (is_identified) {
        sequence_find_moved(alignment->to, left_count, alignment->is_moved);
    } else {
        align_hashes(alignment, sides);
    }
    note_known(alignment, left_count);
    if (judged.is_set) {
        memset(alignment->is_moved, 0, left_count);
    } else if (!is_identified) {
        fill_gaps(alignment, sides);
    }
}

void alignment_release(struct alignment *alignment)
{
    free(alignment->to);
    free(alignment->is_moved);
    free(alignment->is_known);
}
