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
    size_t compared_bytes; /* of sources, as long as there are no shapes */
    struct path_nodes nodes;
    struct differences *differences;
    struct buffer path; /* for printing: cleared before each use */
    struct buffer left;
    struct buffer right;
};

/* Compares two values that stand at place; at: the judge's state. */
void walk_compare(struct walk *walk, struct tree_place *place, const struct json_value *left,
                  const struct json_value *right, const void *at);

/* The same of objects one of which has keys that repeat: the n-th of a key with the n-th. */
void walk_compare_repeated(struct walk *walk, struct tree_place *place,
                           const struct json_value *left, const struct json_value *right,
                           const void *at);

/* What only one side has; the other is NULL. */
void walk_report_single(struct walk *walk, struct tree_place *place,
                        const struct json_value *left, const struct json_value *right,
                        const void *at);

struct tree_place walk_place_below(struct tree_place *parent,
                                   const struct json_value *container, size_t index);

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
