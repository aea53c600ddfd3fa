/* SPDX-License-Identifier: MIT */
/*
 * How many of what: counts over the last attempts of scenarios and over their steps.
 */
#ifndef BDDRUN_EVENT_TALLY_H
#define BDDRUN_EVENT_TALLY_H

#include <stdint.h>

#include "event/status.h"

struct result;

struct tally {
    uint32_t scenarios[STATUS_COUNT]; /* finished, by status of the last attempt */
    uint32_t steps[STATUS_COUNT];     /* of the last attempts; no nested lines, no teardown */
    uint32_t finished;                /* sum of scenarios */
    uint32_t flaky;                   /* passed in a later attempt; also counted as passed */
    uint32_t retried;                 /* attempts that were followed by another */
};

/* Counts a result; one that will be retried counts only as such. */
void tally_add(struct tally *tally, const struct result *result);
uint32_t tally_failures(const struct tally *tally); /* scenarios that make the run not green */
uint32_t tally_steps(const struct tally *tally);

#endif
