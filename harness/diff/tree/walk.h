/* SPDX-License-Identifier: MIT */
/* One comparison of two trees under way. */
#ifndef BDDRUN_DIFF_TREE_WALK_H
#define BDDRUN_DIFF_TREE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "diff/tree/tree_place.h"
#include "diff/tree/shape.h"
#include "diff/tree/tree.h"

struct walk {
    const struct tree_pair *pair;
    struct shape left_shape;
    struct shape right_shape;
    struct path_nodes nodes;
    struct differences *differences;
    struct buffer path; /* for printing: cleared before each use */
    struct buffer left;
    struct buffer right;
};

/* One difference at place. Either side may be NULL: absent. */
struct walk_found {
    enum difference_class class;
    const struct json_value *left;
    const struct json_value *right;
    size_t left_index; /* of what moved */
    size_t right_index;
    const void *at; /* the judge's state */
};

/* Counts it as what it is, or as masked. */
void walk_report(struct walk *walk, struct tree_place *place, const struct walk_found *found);

/* True when a mask allows it; it is then counted as masked. */
bool walk_report_masked(struct walk *walk, struct tree_place *place,
                        const struct walk_found *found);

/* Whether the sides are equal, masks aside. */
bool walk_equal(const struct walk *walk, const struct json_value *left,
                const struct json_value *right);

/* The value as it is shown: JSON, a start tag, a text. */
void walk_print_value(enum tree_dialect dialect, struct buffer *out,
                      const struct json_value *value);

#endif
