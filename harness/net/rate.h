/* SPDX-License-Identifier: MIT */
/*
 * A request rate: at most so many starts a second, evenly spaced, without saving up more than one.
 * A schedule only: whoever starts requests asks for the next slot and waits on the loop.
 */
#ifndef BDDRUN_NET_RATE_H
#define BDDRUN_NET_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/loop.h"

struct rate {
    uint64_t interval_ns; /* 0: no limit */
    uint64_t next_ns;     /* monotonic: the first free slot */
};

/* 0 a second: no limit. */
void rate_init(struct rate *rate, double per_second);

/* Takes the next slot and tells when it is (now_ns, or later). */
uint64_t rate_take(struct rate *rate, uint64_t now_ns);

/* The next slot that both allow; shared may be NULL. A slow one of its own holds up nobody else. */
uint64_t rate_take_both(struct rate *own, struct rate *shared, uint64_t now_ns);

/* No slot before this time: after a 429 with Retry-After. */
void rate_pause_until(struct rate *rate, uint64_t at_ns);

/* Takes the next slot and runs the loop until then. LOOP_DONE: start now. LOOP_DEADLINE,
 * LOOP_CANCELLED: do not (the slot is lost). */
enum loop_result rate_wait(struct rate *rate, struct loop *loop, uint64_t deadline_ns);

#endif
