/* SPDX-License-Identifier: MIT */
/*
 * What came of recording the scenarios of a plan: pending files become recordings where every
 * sample of a scenario is there, and are removed where one is not.
 */
#ifndef BDDRUN_RUN_RECORDING_SETTLE_H
#define BDDRUN_RUN_RECORDING_SETTLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

struct pickle;
struct plan;

struct settled_scenario {
    const struct pickle *pickle;
    struct text feature; /* path as given */
    struct text path;    /* of its recording */
    bool is_recorded;
    unsigned samples;
    size_t requests; /* of the first sample */
    size_t sockets;
    size_t messages;
};

struct settled {
    struct settled_scenario *list; /* beside plan->list; in the arena */
    size_t count;
    size_t recorded;
};

/* Removes what an interrupted recording may have left. */
void recording_clear(const struct plan *plan, unsigned samples);

/* False with problems: a file cannot be renamed or read back. */
bool recording_settle(const struct plan *plan, unsigned samples, struct arena *arena,
                      struct settled *ret_settled, struct problems *problems) MUST_CHECK;

#endif
