/* SPDX-License-Identifier: MIT */
/*
 * Shares of lines, compared exactly: covered × 100 × scale against total × threshold, never as
 * floating point, and printed rounded down, so that 99.999 % is not shown as 100 %.
 */
#ifndef BDDRUN_GATE_MEASURE_PERCENT_H
#define BDDRUN_GATE_MEASURE_PERCENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "coverage/coverage_file.h"

/* millionths of a percent. Nothing of nothing reaches no threshold, not even 0. */
bool ratio_reaches(struct ratio ratio, uint64_t millionths);

/* "81.25 % (13 of 16)"; "nothing to measure" where total is 0. */
struct text ratio_text(struct arena *arena, struct ratio ratio);

/* How many more have to be covered. */
uint64_t ratio_missing(struct ratio ratio, uint64_t millionths);

void ratio_add(struct ratio *ratio, struct ratio more);

#endif
