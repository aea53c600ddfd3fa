/* SPDX-License-Identifier: MIT */
/*
 * Why a step failed: plain data, filled by steps, completed by the emitter (places made of spans,
 * secrets masked), shown by reporters. Texts are borrowed from the arena of the scenario, or, after
 * the pipe, from that of the event. Zeroed it says nothing; only `message` is needed.
 */
#ifndef BDDRUN_EVENT_FAILURE_H
#define BDDRUN_EVENT_FAILURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"
#include "event/place.h"
#include "event/shown_exchange.h"

enum { FAILURE_MISMATCHES_LIMIT = 50 };

/* One value that is not as wanted. */
struct mismatch {
    struct text what; /* "JSON at $.player.chips", "header \"ETag\"", "status" */
    struct text expected;
    struct text actual;
    struct span at;     /* span_none(): the step */
    struct place place; /* filled by failure_locate */
};

struct failure {
    struct text message; /* lower case, no full stop: "the status is 404, not 200" */
    struct text hint;    /* the next action, or empty */
    struct text detail;  /* lines that say more (what a socket got), or empty */
    struct span at;      /* span_none(): the step */
    struct place place;  /* filled by failure_locate */
    struct text expected;
    struct text actual;
    bool has_values; /* expected and actual are set */
    struct mismatch *mismatches;
    size_t mismatch_count;
    size_t mismatches_dropped;       /* beyond FAILURE_MISMATCHES_LIMIT */
    struct shown_exchange *exchange; /* NULL: none */
};

/* Adds one in the arena; those beyond the limit are counted. Texts are not copied. */
void failure_add_mismatch(struct failure *failure, struct arena *arena,
                          const struct mismatch *mismatch);

/* Makes places of the spans that have none yet. */
void failure_locate(struct failure *failure, struct arena *arena);

#endif
