/* SPDX-License-Identifier: MIT */
/* Conversations made up for tests: messages of several streams, and what became of them. */
#ifndef BDDRUN_SUPPORT_TALK_MAKER_H
#define BDDRUN_SUPPORT_TALK_MAKER_H

#include "base/arena.h"
#include "exchange/conversation.h"

/* Adds a text message, 10 ms after the one before. */
void talk_maker_say(struct conversation *conversation, struct arena *arena, bool is_sent,
                    const char *format, ...) PRINTF_LIKE(4, 5);

struct talk_plan {
    size_t messages;
    size_t streams;
    size_t missing;
    size_t extra;
    size_t changed;
    size_t swaps;    /* of neighbours that are of different streams */
    size_t payloads; /* so many different ones repeat in each stream; 0: each is its own */
    uint64_t seed;
};

/* The recorded and the live one, JSON messages {"type": "s3", …}; nothing that is missing, extra or
 * changed is next to another of them in its stream. */
void talk_maker_pair(const struct talk_plan *plan, struct arena *arena,
                     struct conversation *recorded, struct conversation *live);

#endif
