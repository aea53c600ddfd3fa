/* SPDX-License-Identifier: MIT */
/*
 * Paths of reports, which name files by the machine, the container or the package they were built
 * in, made relative to the repository: by the longest unambiguous common end with a tracked path,
 * whole path components at a time. One of the two must be the whole end of the other. And whether
 * the report is of these sources at all.
 */
#ifndef BDDRUN_COVERAGE_PATHS_H
#define BDDRUN_COVERAGE_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "coverage/coverage.h"

/* root: the absolute path of the repository, or empty. tracked: as `git ls-files -z` lists them.
 * Files of which nothing is tracked (headers of the system) keep their path and is_tracked false;
 * those that become the same path are merged. False: at least one path is ambiguous (a problem with
 * the candidates), leaves the repository, or stands for two files that cannot be merged. */
bool coverage_map_paths(struct coverage *coverage, struct text root, const struct text *tracked,
                        size_t tracked_count, struct problems *problems) MUST_CHECK;

/* Whether every tracked file has the lines that are said of it: reads those below the root. Sources
 * that are not there are not judged. False: a problem for each file that is shorter. */
bool coverage_check_ends(const struct coverage *coverage, struct text root,
                         struct problems *problems) MUST_CHECK;

#endif
