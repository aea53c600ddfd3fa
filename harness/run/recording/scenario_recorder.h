/* SPDX-License-Identifier: MIT */
/*
 * What `bddrun record` does with each scenario that passed: its requests and sockets, redacted, as
 * a HAR file beside the recording it may replace (pending, below). Nothing is replaced before all
 * samples of a scenario are there: recording_settle, by the process that planned.
 */
#ifndef BDDRUN_RUN_RECORDING_SCENARIO_RECORDER_H
#define BDDRUN_RUN_RECORDING_SCENARIO_RECORDER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "world/recorder.h"

struct recordings;

/* Why a worker could not write a file: the first that fails says it, in memory that all share. */
struct recording_refusal;

/* Made in the planning process; workers inherit a copy each. Must not move. */
struct scenario_recorder {
    struct recorder recorder; /* for struct run_options */
    const struct recordings *recordings;
    struct text environment; /* its name */
    unsigned sample;         /* 1-based: of the run under way */
    struct recording_refusal *refusal;

    /* Of one worker: what the environment serves, asked once. */
    bool has_asked;
    struct text revision;
    struct arena arena;
};

/* False with a problem. Release it in any case. */
bool scenario_recorder_init(struct scenario_recorder *recorder,
                            const struct recordings *recordings, struct text environment,
                            struct problems *problems) MUST_CHECK;
void scenario_recorder_release(struct scenario_recorder *recorder);

/* Adds a problem if a worker could not write. */
void scenario_recorder_tell(const struct scenario_recorder *recorder,
                            struct problems *problems);

/* Where a sample lies until it is settled: beside the recording, hidden. In the arena. */
struct text recording_pending_path(struct arena *arena, struct text path);

#endif
