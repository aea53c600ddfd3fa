/* SPDX-License-Identifier: MIT */
/* The assertion of a mask being read: `date ± 5 s`, `length 3..20`, `ignore!`. */
#ifndef BDDRUN_DIFF_MASK_MASK_RULE_H
#define BDDRUN_DIFF_MASK_MASK_RULE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "diff/mask/mask.h"

/* Sets rule and what belongs to it. written lies in the arena; at: where it stands. */
bool mask_rule_parse(struct arena *arena, struct text written, struct span at,
                     struct mask *mask, struct problems *problems) MUST_CHECK;

/* Whether the rule can be asserted of what the mask names; a problem if not. */
bool mask_rule_check(const struct mask *mask, struct span at,
                     struct problems *problems) MUST_CHECK;

#endif
