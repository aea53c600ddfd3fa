/* SPDX-License-Identifier: MIT */
/*
 * The recordings of the planned scenarios, looked at without running anything: files that cannot be
 * read, values that look like secrets (told with their place, never shown), age, entries that no step
 * compares with, files of no scenario, masks of bddrun.yaml that stand for nothing in any recording.
 */
#ifndef BDDRUN_CLI_CHECK_RECORDINGS_H
#define BDDRUN_CLI_CHECK_RECORDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"
#include "run/plan/plan.h"

struct clock;
struct promotion_dates;

struct recordings_checked {
    size_t files;
    size_t entries;
};

/* everything: the plan has all scenarios of the project, so that a mask
 * which stands for nothing in them stands for nothing at all. promotions: recordings from before
 * are old. */
struct recordings_checked check_recordings(const struct plan *plan, bool is_everything,
                                           const struct clock *clock,
                                           const struct promotion_dates *promotions,
                                           struct problems *problems);

#endif
