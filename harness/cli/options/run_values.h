/* SPDX-License-Identifier: MIT */
/*
 * The options of `bddrun run` as they are given, and struct run_options made from them.
 */
#ifndef BDDRUN_CLI_OPTIONS_RUN_VALUES_H
#define BDDRUN_CLI_OPTIONS_RUN_VALUES_H

#include "cli/options/configured.h"
#include "run/options.h"

struct run_values {
    struct configured_values configured;
    struct option_texts tags;
    struct option_texts names;
    struct option_texts formats;
    struct option_texts artefacts;
    struct run_options options; /* order, shard, limits and flags go here directly */
    bool fails_fast;
    long verbosity;
    int colour;
};

extern const struct option run_option_table[];

/* An option is preferred to its variable. False with a problem: a variable is wrong. */
bool run_values_finish(struct run_values *values, struct invocation *invocation) MUST_CHECK;

#endif
