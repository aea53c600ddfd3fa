/* SPDX-License-Identifier: MIT */
/*
 * One event loop: descriptors, timers, cancellation. Everything that waits in a process waits here
 * (epoll). Watches and timers are the caller's storage, registered until removed; they must not
 * move meanwhile. Callbacks may add and remove any watch or timer, their own included, and may
 * cancel the loop; they must not run it. Times are nanoseconds of the loop's clock, monotonic.
 *
 * Process rule: a loop belongs to the process that made it. After a fork the child calls
 * loop_abandon on loops it inherited (nothing else: the kernel's set is shared with the parent)
 * and makes its own.
 */
#ifndef BDDRUN_BASE_LOOP_H
#define BDDRUN_BASE_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/clock.h"
#include "base/problem.h"

#define LOOP_NO_DEADLINE UINT64_MAX

enum loop_interest {
    LOOP_NOTHING = 0,
    LOOP_READ = 1,
    LOOP_WRITE = 2,
    LOOP_ERROR = 4, /* only reported: the peer hung up, or an error is pending */
};

enum loop_result {
    LOOP_DONE, /* the predicate holds */
    LOOP_DEADLINE,
    LOOP_CANCELLED,
};

struct loop;
struct loop_watch;
struct loop_timer;

typedef void loop_ready_function(void *context, unsigned ready); /* of enum loop_interest */
typedef void loop_due_function(void *context);

struct loop_watch {
    loop_ready_function *ready;
    void *context;
    int descriptor;
    unsigned interest;   /* wanted */
    unsigned registered; /* what the kernel was told */
    struct loop_watch *next_changed;
    bool is_changed;
};

struct loop_timer {
    loop_due_function *due;
    void *context;
    uint64_t at_ns;
    size_t place; /* in the heap, 1-based; 0: not set */
};

struct loop {
    const struct clock *clock;
    int descriptor;
    bool is_cancelled;
    struct loop_watch *changed; /* to be told to the kernel before it waits */
    struct loop_timer **timers; /* a heap, the earliest first */
    size_t timer_count;
    size_t timer_capacity;
    void *ready_events; /* of the round being dispatched */
    int ready_count;
};

bool loop_init(struct loop *loop, const struct clock *clock,
               struct problems *problems) MUST_CHECK;
void loop_release(struct loop *loop); /* watched descriptors stay open */
void loop_abandon(struct loop *loop); /* in a forked child: frees, touches no registration */

/* Watches descriptor; interest LOOP_NOTHING keeps the watch without reports. A change is told to
 * the kernel only when the loop next waits, so toggling costs nothing. */
void loop_watch_add(struct loop *loop, struct loop_watch *watch, int descriptor,
                    unsigned interest);
void loop_watch_change(struct loop *loop, struct loop_watch *watch, unsigned interest);

/* Best before the descriptor is closed; after that only while nothing else watches its number. */
void loop_watch_remove(struct loop *loop, struct loop_watch *watch);

/* Sets the timer (again). It fires once. */
void loop_timer_set(struct loop *loop, struct loop_timer *timer, uint64_t at_ns);
void loop_timer_clear(struct loop *loop, struct loop_timer *timer);

/* Runs until predicate(context) holds (NULL: never), the deadline passes or the loop is cancelled;
 * of several the first in this order is told. Even an expired deadline lets one round run. */
enum loop_result loop_run(struct loop *loop, bool (*predicate)(const void *context),
                          const void *context, uint64_t deadline_ns);

/* Ends the run under way and every later one at once, until loop_resume. */
void loop_cancel(struct loop *loop);
void loop_resume(struct loop *loop);

uint64_t loop_now_ns(const struct loop *loop);

#endif
