/* SPDX-License-Identifier: MIT */
/*
 * Who got what, over several connections: a message that several received is a broadcast, and who
 * lost it or came to it is told once, with names.
 */
#ifndef BDDRUN_DIFF_CONVERSATION_RECEIVERS_H
#define BDDRUN_DIFF_CONVERSATION_RECEIVERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "diff/conversation/talk_findings.h"
#include "diff/conversation/streams/streams.h"

/* One received message. */
struct receipt {
    uint64_t key; /* of its stream and what it says */
    uint32_t receiver;
};

struct receipts {
    struct receipt *list; /* heap */
    size_t count;
    size_t capacity;
};

struct receivers {
    struct receipts recorded;
    struct receipts live;
    const struct text *actors; /* by receiver */
    size_t count;
};

void receivers_release(struct receivers *receivers);

/* All that one connection received, before anything is told. */
void receivers_add(struct receivers *receivers, uint32_t receiver,
                   const struct streams *streams, const struct talk *left,
                   const struct talk *right);

/* Puts the findings about broadcasts together. */
void receivers_gather(struct receivers *receivers, struct talk_findings *findings,
                      struct arena *arena);

#endif
