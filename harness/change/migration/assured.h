/* SPDX-License-Identifier: MIT */
/*
 * "bddrun:assured RULE REASON" in a comment: somebody says why what the rule finds on that line, or
 * below the comment, is harmless here. Without a reason it is an error.
 */
#ifndef BDDRUN_CHANGE_MIGRATION_ASSURED_H
#define BDDRUN_CHANGE_MIGRATION_ASSURED_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "change/migration/rule.h"

struct assurance {
    enum migration_rule_id rule;
    size_t start; /* offset in the source */
    struct text reason;
};

struct assurances {
    const struct source *source;
    struct assurance *list;
    size_t count;
};

bool assurances_read(const struct source *source, struct arena *arena,
                     struct assurances *ret_assurances, struct problems *problems) MUST_CHECK;

/* The one for what is found at the offset, or NULL. With is_anywhere one of any line. */
const struct assurance *assurances_find(const struct assurances *assurances,
                                        enum migration_rule_id rule, size_t offset,
                                        bool is_anywhere);

#endif
