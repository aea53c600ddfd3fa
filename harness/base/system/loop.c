/* SPDX-License-Identifier: MIT */
#include "base/loop.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/alloc.h"

enum { EVENTS_PER_ROUND = 64 };

bool loop_init(struct loop *loop, const struct clock *clock, struct problems *problems)
{
    int descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "raise the limit of open files (ulimit -n)",
                     "cannot make an event loop: %s", strerror(errno));
        return false;
    }
    *loop = (struct loop){ .clock = clock, .descriptor = descriptor };
    return true;
}

void loop_release(struct loop *loop)
{
    close(loop->descriptor);
    free(loop->timers);
    *loop = (struct loop){ .descriptor = -1 };
}

void loop_abandon(struct loop *loop)
{
    /* Closing our copy of the descriptor leaves the parent's set as it is. */
    loop_release(loop);
}

/* Watches. */

static void mark_changed(struct loop *loop, struct loop_watch *watch)
{
    if (!watch->is_changed) {
        watch->is_changed = true;
        watch->next_changed = loop->changed;
        loop->changed = watch;
    }
}

void loop_watch_add(struct loop *loop, struct loop_watch *watch, int descriptor,
                    unsigned interest)
{
    watch->descriptor = descriptor;
    watch->interest = interest;
    watch->registered = LOOP_NOTHING;
    watch->is_changed = false;
    mark_changed(loop, watch);
}

void loop_watch_change(struct loop *loop, struct loop_watch *watch, unsigned interest)
{
    watch->interest = interest;
    if (watch->registered != interest) {
        mark_changed(loop, watch);
    }
}

static void tell_kernel(struct loop *loop, struct loop_watch *watch)
{
    unsigned wanted = watch->interest & (LOOP_READ | LOOP_WRITE);
    if (wanted == watch->registered) {
        return;
    }
    int operation = wanted == LOOP_NOTHING              ? EPOLL_CTL_DEL
                    : watch->registered == LOOP_NOTHING ? EPOLL_CTL_ADD
                                                        : EPOLL_CTL_MOD;
    struct epoll_event event = { .data.ptr = watch };
    event.events |= (wanted & LOOP_READ) ? (unsigned)EPOLLIN : 0;
    event.events |= (wanted & LOOP_WRITE) ? (unsigned)EPOLLOUT : 0;
    bool is_told = epoll_ctl(loop->descriptor, operation, watch->descriptor, &event) == 0;
    /* What was closed the kernel has forgotten by itself. */
    bool is_gone = operation == EPOLL_CTL_DEL && (errno == EBADF || errno == ENOENT);
    if (!is_told && !is_gone) {
        BUG("epoll_ctl on descriptor %d: %s", watch->descriptor, strerror(errno));
    }
    watch->registered = wanted;
}

static void tell_changes(struct loop *loop)
{
    while (loop->changed) {
        struct loop_watch *watch = loop->changed;
        loop->changed = watch->next_changed;
        watch->is_changed = false;
        tell_kernel(loop, watch);
    }
}

static void forget_change(struct loop *loop, struct loop_watch *watch)
{
    struct loop_watch **link = &loop->changed;
    while (*link && *link != watch) {
        link = &(*link)->next_changed;
    }
    if (*link) {
        *link = watch->next_changed;
    }
    watch->is_changed = false;
}

static void forget_ready(struct loop *loop, const struct loop_watch *watch)
{
    struct epoll_event *events = loop->ready_events;
    for (int i = 0; i < loop->ready_count; i++) {
        if (events[i].data.ptr == watch) {
            events[i].data.ptr = NULL;
        }
    }
}

void loop_watch_remove(struct loop *loop, struct loop_watch *watch)
{
    if (watch->is_changed) {
        forget_change(loop, watch);
    }
    forget_ready(loop, watch);
    watch->interest = LOOP_NOTHING;
    tell_kernel(loop, watch);
}

/* Timers: a binary heap; places are 1-based. */

static void put_timer(struct loop *loop, struct loop_timer *timer, size_t place)
{
    loop->timers[place - 1] = timer;
    timer->place = place;
}

static void move_up(struct loop *loop, struct loop_timer *timer)
{
    size_t place = timer->place;
    while (place > 1 && loop->timers[place / 2 - 1]->at_ns > timer->at_ns) {
        put_timer(loop, loop->timers[place / 2 - 1], place);
        place /= 2;
    }
    put_timer(loop, timer, place);
}

