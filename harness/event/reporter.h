/* SPDX-License-Identifier: MIT */
/*
 * The one interface behind which reports are written. Reporters live in the parent process, get
 * every event in turn and write by themselves with write(2), so that nothing is buffered across a
 * fork. The table is declared here and defined in reporters/reporters.c: a new reporter is a new
 * file and one line there.
 */
#ifndef BDDRUN_EVENT_REPORTER_H
#define BDDRUN_EVENT_REPORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/clock.h"
#include "base/problem.h"
#include "base/text.h"
#include "event/event.h"
#include "event/scenario_info.h"

/* What all reporters of a run share; borrowed for their life. */
struct reporter_setup {
    const struct scenario_lookup *scenarios;
    const struct clock *clock;
    int output_descriptor; /* the standard output: results */
    int notice_descriptor; /* the standard error: progress and problems */
    int verbosity;         /* -1 quiet, 0, 1 steps, 2 heads, 3 bodies */
    bool with_colour;
    bool has_progress; /* draw a progress bar on notice_descriptor */
    uint32_t columns;  /* of the terminal; 0: unknown */
};

struct reporter_type {
    const char *name;     /* of --format NAME */
    const char *summary;  /* one line, no full stop */
    bool wants_envelopes; /* somebody has to make EVENT_ENVELOPE */
    bool shows_problems;  /* EVENT_PROBLEM is printed; otherwise the command has to */
    /* Opens; file is empty for the standard output. NULL with a problem. */
    void *(*open)(const struct reporter_setup *setup, struct text file,
                  struct problems *problems);
    /* Takes an event. False with a problem when the report cannot be written any more: the stream
     * then abandons it and goes on with the others. */
    bool (*event)(void *reporter, const struct event *event, struct problems *problems);
    /* Called now and then while nothing happens; NULL: not needed. */
    void (*tick)(void *reporter);
    /* Completes the report (also after a run that was cut short) and frees the reporter. */
    bool (*close)(void *reporter, struct problems *problems);
    /* Frees the reporter without completing the report. */
    void (*abandon)(void *reporter);
};

extern const struct reporter_type *const reporters[];
extern const size_t reporter_count;

const struct reporter_type *reporter_find(struct text name); /* NULL: there is none */

#endif
