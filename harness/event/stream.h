/* SPDX-License-Identifier: MIT */
/*
 * The events of a run, handed to all its reporters in the parent process. A reporter that cannot
 * write is dropped with a problem; the others lose nothing.
 */
#ifndef BDDRUN_EVENT_STREAM_H
#define BDDRUN_EVENT_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "event/event.h"
#include "event/reporter.h"

enum { STREAM_REPORTERS_LIMIT = 16 };

struct stream_reporter {
    const struct reporter_type *type;
    void *reporter; /* NULL: dropped */
};

struct stream {
    struct stream_reporter list[STREAM_REPORTERS_LIMIT];
    size_t count;
    bool has_failed; /* a report was lost */
};

/* Opens the reporters of --format values NAME[:FILE] ("-" is the standard output; none: terminal).
 * False with problems (PROBLEM_USAGE: unknown name, two on the standard output or one file;
 * PROBLEM_ENVIRONMENT: cannot be written), and then nothing is open. */
bool stream_open(struct stream *stream, const struct text *formats, size_t format_count,
                 const struct reporter_setup *setup, struct problems *problems) MUST_CHECK;

bool stream_wants_envelopes(const struct stream *stream);
bool stream_shows_problems(const struct stream *stream);

/* Problems of writing are added; the run goes on. */
void stream_event(struct stream *stream, const struct event *event, struct problems *problems);

/* Now and then (100 ms) while nothing happens, so that progress moves. */
void stream_tick(struct stream *stream);

/* Completes all reports. False with problems when one was lost, now or earlier. */
bool stream_close(struct stream *stream, struct problems *problems);

/* Closes everything without completing reports: the run never began. */
void stream_abandon(struct stream *stream);

#endif
