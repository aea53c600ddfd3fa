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

/* Whose fault it may be: a check that does not hold, an answer that differs from its recording, a
 * recording that does not have what it was asked for. */
enum failure_kind { FAILURE_CHECK, FAILURE_DIFFERENCE, FAILURE_NOT_RECORDED };
enum { FAILURE_KINDS = FAILURE_NOT_RECORDED + 1 };

/* One value that is not as wanted. */
struct mismatch {
    struct text what; /* "JSON at $.player.chips", "header \"ETag\"", "status" */
    struct text expected;
    struct text actual;
    struct span at;     /* span_none(): the step */
    struct place place; /* filled by failure_locate */
};

struct failure {
    enum failure_kind kind;
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

/* "difference", "not recorded"; empty for a check. */
const char *failure_kind_name(enum failure_kind kind);

/* Adds one in the arena; those beyond the limit are counted. Texts are not copied. */
void failure_add_mismatch(struct failure *failure, struct arena *arena,
                          const struct mismatch *mismatch);

/* Makes places of the spans that have none yet. */
void failure_locate(struct failure *failure, struct arena *arena);

#endif
