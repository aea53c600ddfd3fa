/* SPDX-License-Identifier: MIT */
#include "diff/tree/gap.h"

enum { FEW = 32, MEMBERS_COMPARED = 64, SCORE_OF_A_KIND = 1, SCORE_OF_EQUAL = 100, NEVER = -1 };

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

static void pair(struct alignment *alignment, size_t left, size_t right)
{
    alignment->to[left] = (uint32_t)right;
    alignment->is_known[right] = true;
}

/* --- many: by place --- */

static void skip_paired(const struct alignment *alignment, struct gap *gap)
{
    while (gap->left < gap->left_end && alignment->to[gap->left] != SEQUENCE_NONE) {
        gap->left++;
    }
    while (gap->right < gap->right_end && alignment->is_known[gap->right]) {
        gap->right++;
    }
}

/* In order, those of a kind; of the longer side something is left over. */
static void fill_by_place(struct alignment *alignment, const struct alignment_sides *sides,
                          struct gap gap)
{
    bool is_markup = sides->left_shape->dialect == TREE_MARKUP;
    skip_paired(alignment, &gap);
    while (gap.left < gap.left_end && gap.right < gap.right_end) {
        size_t left_count = gap.left_end - gap.left;
        size_t right_count = gap.right_end - gap.right;
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

/* --- few: the most alike --- */

struct few {
    size_t left[FEW];
    size_t left_count;
    size_t right[FEW];
    size_t right_count;
    int scores[FEW][FEW];       /* of a pair; NEVER */
    int best[FEW + 1][FEW + 1]; /* of what is left from there on */
};

/* False when there are more. */
static bool few_collect(struct few *few, const struct alignment *alignment, struct gap gap)
{
    few->left_count = 0;
    few->right_count = 0;
    for (size_t i = gap.left; i < gap.left_end; i++) {
        if (alignment->to[i] == SEQUENCE_NONE) {
            if (few->left_count == FEW) {
                return false;
            }
            few->left[few->left_count++] = i;
        }
    }
    for (size_t i = gap.right; i < gap.right_end; i++) {
        if (!alignment->is_known[i]) {
            if (few->right_count == FEW) {
                return false;
            }
            few->right[few->right_count++] = i;
        }
    }
    return true;
}

static const struct json_value *part_of(const struct json_value *container,
                                        const struct json_value *other, size_t index)
{
    return container->type == JSON_OBJECT
               ? json_member(other, json_key(&container->children[index]))
               : json_item(other, index);
}

/* How much of a container of the same type is the same, in percent. */
static int likeness(const struct alignment_sides *sides, const struct json_value *left,
                    const struct json_value *right)
{
    size_t count = left->count < MEMBERS_COMPARED ? left->count : MEMBERS_COMPARED;
    size_t equal = 0;
    for (size_t i = 0; i < count; i++) {
        const struct json_value *other = part_of(left, right, i);
        equal += other && shape_hash(sides->left_shape, &left->children[i], NULL) ==
                              shape_hash(sides->right_shape, other, NULL);
    }
    size_t larger = left->count > right->count ? left->count : right->count;
    larger = larger < MEMBERS_COMPARED ? larger : MEMBERS_COMPARED;
    return larger ? (int)(equal * SCORE_OF_EQUAL / larger) : 0;
}

static int score_of(const struct alignment_sides *sides, size_t left, size_t right,
                    bool may_differ_in_kind)
{
    const struct json_value *a = &sides->left->children[left];
    const struct json_value *b = &sides->right->children[right];
    if (!are_of_a_kind(sides, left, right)) {
        return may_differ_in_kind ? 0 : NEVER;
    }
    bool is_container = a->type == JSON_OBJECT || a->type == JSON_ARRAY;
    return SCORE_OF_A_KIND + (is_container ? likeness(sides, a, b) : 0);
}

static void few_score(struct few *few, const struct alignment_sides *sides)
{
    bool may_differ_in_kind =
        sides->left_shape->dialect != TREE_MARKUP && few->left_count == few->right_count;
    for (size_t i = 0; i < few->left_count; i++) {
        for (size_t k = 0; k < few->right_count; k++) {
            few->scores[i][k] =
                score_of(sides, few->left[i], few->right[k], may_differ_in_kind);
        }
    }
}

static int best_of(const struct few *few, size_t i, size_t k)
{
    int skipped =
        few->best[i + 1][k] > few->best[i][k + 1] ? few->best[i + 1][k] : few->best[i][k + 1];
    int score = few->scores[i][k];
    int paired = score == NEVER ? NEVER : score + few->best[i + 1][k + 1];
    return paired > skipped ? paired : skipped;
}

static void few_search(struct few *few)
{
    for (size_t i = 0; i <= few->left_count; i++) {
        few->best[i][few->right_count] = 0;
    }
    for (size_t k = 0; k <= few->right_count; k++) {
        few->best[few->left_count][k] = 0;
    }
    for (size_t i = few->left_count; i-- > 0;) {
        for (size_t k = few->right_count; k-- > 0;) {
            few->best[i][k] = best_of(few, i, k);
        }
    }
}

static void few_pair(const struct few *few, struct alignment *alignment)
{
    size_t i = 0;
    size_t k = 0;
    while (i < few->left_count && k < few->right_count) {
        int score = few->scores[i][k];
        if (score != NEVER && few->best[i][k] == score + few->best[i + 1][k + 1]) {
            pair(alignment, few->left[i++], few->right[k++]);
        } else if (few->best[i][k] == few->best[i + 1][k]) {
            i++;
        } else {
            k++;
        }
    }
}

void gap_fill(struct alignment *alignment, const struct alignment_sides *sides, struct gap gap)
{
    struct few few;
    if (gap.left == gap.left_end || gap.right == gap.right_end) {
        return;
    }
    if (!few_collect(&few, alignment, gap)) {
        fill_by_place(alignment, sides, gap);
        return;
    }
    few_score(&few, sides);
    few_search(&few);
    few_pair(&few, alignment);
}
