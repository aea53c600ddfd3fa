/* SPDX-License-Identifier: MIT */
/*
 * What a worker and the parent share in memory (MAP_SHARED), one slot a worker: what the worker
 * runs now, how much of its queue it has claimed, when it must be killed, and its events that are
 * not sent yet. So after a crash exactly one scenario is blamed, what never started is run by
 * another worker, and what had finished is not lost. Times are monotonic nanoseconds.
 */
#ifndef BDDRUN_RUN_CREW_SLOT_H
#define BDDRUN_RUN_CREW_SLOT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

enum { SLOT_BATCH_BYTES = 32 << 10 };

#define SLOT_NEVER UINT64_MAX
#define SLOT_TEARDOWN UINT32_MAX

struct slot {
    _Atomic uint64_t claim;   /* generation << 32 | number of assignments claimed in it */
    _Atomic uint32_t running; /* scenario + 1; 0: none */
    _Atomic uint32_t attempt;
    _Atomic uint32_t step;       /* under way, or SLOT_TEARDOWN */
    _Atomic uint64_t started_ns; /* when the scenario started */
    _Atomic uint64_t
        kill_at_ns; /* a worker that still runs it then hangs; SLOT_NEVER: no limit */
    /* Of all workers that had the slot: some request was answered, some server did not answer. */
    _Atomic bool has_answer;
    _Atomic bool has_no_answer;
    _Atomic uint32_t batch_sent; /* the bytes of batch from here … */
    _Atomic uint32_t batch_end;  /* … to here wait to be sent */
    char batch[SLOT_BATCH_BYTES];
};

/* count slots, zeroed, kill_at_ns SLOT_NEVER. NULL with a problem. */
struct slot *slots_new(size_t count, struct problems *problems) MUST_CHECK;
void slots_free(struct slot *slots, size_t count); /* NULL is fine */

/* For the next worker. */
void slot_reset(struct slot *slot);

/* In the worker: true when assignment `number` of `generation` may be started; false when the
 * parent took it back. */
bool slot_claim(struct slot *slot, uint32_t generation, uint32_t number);

/* In the parent: takes back all that is not claimed; tells how many were claimed. What is assigned
 * next belongs to generation + 1 and is counted from 0. */
uint32_t slot_revoke(struct slot *slot, uint32_t generation);

uint32_t slot_claimed(const struct slot *slot);

/* In the worker: adds to the batch whole; false when it does not fit. */
bool slot_batch_add(struct slot *slot, struct text bytes);

/* What waits to be sent; borrowed from the slot. */
struct text slot_batch(const struct slot *slot);
void slot_batch_mark_sent(struct slot *slot, size_t size_bytes);

#endif
