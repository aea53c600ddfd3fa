/* SPDX-License-Identifier: MIT */
/*
 * The progress of a run on a terminal: a bar with counts and the time left, below it the scenarios
 * that take long; redrawn at most ten times a second. Where there is no terminal, a plain line now
 * and then instead. Written to the notice descriptor; what cannot be written there is not an error.
 */
#ifndef BDDRUN_REPORTERS_TERMINAL_PROGRESS_BAR_H
#define BDDRUN_REPORTERS_TERMINAL_PROGRESS_BAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "event/event.h"
#include "event/reporter.h"

enum { PROGRESS_SLOW_LIMIT = 3, PROGRESS_SLOW_NS = 2000000000 };

struct running_scenario {
    uint32_t scenario;
    bool is_active;
    uint64_t started_ns;
};

struct progress_bar {
    const struct reporter_setup *setup;
    uint32_t total;
    uint64_t started_ns;
    uint64_t drawn_ns;
    unsigned drawn_lines;
    struct running_scenario *running; /* by worker; heap */
    size_t running_capacity;
    struct buffer out;
    struct arena scratch;
};

void progress_bar_init(struct progress_bar *bar, const struct reporter_setup *setup);
void progress_bar_release(struct progress_bar *bar);

void progress_bar_run_started(struct progress_bar *bar, uint32_t total, uint64_t now_ns);
void progress_bar_scenario_started(struct progress_bar *bar,
                                   const struct scenario_started *started, uint64_t now_ns);
void progress_bar_scenario_finished(struct progress_bar *bar, uint32_t worker);

/* Draws when it is time again. */
void progress_bar_draw(struct progress_bar *bar, const struct tally *tally, uint64_t now_ns);

/* Takes the bar away, before something else is written to the terminal. */
void progress_bar_erase(struct progress_bar *bar);

#endif
