/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <time.h>

static uint64_t read_clock(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (uint64_t)now.tv_sec * NANOSECONDS_PER_SECOND + (uint64_t)now.tv_nsec;
}

static uint64_t real_monotonic_ns(const struct clock *clock)
{
    (void)clock;
    return read_clock(CLOCK_MONOTONIC);
}

static uint64_t real_realtime_ns(const struct clock *clock)
{
    (void)clock;
    return read_clock(CLOCK_REALTIME);
}

static uint64_t frozen_monotonic_ns(const struct clock *clock)
{
    return clock->frozen_monotonic_ns;
}

static uint64_t frozen_realtime_ns(const struct clock *clock)
{
    return clock->frozen_realtime_ns;
}

const struct clock *clock_real(void)
{
    static const struct clock real = {
        .read_monotonic_ns = real_monotonic_ns,
        .read_realtime_ns = real_realtime_ns,
    };
    return &real;
}

void clock_freeze(struct clock *clock, uint64_t monotonic_ns, uint64_t realtime_ns)
{
    *clock = (struct clock){
        .read_monotonic_ns = frozen_monotonic_ns,
        .read_realtime_ns = frozen_realtime_ns,
        .frozen_monotonic_ns = monotonic_ns,
        .frozen_realtime_ns = realtime_ns,
    };
}

void clock_advance(struct clock *frozen, uint64_t by_ns)
{
    frozen->frozen_monotonic_ns += by_ns;
    frozen->frozen_realtime_ns += by_ns;
}

uint64_t clock_monotonic_ns(const struct clock *clock)
{
    return clock->read_monotonic_ns(clock);
}

uint64_t clock_realtime_ns(const struct clock *clock)
{
    return clock->read_realtime_ns(clock);
}
