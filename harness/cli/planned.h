/* SPDX-License-Identifier: MIT */
/*
 * A plan for the length of one call: made with the built-in steps, handed on, its problems shown
 * (they point into it), released.
 */
#ifndef BDDRUN_CLI_PLANNED_H
#define BDDRUN_CLI_PLANNED_H

#include "cli/command.h"
#include "run/options.h"
#include "run/plan/plan.h"

typedef enum exit_code planned_function(struct invocation *invocation, const struct plan *plan,
                                        const struct config_settings *settings);

/* The exit code of act, or that of the problems of planning. */
enum exit_code planned(struct invocation *invocation, const struct run_options *options,
                       const struct config_settings *settings, planned_function *act);

#endif
