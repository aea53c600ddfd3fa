/* SPDX-License-Identifier: MIT */
/*
 * Which expected item takes which actual one, where order does not matter: a largest assignment
 * in which no actual item is taken twice (maximum matching in the graph of what fits). Found by
 * augmenting paths, so never only the first that fits. What fits is asked for when needed, once a
 * pair.
 */
#ifndef BDDRUN_DIFF_EXPECTATION_ASSIGNMENT_H
#define BDDRUN_DIFF_EXPECTATION_ASSIGNMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"

#define ASSIGNMENT_FREE ((size_t)-1)

enum {
    ASSIGNMENT_PAIRS_LIMIT = 16000000,
    ASSIGNMENT_STEPS_LIMIT = 200000000 /* pairs looked at, again and again */
};

struct assignment {
    size_t expected_count;
    size_t actual_count;
    bool (*fits)(void *context, size_t expected, size_t actual);
    void *context;
    size_t *taken_by;     /* of each expected item: the actual one, or ASSIGNMENT_FREE */
    size_t *takes;        /* of each actual item: the expected one, or ASSIGNMENT_FREE */
    unsigned char *known; /* of each pair: 0 not asked yet, 1 does not fit, 2 fits */
    size_t steps;
};

/* Fills taken_by and takes. False when that is too much work. Release in any case. */
bool assignment_find(struct assignment *assignment) MUST_CHECK;
void assignment_release(struct assignment *assignment);

#endif
