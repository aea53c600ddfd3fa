/* SPDX-License-Identifier: MIT */
/* What `bddrun accept` is told, and what it does with a plan. */
#ifndef BDDRUN_CLI_ACCEPT_ACCEPT_H
#define BDDRUN_CLI_ACCEPT_ACCEPT_H

#include "base/glob.h"
#include "cli/options/configured.h"
#include "run/options.h"
#include "run/plan/plan.h"
#include "run/recording/scenario_recorder.h"

struct accept_values {
    struct configured_values configured;
    struct option_texts names;
    struct option_texts tags;
    struct option_texts paths;
    struct option_texts entries;
    bool writes;

    /* Made by the command. */
    struct run_options options;
    struct scenario_recorder recorder;
    struct globs globs;
    uint64_t *numbers; /* of entries, in the invocation's arena */
};

/* Runs the scenarios, shows entry by entry what their recordings would become, and with --write
 * replaces them. See cli/planned.h. */
enum exit_code accept_run(struct invocation *invocation, const struct plan *plan,
                          const struct config_settings *settings);

#endif
