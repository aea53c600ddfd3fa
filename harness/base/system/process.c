/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/system/spawn.h"

enum { POLL_MS = 5 };

/* Watching. */

static void pipe_is_ready(void *context, unsigned ready)
{
    struct process_pipe *pipe = context;
    char bytes[16 << 10];
    ssize_t count;
    (void)ready;
    while ((count = read(pipe->descriptor, bytes, sizeof(bytes))) > 0) {
        size_t left = pipe->buffer->limit_bytes - pipe->buffer->size;
        size_t kept = (size_t)count < left ? (size_t)count : left;
        buffer_add(pipe->buffer, text_make(bytes, kept));
        pipe->buffer->is_over_limit = pipe->buffer->is_over_limit || kept < (size_t)count;
    }
    if (count == 0) {
        loop_watch_change(pipe->loop, &pipe->watch, LOOP_NOTHING);
    }
}

static void pipe_watch(struct process_pipe *pipe, struct loop *loop, int descriptor,
                       struct buffer *buffer)
{
    *pipe = (struct process_pipe){ .loop = loop, .descriptor = descriptor, .buffer = buffer };
    pipe->watch = (struct loop_watch){ .ready = pipe_is_ready, .context = pipe };
    if (descriptor >= 0) {
        (void)fcntl(descriptor, F_SETFL, O_NONBLOCK);
        loop_watch_add(loop, &pipe->watch, descriptor, LOOP_READ);
    }
}

/* What is still in it, then its end. */
static void pipe_close(struct process_pipe *pipe)
{
    if (pipe->descriptor >= 0) {
        pipe_is_ready(pipe, LOOP_READ);
        loop_watch_remove(pipe->loop, &pipe->watch);
        close(pipe->descriptor);
        pipe->descriptor = -1;
    }
}

static bool reap(struct process *process, int options)
{
    pid_t reaped;
    do {
        reaped = waitpid(process->pid, &process->wait_status, options);
    } while (reaped < 0 && errno == EINTR);
    if (reaped == 0) {
        return false;
    }
    process->pid = 0;
    process->is_finished = true;
    return true;
}

static void stop_watching(struct process *process)
{
    loop_timer_clear(process->loop, &process->poll);
    pipe_close(&process->output_pipe);
    pipe_close(&process->errors_pipe);
    if (process->exit_descriptor >= 0) {
        loop_watch_remove(process->loop, &process->exit_watch);
        close(process->exit_descriptor);
    }
}

static void look_for_end(struct process *process)
{
    if (reap(process, WNOHANG)) {
        stop_watching(process);
    } else if (process->exit_descriptor < 0) {
        loop_timer_set(process->loop, &process->poll,
                       loop_now_ns(process->loop) + POLL_MS * NANOSECONDS_PER_MILLISECOND);
    }
}

static void exit_is_ready(void *context, unsigned ready)
{
    (void)ready;
    look_for_end(context);
}

static void poll_is_due(void *context)
{
    look_for_end(context);
}

static void watch(struct process *process, int output, int errors)
{
    pipe_watch(&process->output_pipe, process->loop, output, &process->output);
    pipe_watch(&process->errors_pipe, process->loop, errors, &process->errors);
    process->poll = (struct loop_timer){ .due = poll_is_due, .context = process };
    process->exit_watch = (struct loop_watch){ .ready = exit_is_ready, .context = process };
    process->exit_descriptor = pidfd_open(process->pid, 0);
    if (process->exit_descriptor >= 0) {
        loop_watch_add(process->loop, &process->exit_watch, process->exit_descriptor,
                       LOOP_READ);
    } else {
        look_for_end(process);
    }
}

bool process_start(struct process *process, const struct process_request *request,
                   struct loop *loop, struct problems *problems)
{
    struct spawn_ends ends;
    pid_t pid = 0;
    int error = spawn_process(request, &ends, &pid);
    if (error) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "give the path of a program, or the name of one in PATH",
                     "cannot start '%s': %s", request->words[0], strerror(error));
        return false;
    }
    *process =
        (struct process){ .loop = loop, .pid = pid, .has_group = !request->is_foreground };
    buffer_init(&process->output, request->output_limit_bytes);
    buffer_init(&process->errors, request->output_limit_bytes);
    watch(process, ends.output, ends.errors);
    return true;
}

/* Its end. */

bool process_is_finished(const void *process)
{
    return ((const struct process *)process)->is_finished;
}

int process_exit_code(const struct process *process)
{
    return WIFSIGNALED(process->wait_status) ? 128 + WTERMSIG(process->wait_status)
                                             : WEXITSTATUS(process->wait_status);
}

void process_signal(struct process *process, int signal)
{
    if (process->pid > 0) {
        (void)kill(process->has_group ? -process->pid : process->pid, signal);
    }
}

void process_release(struct process *process)
{
    if (process->pid > 0) {
        process_signal(process, SIGKILL);
        (void)reap(process, 0);
        stop_watching(process);
    }
    buffer_release(&process->output);
    buffer_release(&process->errors);
    *process = (struct process){ 0 };
}

bool process_run(struct process *process, const struct process_request *request,
                 struct loop *loop, uint64_t deadline_ns, enum loop_result *ret_result,
                 struct problems *problems)
{
    if (!process_start(process, request, loop, problems)) {
        return false;
    }
    *ret_result = loop_run(loop, process_is_finished, process, deadline_ns);
    if (!process->is_finished) {
        process_signal(process, SIGKILL);
        (void)reap(process, 0);
        stop_watching(process);
    }
    return true;
}
