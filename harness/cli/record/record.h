/* SPDX-License-Identifier: MIT */
/*
 * What `bddrun record` is told, and its two ways: running scenarios against the environment of the
 * recordings, and taking what a browser recorded (--from).
 */
#ifndef BDDRUN_CLI_RECORD_RECORD_H
#define BDDRUN_CLI_RECORD_RECORD_H

#include "cli/options/configured.h"
#include "run/options.h"
#include "run/plan/plan.h"
#include "run/recording/scenario_recorder.h"
#include "run/recording/settle.h"

struct record_values {
    struct configured_values configured;
    struct text from;
    struct option_texts hosts;
    struct option_texts paths;
    struct option_texts keep;
    struct option_texts tags;
    struct option_texts names;
    struct option_texts scenarios; /* whole names */
    uint64_t samples;              /* 0: configured */
    bool takes_all;
    bool is_json;

    /* Made by the command. */
    struct run_options options;
    struct scenario_recorder recorder;
    const struct config_recordings *recordings;
};

/* With a plan: see cli/planned.h. */
enum exit_code record_run(struct invocation *invocation, const struct plan *plan,
                          const struct config_settings *settings);
enum exit_code record_import(struct invocation *invocation, const struct plan *plan,
                             const struct config_settings *settings);

/* What is printed of both, as text or JSON. */
struct import;
void record_print_settled(struct buffer *out, const struct settled *settled, bool is_json);
void record_print_import(struct buffer *out, const struct import *import, struct text file,
                         bool is_json);

#endif
