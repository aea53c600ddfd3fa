/* SPDX-License-Identifier: MIT */
/*
 * A run: everything `bddrun run` does once its options and configuration are read. Plans, forks
 * workers, hands events to the reporters, completes the reports whatever happens, and says by an
 * exit code what came of it. Waits for signals meanwhile: SIGINT and SIGTERM end it in order, a
 * second one by force.
 *
 * Process rule: call it once, in a process with one thread and no open connection: it forks.
 */
#ifndef BDDRUN_RUN_RUN_H
#define BDDRUN_RUN_RUN_H

#include "base/buffer.h"
#include "base/exit_code.h"
#include "base/problem.h"
#include "run/options.h"
#include "run/plan/plan.h"

struct clock;
struct config_settings;
struct registry;

struct run_setup {
    const struct run_options *options;
    const struct config_settings *settings;
    struct registry *registry; /* with the built-in steps */
    const struct clock *clock;
    struct text command;       /* as it was given, for reports */
    struct text configuration; /* the bytes of bddrun.yaml */
    const char *const *process_environment;
    int output_descriptor;
    int notice_descriptor;
    uint32_t columns; /* of the terminal; 0: unknown */
};

/* plan: from plan_make; released by the caller after the problems were shown, for they point into
 * it. What the reporters did not show is left in problems. */
enum exit_code run_scenarios(const struct run_setup *setup, const struct plan *plan,
                             struct problems *problems);

#endif
