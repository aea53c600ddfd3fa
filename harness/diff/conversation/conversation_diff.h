/* SPDX-License-Identifier: MIT */
/*
 * A recorded and a live conversation, compared as streams of events, not as transports: decoded by
 * their protocol, heartbeats dropped, handshakes compared as facts; each stream (direction,
 * channel, event) aligned by a minimal diff of the masked payloads. Work is bounded by messages ×
 * the bound on differences, never by their square. All texts are in the arena given.
 */
#ifndef BDDRUN_DIFF_CONVERSATION_CONVERSATION_DIFF_H
#define BDDRUN_DIFF_CONVERSATION_CONVERSATION_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "diff/difference.h"
#include "exchange/conversation.h"

struct identity;
struct mask_judge;

enum conversation_order {
    CONVERSATION_ORDER_CAUSAL,   /* what came in between streams is counted only */
    CONVERSATION_ORDER_STRICT,   /* every change of order between streams is a difference */
    CONVERSATION_ORDER_UNORDERED /* not even the order inside of a stream counts */
};

struct conversation_diff_options {
    struct mask_judge *judge;  /* NULL: no masks */
    struct identity *identity; /* of the scenario; NULL: ids are compared as they are */
    enum conversation_order order;
    struct text event_at; /* JSON protocol: path of an event's name; empty: "$.type" */
    double late_factor;   /* a reply so many times slower than recorded is late; 0: never */
    uint64_t late_floor_ns;
    struct text place;                    /* for messages about ids: "alice's socket 'table'" */
    const struct difference_shown *shown; /* NULL: all may be shown */
};

enum conversation_class {
    CONVERSATION_CHANGED,
    CONVERSATION_MISSING,
    CONVERSATION_EXTRA,      /* not recorded */
    CONVERSATION_DUPLICATED, /* extra, and equal to a neighbour */
    CONVERSATION_REORDERED,
    CONVERSATION_LATE,
    CONVERSATION_CLOSED_DIFFERENTLY,
    CONVERSATION_FACT,      /* of the handshake: subprotocol, ping interval, channels joined */
    CONVERSATION_RATE,      /* an ambient stream's count is out of its range */
    CONVERSATION_SHAPE,     /* an ambient stream's payload has another shape */
    CONVERSATION_RECEIVERS, /* a broadcast reached others than recorded */
};
enum { CONVERSATION_CLASSES = CONVERSATION_RECEIVERS + 1, CONVERSATION_FINDINGS_LIMIT = 1000 };
#define CONVERSATION_NO_INDEX UINT32_MAX

struct conversation_finding {
    enum conversation_class class;
    enum difference_severity severity;
    struct text stream; /* `received "seat.taken" on "table.7"` */
    struct text path;   /* without indexes, in the payload; empty: the message itself */
    struct text left;   /* recorded, as people are shown it; empty: none */
    struct text right;
    struct text note;    /* "and 2 more differences", "not recorded", who lost it; or "" */
    uint32_t left_index; /* in the conversation's list; CONVERSATION_NO_INDEX: none */
    uint32_t right_index;
};

struct conversation_stream {
    struct text name;  /* as in findings */
    struct text event; /* its name alone; empty: none */
    struct text actor;
    size_t left_count;
    size_t right_count;
    size_t findings;
    bool is_ambient;
    bool is_too_different; /* beyond the bound: aligned by position */
};

struct conversation_diff {
    struct conversation_finding *findings; /* breaking ones first, then by the recorded order */
    size_t count;
    size_t dropped; /* beyond CONVERSATION_FINDINGS_LIMIT; counts hold all */
    size_t counts[CONVERSATION_CLASSES];
    size_t masked; /* messages that differ only where a mask allows it */
    size_t moved;  /* order between streams that was not a difference */
    struct conversation_stream *streams;
    size_t stream_count;
    size_t left_events; /* that were compared */
    size_t right_events;
};

/* left is the recorded one. Sent messages are compared too: what we send is part of the talk. */
void conversation_diff_compare(const struct conversation *left,
                               const struct conversation *right,
                               const struct conversation_diff_options *options,
                               struct arena *arena, struct conversation_diff *ret_diff);

/* Several connections at once, the i-th with the i-th (NULL: it is not there): as above for each,
 * but what a whole group stopped or began to receive is one finding that names the receivers by
 * their actors. Streams are named with their actor where only he is concerned. */
void conversation_diff_compare_all(const struct conversation *const *left,
                                   const struct conversation *const *right, size_t count,
                                   const struct conversation_diff_options *options,
                                   struct arena *arena, struct conversation_diff *ret_diff);

bool conversation_diff_is_equal(const struct conversation_diff *diff);
/* The worst of the findings; SEVERITY_MASKED where nothing differs. */
enum difference_severity conversation_diff_worst(const struct conversation_diff *diff);

/* Adds the findings as differences, so that reports show them like those of bodies: the path is the
 * stream with the path in its payload, the place the message's. */
void conversation_diff_list(const struct conversation_diff *diff,
                            struct differences *differences);

/* What a person reads: up to three examples of each class in a stream, then all counts. */
void conversation_diff_print(struct buffer *out, const struct conversation_diff *diff);
const char *conversation_class_name(enum conversation_class class);

#endif
