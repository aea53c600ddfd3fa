/* SPDX-License-Identifier: MIT */
/*
 * The hashes of all subtrees of one document, made in one pass when the first is asked for (with a
 * judge's live state, at once). Equal values (json_equal) have equal hashes; a masked value counts
 * by its kind only.
 */
#ifndef BDDRUN_DIFF_TREE_SHAPE_H
#define BDDRUN_DIFF_TREE_SHAPE_H

#include <stdint.h>

#include "diff/judge.h"
#include "diff/tree/tree.h"
#include "format/json.h"

struct shape {
    enum tree_dialect dialect;
    const struct judge *judge;
    const struct json_value *root;
    const void *at;   /* the judge's state for the root */
    uint64_t *hashes; /* heap, by json_value.number; NULL: not made yet */
};

void shape_init(struct shape *shape, enum tree_dialect dialect, const struct json_value *root,
                const struct judge *judge, const void *at);
void shape_release(struct shape *shape);

/* at: the judge's state for the value. */
uint64_t shape_hash(struct shape *shape, const struct json_value *value, const void *at);

/* Of a text alone. */
uint64_t shape_hash_text(struct text text);

/* The judge's state for a child of container, whose own state is at. */
const void *shape_below(const struct shape *shape, const struct json_value *container,
                        size_t child, const void *at);

/* Whether a mask speaks about the very value. */
bool shape_is_masked(const struct shape *shape, const struct json_value *value, const void *at);

/* The name and place among siblings of that name of an element (TREE_MARKUP). */
struct text shape_element_name(const struct json_value *element);
size_t shape_element_ordinal(const struct json_value *element); /* 0-based */

#endif