static void move_down(struct loop *loop, struct loop_timer *timer)
{
    size_t place = timer->place;
    for (size_t child = 2 * place; child <= loop->timer_count; child = 2 * place) {
        if (child < loop->timer_count &&
            loop->timers[child]->at_ns < loop->timers[child - 1]->at_ns) {
            child++;
        }
        if (loop->timers[child - 1]->at_ns >= timer->at_ns) {
            break;
        }
        put_timer(loop, loop->timers[child - 1], place);
        place = child;
    }
    put_timer(loop, timer, place);
}

void loop_timer_set(struct loop *loop, struct loop_timer *timer, uint64_t at_ns)
{
    timer->at_ns = at_ns;
    if (timer->place == 0) {
        GROW(loop->timers, loop->timer_count, loop->timer_capacity);
        put_timer(loop, timer, ++loop->timer_count);
    }
    move_up(loop, timer);
    move_down(loop, timer);
}

void loop_timer_clear(struct loop *loop, struct loop_timer *timer)
{
    if (timer->place == 0) {
        return;
    }
    struct loop_timer *last = loop->timers[--loop->timer_count];
    if (last != timer) {
        put_timer(loop, last, timer->place);
        move_up(loop, last);
        move_down(loop, last);
    }
    timer->place = 0;
}

/* Running. */

static void fire_timers(struct loop *loop)
{
    uint64_t now_ns = loop_now_ns(loop);
    /* At most those that are set now: one that sets itself again at once waits a round. */
    for (size_t left = loop->timer_count; left > 0; left--) {
        if (loop->timer_count == 0 || loop->timers[0]->at_ns > now_ns) {
            return;
        }
        struct loop_timer *timer = loop->timers[0];
        loop_timer_clear(loop, timer);
        timer->due(timer->context);
    }
}

static int wait_ms(const struct loop *loop, uint64_t deadline_ns)
{
    uint64_t until_ns = deadline_ns;
    if (loop->timer_count > 0 && loop->timers[0]->at_ns < until_ns) {
        until_ns = loop->timers[0]->at_ns;
    }
    if (until_ns == LOOP_NO_DEADLINE) {
        return -1;
    }
    uint64_t now_ns = loop_now_ns(loop);
    if (until_ns <= now_ns) {
        return 0;
    }
    uint64_t left_ms = (until_ns - now_ns - 1) / NANOSECONDS_PER_MILLISECOND + 1;
    return left_ms > INT_MAX ? INT_MAX : (int)left_ms;
}

static void dispatch(const struct epoll_event *event)
{
    struct loop_watch *watch = event->data.ptr;
    if (!watch || watch->interest == LOOP_NOTHING) {
        return; /* removed or paused by a callback of this round */
    }
    unsigned ready = (event->events & EPOLLIN) ? LOOP_READ : LOOP_NOTHING;
    ready |= (event->events & EPOLLOUT) ? LOOP_WRITE : LOOP_NOTHING;
    ready |= (event->events & (EPOLLERR | EPOLLHUP)) ? LOOP_ERROR : LOOP_NOTHING;
    watch->ready(watch->context, ready);
}

static void run_round(struct loop *loop, uint64_t deadline_ns)
{
    struct epoll_event events[EVENTS_PER_ROUND];
    tell_changes(loop);
    int count =
        epoll_wait(loop->descriptor, events, EVENTS_PER_ROUND, wait_ms(loop, deadline_ns));
    loop->ready_events = events;
    loop->ready_count = count > 0 ? count : 0;
    for (int i = 0; i < count; i++) {
        dispatch(&events[i]);
    }
    loop->ready_events = NULL;
    loop->ready_count = 0;
    fire_timers(loop);
}

enum loop_result loop_run(struct loop *loop, bool (*predicate)(const void *context),
                          const void *context, uint64_t deadline_ns)
{
    for (bool has_run = false;; has_run = true) {
        if (predicate && predicate(context)) {
            return LOOP_DONE;
        }
        if (loop->is_cancelled) {
            return LOOP_CANCELLED;
        }
        if (has_run && deadline_ns != LOOP_NO_DEADLINE && loop_now_ns(loop) >= deadline_ns) {
            return LOOP_DEADLINE;
        }
        run_round(loop, deadline_ns);
    }
}

void loop_cancel(struct loop *loop)
{
    loop->is_cancelled = true;
}

void loop_resume(struct loop *loop)
{
    loop->is_cancelled = false;
}

uint64_t loop_now_ns(const struct loop *loop)
{
    return clock_monotonic_ns(loop->clock);
}
