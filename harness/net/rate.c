/* SPDX-License-Identifier: MIT */
#include "net/rate.h"

void rate_init(struct rate *rate, double per_second)
{
    *rate = (struct rate){ 0 };
    if (per_second > 0) {
        rate->interval_ns = (uint64_t)((double)NANOSECONDS_PER_SECOND / per_second);
    }
}

uint64_t rate_take(struct rate *rate, uint64_t now_ns)
{
    uint64_t slot_ns = rate->next_ns > now_ns ? rate->next_ns : now_ns;
    rate->next_ns = slot_ns + rate->interval_ns;
    return slot_ns;
}

uint64_t rate_take_both(struct rate *own, struct rate *shared, uint64_t now_ns)
{
    uint64_t own_ns = rate_take(own, now_ns);
    uint64_t shared_ns = shared ? rate_take(shared, now_ns) : now_ns;
    return own_ns > shared_ns ? own_ns : shared_ns;
}

void rate_pause_until(struct rate *rate, uint64_t at_ns)
{
    rate->next_ns = at_ns > rate->next_ns ? at_ns : rate->next_ns;
}

enum loop_result rate_wait(struct rate *rate, struct loop *loop, uint64_t deadline_ns)
{
    uint64_t now_ns = loop_now_ns(loop);
    uint64_t slot_ns = rate_take(rate, now_ns);
    if (slot_ns <= now_ns) {
        return LOOP_DONE;
    }
    enum loop_result result =
        loop_run(loop, NULL, NULL, slot_ns < deadline_ns ? slot_ns : deadline_ns);
    return result == LOOP_DEADLINE && slot_ns <= deadline_ns ? LOOP_DONE : result;
}
