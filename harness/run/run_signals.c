/* SPDX-License-Identifier: MIT */
/* Interrupts and time. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "run/run_parts.h"

enum { TICK_MS = 100, END_LIMIT_MS = 5000 };

static uint64_t in_ms(const struct run *run, uint64_t ms)
{
    return loop_now_ns(&run->loop) + ms * NANOSECONDS_PER_MILLISECOND;
}

void run_cut_short(struct run *run, struct text cause)
{
    if (!run->is_cut_short) {
        run->is_cut_short = true;
        run->cause = cause;
    }
    crew_stop(&run->crew);
}

void run_interrupt(struct run *run, struct text cause)
{
    run_cut_short(run, cause);
    crew_cancel(&run->crew);
    loop_timer_set(&run->loop, &run->limit, in_ms(run, END_LIMIT_MS));
}

static void kill_all(struct run *run)
{
    run->is_over = true;
    crew_kill(&run->crew);
}

static void limit_is_due(void *context)
{
    struct run *run = context;
    if (run->is_cut_short) {
        kill_all(run); /* its end took too long, or the limit passed while it ended */
        return;
    }
    run_interrupt(run, arena_format(&run->arena, "the run took longer than its limit of %llu s",
                                    (unsigned long long)run->runner.limits.run_ms / 1000));
}

static void tick_is_due(void *context)
{
    struct run *run = context;
    run_announce_slow(run);
    stream_tick(&run->stream);
    loop_timer_set(&run->loop, &run->tick, in_ms(run, TICK_MS));
}

void run_set_timers(struct run *run)
{
    run->tick = (struct loop_timer){ .due = tick_is_due, .context = run };
    run->limit = (struct loop_timer){ .due = limit_is_due, .context = run };
    loop_timer_set(&run->loop, &run->tick, in_ms(run, TICK_MS));
    if (run->runner.limits.run_ms) {
        loop_timer_set(&run->loop, &run->limit, in_ms(run, run->runner.limits.run_ms));
    }
}

static void signal_is_ready(void *context, unsigned ready)
{
    struct run *run = context;
    struct signalfd_siginfo info;
    (void)ready;
    if (read(run->signal_descriptor, &info, sizeof(info)) != sizeof(info)) {
        return;
    }
    if (run->signal) {
        kill_all(run);
        return;
    }
    run->signal = (int)info.ssi_signo;
    run_interrupt(run, TEXT("interrupted"));
}

static sigset_t caught(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

bool run_catch_signals(struct run *run, struct problems *problems)
{
    sigset_t set = caught();
    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    run->signal_descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (run->signal_descriptor < 0) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "raise the limit of open files (ulimit -n)", "cannot wait for signals: %s",
                     strerror(errno));
        return false;
    }
    run->signals = (struct loop_watch){ .ready = signal_is_ready, .context = run };
    loop_watch_add(&run->loop, &run->signals, run->signal_descriptor, LOOP_READ);
    return true;
}

void run_release_signals(struct run *run)
{
    sigset_t set = caught();
    loop_timer_clear(&run->loop, &run->tick);
    loop_timer_clear(&run->loop, &run->limit);
    if (run->signal_descriptor >= 0) {
        loop_watch_remove(&run->loop, &run->signals);
        close(run->signal_descriptor);
    }
    (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
}
