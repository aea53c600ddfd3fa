/* SPDX-License-Identifier: MIT */
/*
 * The recordings that the candidate's commit holds: when each was made, of which scenario, and the
 * endpoints of production that it knows. Read by git, so that none from elsewhere counts.
 */
#ifndef BDDRUN_GATE_MEASURE_GATE_RECORDINGS_H
#define BDDRUN_GATE_MEASURE_GATE_RECORDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "git/git.h"
#include "record/promotions.h"

struct gate_recording {
    struct text path;
    uint64_t recorded_at_ns; /* 0: it does not say */
    struct text feature;     /* from the project's folder; empty: of no scenario */
    struct text scenario;
    struct text failure;    /* why it cannot be read; empty: it was */
    struct text *endpoints; /* "GET /api/tables/{}": numbers and ids are one */
    size_t endpoint_count;
    struct text *events; /* that its sockets received, by name */
    size_t event_count;
    struct text revision; /* that was recorded; empty: it does not say */
};

struct gate_recordings {
    struct arena arena;
    struct text folder;                       /* from the top of the repository */
    uint64_t max_age_ms;                      /* of the section `recordings`; 0: any */
    const struct promotion_dates *promotions; /* borrowed; NULL: none are known */
    struct gate_recording *list;
    size_t count;
    struct text failure; /* why nothing could be read; or empty */
};

void gate_recordings_init(struct gate_recordings *recordings);
void gate_recordings_release(struct gate_recordings *recordings);

/* folder: from the top of the repository. What goes wrong stands in the struct. */
void gate_recordings_read(struct gate_recordings *recordings, struct git *git,
                          struct text commit, struct text folder);

#endif
