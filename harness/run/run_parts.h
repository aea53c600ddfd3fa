/* SPDX-License-Identifier: MIT */
/*
 * What the files of a run share: run.c (beginning and end), run_client.c (what the crew asks for),
 * run_signals.c (interrupts and time).
 */
#ifndef BDDRUN_RUN_RUN_PARTS_H
#define BDDRUN_RUN_RUN_PARTS_H

#include "base/random.h"
#include "event/emitter.h"
#include "event/stream.h"
#include "net/net.h"
#include "redact/secrets.h"
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

enum { REVISIONS_LIMIT = 16 };

struct revision_list {
    struct revision list[REVISIONS_LIMIT];
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
    uint64_t started_ns; /* monotonic */

    enum run_stage stage;
    enum plan_phase phase;
    size_t cursor; /* in the order of the phase */
    size_t in_flight;
    struct run_task *tasks; /* taken before the cursor */
    size_t task_count;
    size_t task_capacity;
    struct waiting_worker *waiting; /* for an account; [jobs] */
    size_t waiting_count;
    unsigned char *announced; /* a bit a scenario: its start was told */
    bool revisions_asked;
    struct revision_list revisions_before;
    struct revision_list revisions_after;

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

/* run_prepare.c: limits, variables, accounts, the network, the crew. */
bool run_prepare(struct run *run);

/* run_reports.c */
bool run_open_reports(struct run *run);
void run_tell_start(struct run *run);
void run_tell_problems(struct run *run, struct problems *problems);
void run_tell_end(struct run *run, enum exit_code code);
enum exit_code run_judge(struct run *run);

/* run_client.c, run_answers.c (questions of workers) */
void run_answer_waiting(struct run *run);
bool run_ask(void *run, uint32_t worker, const struct assignment *assignment,
             struct text question, struct buffer *answer);
struct crew_client run_client(struct run *run);
void run_push(struct run *run, const struct assignment *assignment, struct text note);
bool run_is_phase_over(const struct run *run);
bool run_result(struct run *run, const struct result *result);
void run_announce_slow(struct run *run);

/* run_signals.c */
bool run_catch_signals(struct run *run, struct problems *problems);
void run_release_signals(struct run *run);
void run_set_timers(struct run *run);

/* No new scenario; those under way end by themselves. */
void run_cut_short(struct run *run, struct text cause);

/* Those under way are cancelled, too. */
void run_interrupt(struct run *run, struct text cause);

/* run_lookup.c: what reporters may ask about scenarios. */
void run_describe(void *run, uint32_t index, struct arena *arena,
                  struct scenario_info *ret_info);

#endif
