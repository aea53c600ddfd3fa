/* SPDX-License-Identifier: MIT */
/*
 * A coverage as an lcov tracefile that lcov 1.16 and 2.x read alike: files by path; functions by
 * name with FN and FNDA; branches numbered on their line, since lcov 1.16 reads only numbers. What is
 * excluded is left out. What a report only counted, without a place, has no place here either.
 */
#ifndef BDDRUN_COVERAGE_LCOV_WRITER_H
#define BDDRUN_COVERAGE_LCOV_WRITER_H

#include <stddef.h>

#include "base/buffer.h"
#include "coverage/coverage.h"

/* Adds one file's record. */
void lcov_write_file(struct buffer *out, const struct coverage_file *file);

/* Writes all of it to the file at path, whole or not at all, in parts of bounded size; "-" is the
 * standard output. */
bool lcov_write(const struct coverage *coverage, struct text path,
                struct problems *problems) MUST_CHECK;

#endif
