/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    FIRST_CLOSED_DESCRIPTOR = 3,
    OPEN_FILES = 1024, /* what programs expect; ours is raised */
    POLL_MS = 5,
};

/* Spawning. */

static int add_file_actions(posix_spawn_file_actions_t *actions,
                            const struct process_request *request, int output)
{
    int error =
        posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    error = error ? error : posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    error = error ? error : posix_spawn_file_actions_adddup2(actions, output, STDERR_FILENO);
    error = error ? error
                  : posix_spawn_file_actions_addclosefrom_np(actions, FIRST_CLOSED_DESCRIPTOR);
    if (!error && request->folder) {
        error = posix_spawn_file_actions_addchdir_np(actions, request->folder);
    }
    return error;
}

static int set_attributes(posix_spawnattr_t *attributes, bool has_group)
{
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    /* Ignored signals and blocked masks would pass through exec. */
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    int error = posix_spawnattr_setsigdefault(attributes, &all);
    error = error ? error : posix_spawnattr_setsigmask(attributes, &none);
    if (!error && has_group) {
        flags |= POSIX_SPAWN_SETPGROUP;
        error = posix_spawnattr_setpgroup(attributes, 0);
    }
    return error ? error : posix_spawnattr_setflags(attributes, flags);
}

/* posix_spawn changes no string, but its type does not say so. */
static char *const *spawn_words(const char *const *words)
{
    union {
        const char *const *ours;
        char *const *theirs;
    } words_as = { .ours = words };
    return words_as.theirs;
}

static int spawn(const struct process_request *request, int output, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) {
        return error;
    }
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        error = add_file_actions(&actions, request, output);
        error = error ? error : set_attributes(&attributes, !request->is_foreground);
        char *const *environment =
            request->environment ? spawn_words(request->environment) : environ;
        error = error ? error
                      : posix_spawnp(ret_pid, request->words[0], &actions, &attributes,
                                     spawn_words(request->words), environment);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Ours is as high as it may be; programs that close every possible descriptor would take long. */
static void limit_open_files(pid_t pid)
{
    struct rlimit limit;
    if (prlimit(pid, RLIMIT_NOFILE, NULL, &limit) == 0 && limit.rlim_cur > OPEN_FILES) {
        limit.rlim_cur = OPEN_FILES;
        (void)prlimit(pid, RLIMIT_NOFILE, &limit, NULL);
    }
}

/* Watching. */

static void read_output(struct process *process)
{
    char bytes[16 << 10];
    ssize_t count;
    while ((count = read(process->output_descriptor, bytes, sizeof(bytes))) > 0) {
        size_t left = process->output.limit_bytes - process->output.size;
        size_t kept = (size_t)count < left ? (size_t)count : left;
        buffer_add(&process->output, text_make(bytes, kept));
        process->output.is_over_limit = process->output.is_over_limit || kept < (size_t)count;
    }
    if (count == 0) {
        loop_watch_change(process->loop, &process->output_watch, LOOP_NOTHING);
    }
}

static void output_is_ready(void *context, unsigned ready)
{
    (void)ready;
    read_output(context);
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
    loop_watch_remove(process->loop, &process->output_watch);
    close(process->output_descriptor);
    if (process->exit_descriptor >= 0) {
        loop_watch_remove(process->loop, &process->exit_watch);
        close(process->exit_descriptor);
    }
}

static void look_for_end(struct process *process)
{
    if (reap(process, WNOHANG)) {
        read_output(process);
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

static void watch(struct process *process, int output)
{
    process->output_descriptor = output;
    (void)fcntl(output, F_SETFL, O_NONBLOCK);
    process->output_watch = (struct loop_watch){ .ready = output_is_ready, .context = process };
    loop_watch_add(process->loop, &process->output_watch, output, LOOP_READ);
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
    int ends[2];
    int error = pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
    pid_t pid = 0;
    if (!error) {
        error = spawn(request, ends[1], &pid);
        close(ends[1]);
        if (error) {
            close(ends[0]);
        }
    }
    if (error) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(),
                     "give the path of a program, or the name of one in PATH",
                     "cannot start '%s': %s", request->words[0], strerror(error));
        return false;
    }
    limit_open_files(pid);
    *process =
        (struct process){ .loop = loop, .pid = pid, .has_group = !request->is_foreground };
    buffer_init(&process->output, request->output_limit_bytes);
    watch(process, ends[0]);
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
        read_output(process);
        stop_watching(process);
    }
    return true;
}
