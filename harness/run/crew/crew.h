/* SPDX-License-Identifier: MIT */
/*
 * The workers of a run, seen from the parent: forked as they are needed (two, on one processor
 * one, then twice as many each millisecond while the work left is worth it and the workers mostly
 * wait for servers: where they keep the processors busy, more of them only cost), given
 * assignments (as many as one does in a few milliseconds, 2 to 32), listened to, killed when they
 * hang, replaced when they die. A worker's death costs what it was running, and only that: what it
 * had been given beyond goes back to the client.
 *
 * Process rule: everything here belongs to the parent; a worker gets nothing of it. No connection
 * may be open and nothing buffered when crew_fill is called, for it forks.
 */
#ifndef BDDRUN_RUN_CREW_CREW_H
#define BDDRUN_RUN_CREW_CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/loop.h"
#include "base/problem.h"
#include "base/text.h"
#include "run/crew/crash.h"
#include "run/crew/message.h"
#include "run/crew/slot.h"
#include "run/crew/worker.h"

struct event;
struct crew;
struct crew_worker; /* run/crew/crew_worker.h */

enum { CREW_JOBS_LIMIT = 1024, CREW_LEAVE_MS = 15000 };

/* What the run does for the crew. All are called from crew_fill or from the loop. */
struct crew_client {
    void *context;
    /* The next piece of work, or false where there is none now. *ret_note is borrowed until the
     * next call. */
    bool (*next)(void *context, struct assignment *ret_assignment, struct text *ret_note);
    /* It never started, and comes back. */
    void (*give_back)(void *context, const struct assignment *assignment);
    void (*event)(void *context, const struct event *event);
    /* The worker has gone on to the next: after an event that ends the assignment. */
    bool (*is_end)(const struct event *event);
    void (*crashed)(void *context, const struct crash *crash);
    /* A question: true with the answer added to it, or false: crew_answer will follow. */
    bool (*ask)(void *context, uint32_t worker, const struct assignment *assignment,
                struct text question, struct buffer *answer);
    /* What is wrong with the workers rather than with a scenario. */
    struct problems *problems;
    /* How many assignments next() could still give: for the ramp. */
    size_t (*left)(const void *context);
};

struct crew_setup {
    const struct worker_job *job;
    const struct crew_client *client;
    struct loop *loop;
    const struct clock *clock;
    size_t jobs;        /* at least 1 */
    bool is_one_by_one; /* nothing waits in a worker: a stop takes effect at once */
};

struct crew {
    struct crew_setup setup;
    struct slot *slots;
    struct crew_worker *workers; /* [jobs] */
    size_t worker_count;         /* alive */
    size_t job_limit;            /* fewer than jobs when the system gives no more processes */
    struct arena arena;          /* of the event being decoded */
    struct loop_timer ramp;
    struct loop_timer check;
    uint64_t ramp_ms;   /* until it looks again */
    uint64_t looked_ns; /* when it last looked how busy the workers are */
    uint64_t started_ns;
    uint64_t ended_count; /* assignments */
    uint64_t busy_ns;     /* spent in them */
    bool is_stopping;     /* nothing is given any more */
    bool is_forced;
};

bool crew_init(struct crew *crew, const struct crew_setup *setup,
               struct problems *problems) MUST_CHECK;

/* Kills what is left. */
void crew_release(struct crew *crew);

/* Gives work to workers without, and makes more of them. Call it first, and whenever next() may
 * have something again. */
void crew_fill(struct crew *crew);

/* True when no assignment is under way. */
bool crew_is_idle(const struct crew *crew);

/* Gives nothing more; what has not started comes back. Until crew_resume. */
void crew_stop(struct crew *crew);
void crew_resume(struct crew *crew);

/* Stops, and tells the workers to end what they run and to tear it down. */
void crew_cancel(struct crew *crew);

/* Kills them all now. */
void crew_kill(struct crew *crew);

/* Answers the question a worker asked. */
void crew_answer(struct crew *crew, uint32_t worker, struct text answer);

/* Lets the workers leave and waits for it. */
void crew_close(struct crew *crew);

/* The slot of a worker, and whether it runs something now: for reports of what takes long. */
const struct slot *crew_slot(const struct crew *crew, size_t index);

#endif
