/* SPDX-License-Identifier: MIT */
/*
 * The time, handed in so that tests can freeze it. Nanoseconds. The real clock is a constant; a
 * frozen one is the caller's storage and moves only by clock_advance.
 */
#ifndef BDDRUN_BASE_CLOCK_H
#define BDDRUN_BASE_CLOCK_H

#include <stdint.h>

#define NANOSECONDS_PER_SECOND UINT64_C(1000000000)
#define NANOSECONDS_PER_MILLISECOND UINT64_C(1000000)

struct clock {
    uint64_t (*read_monotonic_ns)(const struct clock *clock);
    uint64_t (*read_realtime_ns)(const struct clock *clock);
    uint64_t frozen_monotonic_ns;
    uint64_t frozen_realtime_ns;
};

const struct clock *clock_real(void);

/* Makes a clock that stands still at these times. */
void clock_freeze(struct clock *clock, uint64_t monotonic_ns, uint64_t realtime_ns);
void clock_advance(struct clock *frozen, uint64_t by_ns);

/* From some start; never goes back: for durations and deadlines. */
uint64_t clock_monotonic_ns(const struct clock *clock);

/* Since 1970-01-01T00:00:00Z: for what is shown and compared with dates. */
uint64_t clock_realtime_ns(const struct clock *clock);

#endif
