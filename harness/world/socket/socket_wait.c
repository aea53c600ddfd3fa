/* SPDX-License-Identifier: MIT */
#include "world/socket_wait.h"

#include "base/quantity.h"
#include "config/settings.h"
#include "world/step.h"
#include "world/world.h"

struct socket_wait *socket_wait_new(struct step *step, const struct actor_sockets *sockets)
{
    struct arena *arena = &step->world->arena;
    struct socket_wait *wait = ARENA_NEW(arena, struct socket_wait);
    wait->step = step;
    wait->count = sockets->count;
    wait->list = ARENA_ARRAY(arena, sockets->count + 1, struct socket_waiter);
    for (size_t i = 0; i < sockets->count; i++) {
        wait->list[i] = (struct socket_waiter){ .wait = wait, .socket = sockets->list[i] };
    }
    return wait;
}

static bool is_done(const struct step *step)
{
    struct socket_wait *wait = step->state;
    for (size_t i = wait->first; i < wait->count && !step_has_failed(step); i++) {
        struct socket_waiter *waiter = &wait->list[i];
        waiter->is_done = waiter->is_done || wait->look(waiter);
        wait->first += waiter->is_done && i == wait->first;
    }
    return wait->first == wait->count || step_has_failed(step);
}

static void finish(struct step *step, enum step_wait how)
{
    struct socket_wait *wait = step->state;
    if (how == STEP_WAIT_CANCELLED) {
        step_fail_cancelled(step);
    } else if (how == STEP_WAIT_DEADLINE) {
        wait->late(wait);
    } else if (wait->then && !step_has_failed(step)) {
        wait->then(wait);
    }
    if (wait->release && !step->is_done) {
        wait->release(wait);
    }
}

void socket_wait_start_until(struct socket_wait *wait, uint64_t deadline_ns)
{
    struct step *step = wait->step;
    step->state = wait;
    step->is_done = is_done;
    step->finish = finish;
    step->deadline_ns = deadline_ns;
}

void socket_wait_start(struct socket_wait *wait)
{
    const struct step *step = wait->step;
    uint64_t limit_ns =
        step->world->context->settings->limits.receive_ms * NANOSECONDS_PER_MILLISECOND;
    socket_wait_start_until(wait, step->deadline_ns ? step->deadline_ns
                                                    : step->started_ns + limit_ns);
}

struct socket_waiter *socket_wait_pending(struct socket_wait *wait, size_t *ret_count)
{
    struct socket_waiter *first = NULL;
    *ret_count = 0;
    for (size_t i = wait->first; i < wait->count; i++) {
        struct socket_waiter *waiter = &wait->list[i];
        first = first || waiter->is_done ? first : waiter;
        *ret_count += !waiter->is_done;
    }
    return first;
}

struct text socket_wait_time(const struct socket_wait *wait)
{
    const struct step *step = wait->step;
    uint64_t waited_ns =
        step->deadline_ns > step->started_ns ? step->deadline_ns - step->started_ns : 0;
    struct buffer out;
    buffer_init(&out, 64);
    buffer_add_string(&out, "within ");
    quantity_print_duration(&out, waited_ns / NANOSECONDS_PER_MILLISECOND);
    struct text time = arena_text(&step->world->arena, buffer_text(&out));
    buffer_release(&out);
    return time;
}
