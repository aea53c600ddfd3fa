/* SPDX-License-Identifier: MIT */
/*
 * What happens in a run, as a stream of plain data that feeds reporters and evidence. Texts and
 * arrays are borrowed and valid only during the call that hands the event over. Redacted where
 * they are made (event/emitter.h). Times are nanoseconds since 1970 (time_ns, started_ns) or
 * durations. Between RUN_STARTED and RUN_FINISHED events of different scenarios mix; each attempt
 * is started once and finished once.
 */
#ifndef BDDRUN_EVENT_EVENT_H
#define BDDRUN_EVENT_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/exit_code.h"
#include "base/problem.h"
#include "base/text.h"
#include "event/failure.h"
#include "event/result.h"
#include "event/status.h"
#include "event/tally.h"

enum event_kind {
    EVENT_RUN_STARTED,
    EVENT_PROBLEM,
    EVENT_ENVELOPE, /* a ready line of Cucumber Messages: source, pickle, testCase, … */
    EVENT_SCENARIO_STARTED,
    EVENT_SCENARIO_FINISHED,
    EVENT_RUN_FINISHED,
    EVENT_KIND_COUNT
};

/* The revision a service served. */
struct revision {
    struct text service; /* empty: the only one */
    struct text revision;
    struct text tree; /* or empty */
};

struct run_started {
    struct text version;     /* of bddrun */
    struct text command;     /* "bddrun run scenarios/ -j 8" */
    struct text config;      /* path; empty: none */
    struct text environment; /* name; may be empty */
    struct text base_url;    /* may be empty */
    struct text run_id;
    uint32_t jobs;
    bool is_dry_run;
    bool is_random; /* order, with seed */
    uint64_t seed;
    uint32_t feature_count;
    uint32_t scenario_count;
    uint32_t shard_index; /* 1-based; 0: not sharded */
    uint32_t shard_count;
    const struct revision *revisions; /* before the run */
    size_t revision_count;
    const struct text *warnings; /* "trusts any certificate" */
    size_t warning_count;
};

struct scenario_started {
    uint32_t scenario;
    uint32_t attempt;
    uint32_t worker;
};

struct run_finished {
    enum exit_code exit_code;
    struct text meaning; /* of the exit code, in words */
    struct text cause;   /* why the run ended early ("interrupted"), or empty */
    bool is_interrupted; /* scenarios that never ran are left out, or skipped */
    uint64_t duration_ns;
    struct tally tally;
    const struct revision *revisions; /* after the run */
    size_t revision_count;
};

struct event {
    enum event_kind kind;
    uint64_t time_ns; /* realtime */
    union {
        const struct run_started *run_started;
        const struct problem *problem;
        struct text envelope; /* one line, without its end */
        struct scenario_started scenario_started;
        const struct result *result; /* EVENT_SCENARIO_FINISHED */
        const struct run_finished *run_finished;
    };
};

#endif
