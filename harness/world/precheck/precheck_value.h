/* SPDX-License-Identifier: MIT */
/* Parts of a step that are parsed before anything runs. All: false with problems. */
#ifndef BDDRUN_WORLD_PRECHECK_PRECHECK_VALUE_H
#define BDDRUN_WORLD_PRECHECK_PRECHECK_VALUE_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/text.h"
#include "diff/comparison.h"

struct precheck;

/* A value (with or without its whose), its path, and the comparison it is held against (empty:
 * none). */
bool precheck_value(struct precheck *precheck, struct text value, bool has_whose,
                    struct text comparison, struct span value_at, struct span comparison_at,
                    struct problems *problems);

bool precheck_comparison(struct precheck *precheck, struct text comparison,
                         enum subject_nature nature, struct span at, struct problems *problems);

/* JSON in which ${…} may stand for a value or inside a string; in place of which text stands. */
bool precheck_json(struct precheck *precheck, struct text json, struct span at,
                   struct problems *problems);

bool precheck_regex(struct text written, struct span at, struct problems *problems);

/* The same length with every bare ${…} as null. */
struct text precheck_without_holes(struct arena *arena, struct text json);

#endif
