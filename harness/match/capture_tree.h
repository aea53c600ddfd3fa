/* SPDX-License-Identifier: MIT */
/*
 * Which capturing group of a pattern stands in which: Cucumber Messages show what a step's
 * parameters took as a tree.
 */
#ifndef BDDRUN_MATCH_CAPTURE_TREE_H
#define BDDRUN_MATCH_CAPTURE_TREE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/regex.h"
#include "match/step_definition.h"

struct capture_tree {
    const size_t *parents; /* of group n at index n; 0 is the whole match */
    size_t count;          /* groups, the whole match counted */
};

/* Of a pattern that compiles. In the arena. */
void capture_tree_make(struct text pattern, struct arena *arena, struct capture_tree *ret_tree);

/* What a group took, and the groups in it; index 0 is the whole match. captures has tree->count
 * of them. In the arena, borrowing from subject. As deep as the pattern is nested. */
void capture_tree_group(const struct capture_tree *tree, size_t index, struct text subject,
                        const struct regex_capture *captures, struct arena *arena,
                        struct match_group *ret_group);

#endif
