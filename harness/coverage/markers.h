/* SPDX-License-Identifier: MIT */
/*
 * Comments in sources that take lines or branches out of the count: LCOV_EXCL_LINE, _START and
 * _STOP, the same with BR_ for branches only, LCOV_UNREACHABLE_…; GCOV_ and GCOVR_ for LCOV_. The line
 * of START is inside, that of STOP is not. Each needs a reason behind it: "LCOV_EXCL_LINE: no such
 * kernel".
 */
#ifndef BDDRUN_COVERAGE_MARKERS_H
#define BDDRUN_COVERAGE_MARKERS_H

#include "base/source.h"
#include "coverage/coverage.h"

/* Takes what the source marks out of the file: excluded lines with their counts are kept apart, and
 * those that were run all the same are warnings. False with problems: a marker without a reason, a
 * START without a STOP. */
bool markers_apply(struct coverage_file *file, const struct source *source,
                   struct problems *problems) MUST_CHECK;

#endif
