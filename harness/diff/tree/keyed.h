/* SPDX-License-Identifier: MIT */
/*
 * The items of two arrays of objects paired by a member that identifies them.
 */
#ifndef BDDRUN_DIFF_TREE_KEYED_H
#define BDDRUN_DIFF_TREE_KEYED_H

#include <stdbool.h>
#include <stdint.h>

#include "diff/tree/shape.h"

struct keyed_arrays {
    struct shape *shape;
    const struct json_value *left;
    const struct json_value *right;
    const void *at; /* the judge's state for the arrays */
};

/* True when a key was named by the judge, or one was found: a scalar member present and unique in
 * all items of both sides that no mask speaks about. to: of every left item the right one, or
 * SEQUENCE_NONE. */
bool keyed_align(const struct keyed_arrays *arrays, struct text named, uint32_t *to);

#endif
