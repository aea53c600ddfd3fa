/* SPDX-License-Identifier: MIT */
/*
 * What the failed attempts at scenarios said that are being retried: one line each, kept until the
 * last attempt is over. Only scenarios between two attempts take memory.
 */
#ifndef BDDRUN_REPORTERS_PARTS_ATTEMPTS_H
#define BDDRUN_REPORTERS_PARTS_ATTEMPTS_H

#include "event/result.h"
#include "event/scenario_info.h"

struct attempts_said;

struct attempts {
    struct attempts_said *newest; /* heap; a zeroed one is empty */
};

void attempts_release(struct attempts *attempts);

/* Adds "attempt 1 failed: the status is 404, not 200". */
void attempts_add(struct attempts *attempts, const struct result *result,
                  const struct scenario_info *info);

/* The lines of a scenario, borrowed; empty where there are none. */
struct text attempts_find(const struct attempts *attempts, uint32_t scenario);
void attempts_forget(struct attempts *attempts, uint32_t scenario);

#endif
