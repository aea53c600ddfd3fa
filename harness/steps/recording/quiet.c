/* SPDX-License-Identifier: MIT */
/* A conversation while it is recorded: its messages may still be on their way. */
#include "base/clock.h"
#include "steps/recording/comparing.h"
#include "world/step.h"
#include "world/world.h"

enum { QUIET_MS = 300 };

/* Of all sockets: what one says may still be on its way to another. */
static size_t count_all(const struct world *world)
{
    size_t count = 0;
    for (size_t i = 0; i < world->conversations.count; i++) {
        count += comparing_count_received(world->conversations.list[i]);
    }
    return count;
}

static bool is_never(UNUSED const struct step *step)
{
    return false;
}

static void finish_recording(struct step *step, enum step_wait how)
{
    struct comparing *comparing = step->state;
    size_t received = count_all(step->world);
    if (how == STEP_WAIT_CANCELLED) {
        step_fail_cancelled(step);
    } else if (received > comparing->received) {
        comparing->received = received;
        step->deadline_ns += QUIET_MS * NANOSECONDS_PER_MILLISECOND;
        step->is_done = is_never; /* once more */
        return;
    }
    comparing_release(comparing);
}

void record_conversations(struct comparing *comparing)
{
    struct step *step = comparing->step;
    comparing->received = count_all(step->world);
    step->state = comparing;
    step->is_done = is_never;
    step->finish = finish_recording;
    step->deadline_ns = step->started_ns + QUIET_MS * NANOSECONDS_PER_MILLISECOND;
}
