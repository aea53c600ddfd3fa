/* SPDX-License-Identifier: MIT */
/* Two conversations of one connection being compared. */
#ifndef BDDRUN_DIFF_CONVERSATION_TALK_COMPARISON_H
#define BDDRUN_DIFF_CONVERSATION_TALK_COMPARISON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "diff/conversation/conversation_diff.h"
#include "diff/conversation/talk_findings.h"
#include "diff/conversation/streams/streams.h"
#include "diff/conversation/talk/talk.h"
#include "diff/mask/mask_judge.h"

struct talk_comparison {
    const struct conversation_diff_options *options;
    struct arena *arena;
    struct talk left;
    struct talk right;
    struct streams streams;
    struct conversation_stream *told; /* of each stream */
    struct talk_findings *findings;
    struct conversation_diff *diff;
    uint32_t receiver;
    struct mask_scene scene; /* of the handshake; event and roots are set for each question */
};

/* All of it; the talks are read, the streams made. */
void talk_comparison_run(struct talk_comparison *comparison);

/* Of a stream's events; NULL once too many are kept. */
struct talk_finding *talk_comparison_find(struct talk_comparison *comparison, uint32_t stream,
                                          enum conversation_class class,
                                          enum difference_severity severity);

/* The judge for payloads of a stream; NULL without. */
const struct judge *talk_comparison_judge(struct talk_comparison *comparison, struct text event,
                                          const struct talk_event *left,
                                          const struct talk_event *right);
const void *talk_comparison_root(const struct judge *judge, bool is_json);

/* Pairs the events of a stream: partners are set. Or, where a mask says so, compares it as a
 * whole; its events then have the partner TALK_DROPPED. */
#define TALK_DROPPED (UINT32_MAX - 1)
void talk_comparison_pair(struct talk_comparison *comparison, uint32_t stream);

/* The stream as a whole: how many, and their shape. */
void talk_comparison_ambient(struct talk_comparison *comparison, uint32_t stream,
                             const struct mask *mask);

/* What two paired events say. */
void talk_comparison_events(struct talk_comparison *comparison, const struct talk_event *left,
                            const struct talk_event *right);

/* The order between streams; answers that come late; handshake and close. */
void talk_comparison_order(struct talk_comparison *comparison);
void talk_comparison_late(struct talk_comparison *comparison);
void talk_comparison_facts(struct talk_comparison *comparison);

#endif
