/* SPDX-License-Identifier: MIT */
/*
 * What a worker of a run does: an attempt at a scenario, and another when it failed and may be
 * retried. Everything it needs was made by the parent before the fork and is only read; what it
 * needs from the parent later it asks for.
 */
#ifndef BDDRUN_RUN_RUNNER_H
#define BDDRUN_RUN_RUNNER_H

#include <stdint.h>

#include "base/clock.h"
#include "base/text.h"
#include "redact/secrets.h"
#include "run/desk/accounts.h"
#include "run/crew/worker.h"
#include "run/plan/plan.h"
#include "world/variables.h"

struct config_settings;
struct net_global;
struct recorder;
struct recordings;

/* Assignments that are no scenarios. */
#define RUNNER_REVISIONS (UINT32_MAX - 1)

enum { RUNNER_GRACE_MS = 2000 }; /* after a limit, before the worker is killed */

struct run_limits {
    uint64_t step_ms; /* 0: none */
    uint64_t scenario_ms;
    uint64_t run_ms;
};

struct runner_setup {
    const struct plan *plan;
    const struct config_settings *settings;
    const struct clock *clock;
    const struct accounts *accounts;
    const struct secrets *secrets; /* the configured ones */
    struct variables configured;
    struct net_global *net; /* NULL: no HTTP */
    struct text run_id;
    const struct recordings *recordings; /* NULL: none */
    const struct recorder *recorder;     /* NULL: nothing is recorded */
    struct run_limits limits;
    uint32_t retry;
    bool keeps_exchanges;
    bool tells_recordings; /* a report takes envelopes */
    size_t jobs;
};

/* A job for the crew; context is a struct runner_setup. */
void *runner_open(void *setup, struct worker *worker);
void runner_run(void *runner, struct worker *worker, const struct assignment *assignment,
                struct text note);
void runner_close(void *runner);

#endif
