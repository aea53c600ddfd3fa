/* SPDX-License-Identifier: MIT */
/*
 * Features that run around others, by the tag of the feature: @before-all, @after-all,
 * @before:TAGS, @after:TAGS. TAGS is a tag, or a tag expression written without blanks: commas
 * stand for `or`.
 */
#ifndef BDDRUN_RUN_PLAN_HOOK_H
#define BDDRUN_RUN_PLAN_HOOK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "gherkin/document.h"
#include "match/tag_expression.h"

enum hook_kind {
    HOOK_NONE,
    HOOK_BEFORE_ALL,
    HOOK_AFTER_ALL,
    HOOK_BEFORE, /* each scenario whose tags fit */
    HOOK_AFTER,
};

/* What the feature of a document is. False with a problem: TAGS is no tag expression, or the
 * feature has two such tags. */
bool hook_of_document(const struct document *document, struct arena *arena,
                      enum hook_kind *ret_kind, const struct tag_expression **ret_tags,
                      struct problems *problems) MUST_CHECK;

/* A cheap look before a file is parsed: false when it cannot be a hook. */
bool hook_is_possible(struct text bytes);

#endif
