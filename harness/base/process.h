/* SPDX-License-Identifier: MIT */
/*
 * The one way to start another program. It gets the standard signals and an empty mask whatever we
 * ignore or block, no descriptor of ours beyond 0 (/dev/null, or the given input), 1 and 2 (captured,
 * together or apart), and the usual limit of open files. It runs on the loop: nothing blocks. It is over when the process is,
 * even if a grandchild still holds its output.
 *
 * Process rule: a process belongs to who started it; a forked child neither kills nor reaps it.
 */
#ifndef BDDRUN_BASE_PROCESS_H
#define BDDRUN_BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/loop.h"
#include "base/problem.h"
#include "base/text.h"

/* Borrowed for the call only. */
struct process_request {
    const char *const *words;       /* NULL-ended; words[0] is searched in PATH: no shell */
    const char *const *environment; /* NULL-ended; NULL: that of this process */
    const char *folder;             /* to run in; NULL: the working directory */
    struct text input;              /* for its standard input; size 0: /dev/null */
    size_t output_limit_bytes;      /* what passes it is dropped: output.is_over_limit */
    bool has_errors_apart;          /* standard error goes to errors, else to output too */
    bool is_foreground; /* stays in our process group, where ssh may ask for a password */
};

/* What one descriptor of it writes. */
struct process_pipe {
    struct loop *loop;
    int descriptor; /* -1: none */
    struct loop_watch watch;
    struct buffer *buffer;
};

struct process {
    struct loop *loop;
    pid_t pid; /* 0: not running */
    bool has_group;
    bool is_finished;
    int wait_status; /* as of waitpid */
    int exit_descriptor;
    struct loop_watch exit_watch;
    struct process_pipe output_pipe;
    struct process_pipe errors_pipe;
    struct loop_timer poll; /* where the kernel has no pidfd */
    struct buffer output;
    struct buffer errors; /* of one with has_errors_apart */
};

/* Starts it; the struct must not move until process_release. False with a problem
 * (PROBLEM_ENVIRONMENT), and then nothing is to be released. */
bool process_start(struct process *process, const struct process_request *request,
                   struct loop *loop, struct problems *problems) MUST_CHECK;

/* For loop_run and for steps that wait: context is the struct process. */
bool process_is_finished(const void *process);

/* The exit code, or 128 plus the signal that ended it. Only when finished. */
int process_exit_code(const struct process *process);

/* Sends the signal to it and its group. */
void process_signal(struct process *process, int signal);

/* Kills what still runs, reaps it, frees. A zeroed one may be released. */
void process_release(struct process *process);

/* Starts it and runs the loop until it is over; killed at the deadline or when the loop is
 * cancelled. The result is to be released by the caller. False: it did not start. */
bool process_run(struct process *process, const struct process_request *request,
                 struct loop *loop, uint64_t deadline_ns, enum loop_result *ret_result,
                 struct problems *problems) MUST_CHECK;

#endif
