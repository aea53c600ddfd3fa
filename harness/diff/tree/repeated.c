/* SPDX-License-Identifier: MIT */
/* Objects with keys that repeat. */
#include <stdlib.h>

#include "base/alloc.h"
#include "diff/tree/walk.h"

/* The members of an object by key, those of a key in their order. */
struct members {
    const struct json_value *object;
    uint32_t *order; /* heap */
};

static int compare_keys(const void *a, const void *b, void *context)
{
    const struct json_value *object = context;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order =
        text_compare(json_key(&object->children[left]), json_key(&object->children[right]));
    return order ? order : left < right ? -1 : left > right;
}

static void members_init(struct members *members, const struct json_value *object)
{
    *members = (struct members){ .object = object };
    members->order = realloc_or_die(NULL, (size_t)object->count + 1, sizeof *members->order);
    for (uint32_t i = 0; i < object->count; i++) {
        members->order[i] = i;
    }
    struct json_value copy = *object; /* qsort_r wants it without const */
    qsort_r(members->order, object->count, sizeof *members->order, compare_keys, &copy);
}

static const struct json_value *member_at(const struct members *members, size_t i)
{
    return i < members->object->count ? &members->object->children[members->order[i]] : NULL;
}

/* Below 0: left comes first or right is at its end. */
static int compare_next(const struct json_value *left, const struct json_value *right)
{
    if (!left || !right) {
        return left ? -1 : 1;
    }
    return text_compare(json_key(left), json_key(right));
}

void walk_compare_repeated(struct walk *walk, struct tree_place *place,
                           const struct json_value *left, const struct json_value *right,
                           const void *at)
{
    struct members lefts;
    struct members rights;
    members_init(&lefts, left);
    members_init(&rights, right);
    size_t i = 0;
    size_t k = 0;
    while (i < left->count || k < right->count) {
        const struct json_value *a = member_at(&lefts, i);
        const struct json_value *b = member_at(&rights, k);
        int order = compare_next(a, b);
        const struct json_value *here = order <= 0 ? a : b;
        const struct json_value *object = order <= 0 ? left : right;
        size_t index = (size_t)(here - object->children);
        struct tree_place below = walk_place_below(place, object, index);
        const void *at_member = at ? shape_below(&walk->left_shape, object, index, at) : NULL;
        if (order == 0) {
            walk_compare(walk, &below, a, b, at_member);
        } else {
            walk_report_single(walk, &below, order < 0 ? a : NULL, order < 0 ? NULL : b,
                               at_member);
        }
        i += order <= 0;
        k += order >= 0;
    }
    free(lefts.order);
    free(rights.order);
}
