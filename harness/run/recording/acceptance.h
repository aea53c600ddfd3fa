/* SPDX-License-Identifier: MIT */
/*
 * `bddrun accept`: the recording of a scenario beside what was answered now, entry by entry. What
 * differs is shown; what is chosen becomes the new recording, the rest stays as it was. Both sides
 * are redacted recordings in memory.
 */
#ifndef BDDRUN_RUN_RECORDING_ACCEPTANCE_H
#define BDDRUN_RUN_RECORDING_ACCEPTANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/glob.h"
#include "record/recording.h"

struct mask_set;

/* Which of the entries that differ: without any, all. */
struct acceptance_choice {
    const struct globs *paths; /* of the URL; NULL: any */
    const uint64_t *entries;   /* numbers from 1, as they are shown */
    size_t entry_count;
};

struct acceptance {
    const struct mask_set *masks; /* of the scenario's steps, then of bddrun.yaml */
    struct acceptance_choice choice;
};

struct acceptance_result {
    size_t entries;   /* of both sides */
    size_t different; /* of them: changed, new, gone */
    size_t chosen;    /* of these */
};

/* Adds to `out` what differs, and to `ret_merged` (initialised, empty) the recording as it would
 * be. The entries borrow from both. */
struct acceptance_result acceptance_compare(const struct acceptance *acceptance,
                                            const struct recording *recorded,
                                            const struct recording *live, struct buffer *out,
                                            struct recording *ret_merged);

#endif
