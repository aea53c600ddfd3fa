/* SPDX-License-Identifier: MIT */
/* The steps of a plan that would not run: undefined ones with the nearest steps, ambiguous ones. */
#ifndef BDDRUN_CLI_CHECK_STEPS_H
#define BDDRUN_CLI_CHECK_STEPS_H

#include "base/problem.h"
#include "run/plan/plan.h"

/* Adds a problem for each distinct text, at its first place. */
void check_steps(const struct plan *plan, struct problems *problems);

#endif
