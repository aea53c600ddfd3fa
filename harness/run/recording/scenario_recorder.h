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
#include "base/text.h"
#include "world/recorder.h"

struct recordings;

/* Made in the planning process; workers inherit a copy each. Must not move. */
struct scenario_recorder {
    struct recorder recorder; /* for struct run_options */
    const struct recordings *recordings;
    struct text environment; /* its name */
    unsigned sample;         /* 1-based: of the run under way */

    /* Of one worker: what the environment serves, asked once. */
    bool has_asked;
    struct text revision;
    struct arena arena;
};

void scenario_recorder_init(struct scenario_recorder *recorder,
                            const struct recordings *recordings, struct text environment);
void scenario_recorder_release(struct scenario_recorder *recorder);

/* Where a sample lies until it is settled, and the reason why it could not be written: beside the
 * recording, hidden. In the arena. */
struct text recording_pending_path(struct arena *arena, struct text path);
struct text recording_reason_path(struct arena *arena, struct text path);

#endif
