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

enum { FAILURE_MISMATCHES_LIMIT = 50, SHOWN_BODY_LIMIT = 16 << 10 };

/* One value that is not as wanted. */
struct mismatch {
    struct text what; /* "JSON at $.player.chips", "header \"ETag\"", "status" */
    struct text expected;
    struct text actual;
    struct span at;     /* span_none(): the step */
    struct place place; /* filled by failure_locate */
};

/* An exchange made fit to be shown: sensitive headers and JSON keys masked, bodies capped. */
struct shown_exchange {
    struct text title; /* "GET http://127.0.0.1/lobby: 404 Not Found in 12 ms" */
    struct text curl;  /* the request as a curl command */
    struct text request_head;
    struct text request_body;
    struct text response_head; /* empty: no answer */
    struct text response_body;
    uint64_t request_body_bytes; /* of the whole bodies */
    uint64_t response_body_bytes;
};

struct failure {
    struct text message; /* lower case, no full stop: "the status is 404, not 200" */
    struct text hint;    /* the next action, or empty */
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

/* All of an exchange as it may be shown, in the arena. Known secrets are masked later, by the
 * emitter; this masks by header name and JSON key. */
struct exchange;
struct shown_exchange *shown_exchange_make(struct arena *arena,
                                           const struct exchange *exchange);

#endif
