/* SPDX-License-Identifier: MIT */
/*
 * Which scenario runs which files: an lcov file in which each scenario is a test (TN:), as
 * `geninfo --test-name` and others write it. Only files with a line that was run count.
 */
#ifndef BDDRUN_HOOK_COVERAGE_MAP_H
#define BDDRUN_HOOK_COVERAGE_MAP_H

#include "base/arena.h"
#include "git/diff.h"

/* The names of the tests that ran a changed file; each once. A file of the map is a changed one
 * when its path ends with it, at a slash. */
void coverage_map_read(struct text lcov, const struct git_diff *diff, struct arena *arena,
                       struct text **ret_names, size_t *ret_count);

/* Names are the same when they differ in bytes only that are no letters or digits. */
bool coverage_map_is_same(struct text test, struct text scenario);

#endif
