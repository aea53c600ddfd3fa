/* SPDX-License-Identifier: MIT */
/*
 * What is said of a coverage: totals and a line per file, as text or as one JSON object, and the
 * lines that nothing covers, as ranges. Percentages are floored, so 100 means all.
 */
#ifndef BDDRUN_COVERAGE_LISTING_H
#define BDDRUN_COVERAGE_LISTING_H

#include "base/buffer.h"
#include "coverage/coverage.h"

/* "19/30  63.3 %", "-" where nothing was measured. */
void listing_ratio(struct buffer *out, struct ratio ratio);

void listing_text(struct buffer *out, const struct coverage *coverage);

/* {"lines":{"covered","total"},"branches","functions","files":[{"path",...}],"reports":[...]} */
void listing_json(struct buffer *out, const struct coverage *coverage);

/* "src/a.c: 3, 7-9, 12" for every file that has any; lines between two that are not coverable do
 * not break a range. Returns how many lines. */
size_t listing_uncovered(struct buffer *out, const struct coverage *coverage);

#endif
