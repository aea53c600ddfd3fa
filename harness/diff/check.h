/* SPDX-License-Identifier: MIT */
/*
 * One comparison_check under way, and its families of relations. Each says whether the relation
 * holds, negation aside; what cannot be compared does not hold and leaves a note.
 */
#ifndef BDDRUN_DIFF_CHECK_H
#define BDDRUN_DIFF_CHECK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "diff/comparison.h"

struct comparison_value;

struct check {
    const struct comparison *comparison;
    const struct subject *subject;
    const struct comparison_resolver *resolver;
    struct arena *arena;
    struct comparison_value *values; /* of the operands */
    struct text note;
};

bool check_order(struct check *check); /* numbers */
bool check_date(struct check *check);

bool check_empty(struct check *check);
bool check_sorted(struct check *check);
bool check_unique(struct check *check);
bool check_count(struct check *check); /* of items or characters */

#endif
