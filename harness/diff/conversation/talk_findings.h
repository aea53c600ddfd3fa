/* SPDX-License-Identifier: MIT */
/* What a comparison of conversations has found, before it is shown. */
#ifndef BDDRUN_DIFF_CONVERSATION_TALK_FINDINGS_H
#define BDDRUN_DIFF_CONVERSATION_TALK_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "diff/conversation/conversation_diff.h"

/* One, and what is needed to put those of several receivers together. */
struct talk_finding {
    struct conversation_finding shown;
    uint64_t hash;     /* of a message that only one side has */
    uint32_t receiver; /* whose conversation, by its number */
    bool is_received;
    bool is_taken; /* told in another one */
};

struct talk_findings {
    struct arena *arena;
    const struct conversation_diff_options *options;
    struct talk_finding *list; /* heap */
    size_t count;
    size_t capacity;
    size_t counts[CONVERSATION_CLASSES];
};

enum { FINDINGS_KEPT = 1 << 17 };

void talk_findings_init(struct talk_findings *findings,
                        const struct conversation_diff_options *options, struct arena *arena);
void talk_findings_release(struct talk_findings *findings);

/* Counts it; NULL when so many are kept that no more are. */
struct talk_finding *talk_findings_add(struct talk_findings *findings,
                                       enum conversation_class class,
                                       enum difference_severity severity, struct text stream);

/* A payload as people are shown it: shortened, secrets hidden; in the arena. */
struct text talk_findings_show(struct talk_findings *findings, struct text name,
                               struct text payload);

/* Those not taken, worst first, then as recorded, up to CONVERSATION_FINDINGS_LIMIT. */
void talk_findings_give(struct talk_findings *findings, struct conversation_diff *diff);

#endif
