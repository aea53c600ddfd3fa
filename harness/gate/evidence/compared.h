/* SPDX-License-Identifier: MIT */
/*
 * What a run compared with recordings: how long each request took then and now, which masks of
 * bddrun.yaml decided about something, which events were compared. A step attaches one JSON object
 * for each comparison. Bounded, whatever the stream holds.
 */
#ifndef BDDRUN_GATE_EVIDENCE_COMPARED_H
#define BDDRUN_GATE_EVIDENCE_COMPARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"
#include "gate/evidence/id_table.h"

#define COMPARED_SAMPLES_LIMIT ((size_t)1 << 20)
#define COMPARED_NAMES_LIMIT ((size_t)1 << 16)
#define COMPARED_NAME_LIMIT_BYTES ((size_t)4096)

struct json_value;

/* Which attempt at which scenario of the run. */
struct compared_attempt {
    uint32_t scenario;
    uint32_t number;
};

/* A request whose recorded time is known. */
struct compared_sample {
    struct compared_attempt attempt;
    struct text entry;       /* "GET /api/lobby" */
    uint64_t recorded_at_ns; /* 0: unknown */
    uint64_t recorded_ns;
    uint64_t actual_ns; /* LATENCY_FAILED: without an answer */
};

/* Each once. */
struct compared_names {
    struct text *list; /* heap; texts are the arena's */
    size_t count;
    size_t capacity;
    struct id_table table;
};

struct compared {
    uint64_t count; /* comparisons */
    struct compared_sample *samples;
    size_t sample_count;
    size_t sample_capacity;
    struct compared_names entries;
    struct compared_names masks; /* places: "bddrun.yaml:81:5" */
    struct compared_names events;
};

void compared_release(struct compared *compared); /* a zeroed one is empty */

/* False with the member that is missing or wrong, or of which there is too much. */
bool compared_take(struct compared *compared, const struct json_value *comparison,
                   struct compared_attempt attempt, struct arena *arena,
                   const char **ret_member) MUST_CHECK;

#endif
