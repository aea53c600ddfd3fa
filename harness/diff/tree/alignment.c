/* SPDX-License-Identifier: MIT */
#include "diff/tree/alignment.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
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

/* What is unpaired between two pairs that keep their order. */
struct gap {
    size_t left;
    size_t left_end;
    size_t right;
    size_t right_end;
};

static bool are_of_a_kind(const struct alignment_sides *sides, size_t left, size_t right)
{
    const struct json_value *a = &sides->left->children[left];
    const struct json_value *b = &sides->right->children[right];
    if (a->type != b->type) {
        return json_is_boolean(a) && json_is_boolean(b);
    }
    return sides->left_shape->dialect != TREE_MARKUP || a->type != JSON_OBJECT ||
           text_equal(shape_element_name(a), shape_element_name(b));
}

static void skip_paired(const struct alignment *alignment, struct gap *gap)
{
    while (gap->left < gap->left_end && alignment->to[gap->left] != SEQUENCE_NONE) {
        gap->left++;
    }
    while (gap->right < gap->right_end && alignment->is_known[gap->right]) {
        gap->right++;
    }
}

static void pair(struct alignment *alignment, size_t left, size_t right)
{
    alignment->to[left] = (uint32_t)right;
    alignment->is_known[right] = true;
}

/* In order, those of a kind; of the longer side something is left over. */
static void fill_gap(struct alignment *alignment, const struct alignment_sides *sides,
                     struct gap gap)
{
    skip_paired(alignment, &gap);
    while (gap.left < gap.left_end && gap.right < gap.right_end) {
        size_t left_count = gap.left_end - gap.left;
        size_t right_count = gap.right_end - gap.right;
        bool is_markup = sides->left_shape->dialect == TREE_MARKUP;
        if (are_of_a_kind(sides, gap.left, gap.right) ||
            (left_count == right_count && !is_markup)) {
            pair(alignment, gap.left++, gap.right++);
        } else if (left_count > right_count) {
            gap.left++;
        } else {
            gap.right++;
        }
        skip_paired(alignment, &gap);
    }
}

static void fill_gaps(struct alignment *alignment, const struct alignment_sides *sides)
{
    struct gap gap = { 0 };
    for (size_t i = 0; i < sides->left->count; i++) {
        uint32_t to = alignment->to[i];
        if (to != SEQUENCE_NONE && !alignment->is_moved[i]) {
            gap.left_end = i;
            gap.right_end = to;
            fill_gap(alignment, sides, gap);
            gap = (struct gap){ i + 1, 0, (size_t)to + 1, 0 };
        }
    }
    gap.left_end = sides->left->count;
    gap.right_end = sides->right->count;
    fill_gap(alignment, sides, gap);
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
