/* SPDX-License-Identifier: MIT */
/*
 * The lines of two coverages, each of its own commit, sorted into categories by what happened to
 * the code and to its cover, as lcov's differential coverage does (arXiv 2008.07947). Three of them
 * mean that something became worse: uncovered new code (UNC), lost baseline coverage (LBC) and
 * uncovered included code (UIC). Deleting covered code is none of them.
 */
#ifndef BDDRUN_GATE_MEASURE_DIFFERENTIAL_H
#define BDDRUN_GATE_MEASURE_DIFFERENTIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coverage/coverage.h"
#include "gate/measure/gate_coverage.h"
#include "git/diff.h"

enum line_category {
    LINE_UNC, /* new, not covered */
    LINE_LBC, /* unchanged, was covered, is not */
    LINE_UIC, /* unchanged, was not measured, is not covered */
    LINE_UBC, /* unchanged, was not covered, is not */
    LINE_GNC, /* new, covered */
    LINE_GBC, /* unchanged, was not covered, is now */
    LINE_GIC, /* unchanged, was not measured, is covered */
    LINE_CBC, /* unchanged, was covered, is covered */
    LINE_CATEGORIES
};

extern const char *const line_category_names[LINE_CATEGORIES]; /* "UNC", … */
extern const char *const line_category_words[LINE_CATEGORIES];

struct differential_place {
    struct text path;
    uint32_t line;
};

enum { DIFFERENTIAL_PLACES = 5 };

struct differential {
    uint64_t counts[LINE_CATEGORIES];
    struct differential_place places[LINE_CATEGORIES][DIFFERENTIAL_PLACES]; /* the first ones */
};

/* diff: from the baseline's commit to the candidate. */
void differential_compute(const struct gate_coverage *coverage, const struct git_diff *diff,
                          struct differential *ret_differential);

#endif
