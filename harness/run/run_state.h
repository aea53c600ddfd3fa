/* SPDX-License-Identifier: MIT */
/*
 * A run under way: what the parent knows of it. Only run_*.c look inside.
 */
#ifndef BDDRUN_RUN_RUN_STATE_H
#define BDDRUN_RUN_RUN_STATE_H

#include "base/random.h"
#include "event/emitter.h"
#include "event/run_facts.h"
#include "event/stream.h"
#include "net/net.h"
#include "redact/secrets.h"
#include "run/casualty.h"
#include "run/desk/accounts.h"
#include "run/crew/crew.h"
#include "run/desk/kept.h"
#include "run/run.h"
#include "run/runner.h"

enum run_stage {
    RUN_STAGE_REVISIONS_BEFORE,
    RUN_STAGE_SCENARIOS, /* the phases of the plan */
    RUN_STAGE_REVISIONS_AFTER,
    RUN_STAGE_OVER,
};

/* Work that comes back, or comes again. */
struct run_task {
    struct assignment assignment;
    char *note; /* heap, or NULL */
    size_t note_bytes;
};

/* A scenario whose worker died and left something to do. In the run's arena. */
struct run_teardown {
    struct run_teardown *next;
    struct casualty casualty;
    struct text note; /* the casualty, then what the worker left */
    bool is_given;
};

struct revision_list {
    struct revision *list; /* in the run's arena: one for each service */
    size_t count;
};

struct waiting_worker {
    uint32_t worker;
    uint32_t scenario;
};

struct run {
    const struct run_setup *setup;
    const struct plan *plan;
    struct problems *problems;    /* the caller's, then own_problems */
    struct problems own_problems; /* of the time when reports are open */
    struct arena arena;           /* of the whole run */
    struct loop loop;
    struct crew crew;
    struct crew_client client;
    struct worker_job job;
    struct runner_setup runner;
    struct stream stream;
    struct reporter_setup reporter_setup;
    struct random random;
    struct secrets secrets;
    struct emitter emitter; /* for results that no worker could send */
    struct accounts accounts;
    struct kept_sessions kept;
    struct scenario_lookup lookup;
    struct tally tally;
    struct run_facts facts; /* for the gate; where a report takes them */
    uint64_t started_ns;    /* monotonic */

    enum run_stage stage;
    enum plan_phase phase;
    size_t cursor; /* in the order of the phase */
    size_t in_flight;
    struct run_task *tasks; /* taken before the cursor */
    size_t task_count;
    size_t task_capacity;
    struct run_teardown *teardowns;
    struct waiting_worker *waiting; /* for an account; [jobs] */
    size_t waiting_count;
    unsigned char *announced; /* a bit a scenario: its start was told */
    bool revisions_asked;
    struct revision_list revisions_before;
    struct revision_list revisions_after;
    bool *masks_used; /* by their places in bddrun.yaml; NULL: nothing was compared */

    bool has_failed_setup;
    bool is_cut_short; /* nothing of the phases up to @serial is given any more */
    bool is_over;      /* nothing at all is given any more */
    struct text cause; /* why */
    int signal;        /* that ended it; 0: none */
    struct loop_timer tick;
    struct loop_timer limit; /* of the run, then of its end */
    struct loop_watch signals;
    int signal_descriptor;
};

#endif
