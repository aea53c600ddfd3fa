/* SPDX-License-Identifier: MIT */
/*
 * A worker: a forked child that runs one assignment after the other, each on one event loop.
 * Nothing of the parent is left to it but memory: signals, descriptors, limits are its own, its
 * output goes to a file in memory that the parent can read even after a crash. It never returns
 * through the frames it was forked from: it leaves by worker_leave.
 *
 * Events are sent when a millisecond has passed since they were last sent, when 16 KiB wait, and
 * when nothing is left to do. Sending may block; no scenario is under way then.
 */
#ifndef BDDRUN_RUN_CREW_WORKER_H
#define BDDRUN_RUN_CREW_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/loop.h"
#include "base/text.h"
#include "run/crew/message.h"
#include "run/crew/slot.h"

struct event;
struct worker;

enum {
    WORKER_QUEUE_LIMIT = 32,
    /* How long what is done may wait to be sent: several workers on one CPU do less than one fast
     * scenario in a millisecond each, and each message wakes the parent. */
    WORKER_SEND_MS = 4,
    WORKER_SEND_BYTES = 16 << 10,
    WORKER_OUTPUT_LIMIT_BYTES = 64 << 10, /* what is kept of stdout and stderr, a scenario */
    WORKER_LEAK_STATUS = 23,
};

/* What a worker does, given from outside. */
struct worker_job {
    void *context;
    void *(*open)(void *context, struct worker *worker); /* once, after the fork */
    void (*run)(void *state, struct worker *worker, const struct assignment *assignment,
                struct text note);
    void (*close)(void *state);
};

/* What the parent prepares before it forks. */
struct worker_start {
    const struct worker_job *job;
    const struct clock *clock;
    struct loop *parent_loop; /* to be abandoned */
    struct slot *slot;
    uint32_t number;
    pid_t parent;
    int socket;
    int output; /* a file in memory */
};

struct worker_queued {
    struct assignment assignment;
    char *note; /* heap, or NULL */
    size_t note_bytes;
};

struct worker {
    struct loop loop;
    struct slot *slot;
    uint32_t number; /* from 1; a place in the crew, not a process */
    int socket;
    struct loop_watch watch;
    struct buffer input;
    struct buffer frame; /* an event, encoded */
    struct buffer scratch;
    struct worker_queued queue[WORKER_QUEUE_LIMIT];
    size_t queue_first;
    size_t queue_count;
    uint64_t sent_ns;
    bool is_cancelled; /* the parent said so; the loop is cancelled too */
    bool is_closed;    /* the parent has no more work */
    bool has_answer;
    struct buffer answer;
};

/* In the child: never returns. */
NORETURN void worker_main(const struct worker_start *start);

/* Hands an event over; it is sent when due. */
void worker_event(struct worker *worker, const struct event *event);

/* Sends what waits, now. */
void worker_flush(struct worker *worker);

/* Asks the parent and runs the loop until the answer is there (*ret_answer is valid until the next
 * question). False when the loop was cancelled or the parent is gone. */
bool worker_ask(struct worker *worker, struct text question, struct text *ret_answer);

/* Says what must be done if this worker dies within the assignment: sent at once. */
void worker_note(struct worker *worker, struct text note);

/* Replaces the buffer's content with what this process, a worker, printed since the last call,
 * capped. */
void worker_take_output(struct buffer *out);

/* Ends the process without atexit and stdio: dumps coverage, looks for leaks in such builds. */
NORETURN void worker_leave(int status);

#endif
