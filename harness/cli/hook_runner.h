/* SPDX-License-Identifier: MIT */
/*
 * How a hook lists and runs scenarios: by this program itself, started anew in the folder of the
 * pushed commit, in an environment without what git tells its hooks.
 */
#ifndef BDDRUN_CLI_HOOK_RUNNER_H
#define BDDRUN_CLI_HOOK_RUNNER_H

#include "base/loop.h"
#include "hook/pre_push.h"

struct hook_runner_context {
    struct arena *arena;
    const char *const *environment; /* scrubbed */
    struct text environment_option; /* -e; empty: none */
    struct loop loop;
};

struct hook_runner hook_runner_make(struct hook_runner_context *context);

#endif
