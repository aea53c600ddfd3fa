/* SPDX-License-Identifier: MIT */
/*
 * What became of a step or a scenario: Cucumber's statuses in Cucumber's order, the worse the
 * later (a scenario has the worst status of its steps). Flaky is no status: it is a scenario that
 * passed in a later attempt.
 */
#ifndef BDDRUN_EVENT_STATUS_H
#define BDDRUN_EVENT_STATUS_H

#include <stdbool.h>

#include "base/text.h"

enum status {
    STATUS_UNKNOWN, /* never ran */
    STATUS_PASSED,
    STATUS_SKIPPED,
    STATUS_PENDING,
    STATUS_UNDEFINED,
    STATUS_AMBIGUOUS,
    STATUS_FAILED,
    STATUS_COUNT
};

enum status status_worse(enum status a, enum status b);

/* "passed"; static. */
const char *status_name(enum status status);

/* "PASSED", as Cucumber Messages writes it; static. */
const char *status_message_name(enum status status);

/* Undefined, pending, ambiguous, failed and unknown: the run is not green. */
bool status_is_failure(enum status status);

#endif
