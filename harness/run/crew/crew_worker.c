/* SPDX-License-Identifier: MIT */
/* One worker, seen from the parent. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/crew/crew_parts.h"
#include "run/crew/sweep.h"

/* Its birth. */

struct ends {
    int parent;
    int child;
    int output;
};

static bool make_ends(struct ends *ret_ends)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return false;
    }
    int output = memfd_create("bddrun-worker", MFD_CLOEXEC);
    if (output < 0) {
        close(pair[0]);
        close(pair[1]);
        return false;
    }
    (void)fcntl(output, F_SETFL, O_APPEND);
    *ret_ends = (struct ends){ pair[0], pair[1], output };
    return true;
}

static void exit_is_ready(void *context, unsigned ready)
{
    struct crew_worker *worker = context;
    int wait_status;
    (void)ready;
    if (waitpid(worker->pid, &wait_status, WNOHANG) == worker->pid) {
        crew_worker_bury(worker, wait_status);
    }
}

static void socket_is_ready(void *context, unsigned ready)
{
    struct crew_worker *worker = context;
    if (ready & LOOP_WRITE) {
        crew_worker_send_unsent(worker);
    }
    uint64_t ended = worker->crew->ended_count;
    crew_worker_receive(worker);
    if (ready & LOOP_ERROR) {
        /* Without pidfd this is how its end is seen. */
        exit_is_ready(worker, 0);
    }
    if (worker->crew->ended_count != ended) {
        crew_is_freer(worker->crew);
    }
}

static void watch(struct crew_worker *worker)
{
    struct loop *loop = worker->crew->setup.loop;
    worker->watch = (struct loop_watch){ .ready = socket_is_ready, .context = worker };
    loop_watch_add(loop, &worker->watch, worker->socket, LOOP_READ);
    worker->exit_watch = (struct loop_watch){ .ready = exit_is_ready, .context = worker };
    worker->exit_descriptor = pidfd_open(worker->pid, 0);
    if (worker->exit_descriptor >= 0) {
        loop_watch_add(loop, &worker->exit_watch, worker->exit_descriptor, LOOP_READ);
    }
}

static void begin(struct crew_worker *worker, pid_t pid, const struct ends *ends)
{
    (void)setpgid(pid, pid); /* the child does the same: whoever comes first */
    close(ends->child);
    worker->pid = pid;
    worker->socket = ends->parent;
    worker->output = ends->output;
    worker->generation = 0;
    worker->given = 0;
    worker->is_hung = false;
    worker->is_closed = false;
    worker->crew->worker_count++;
    watch(worker);
}

bool crew_worker_fork(struct crew_worker *worker, int *ret_error)
{
    struct crew *crew = worker->crew;
    struct ends ends;
    if (!make_ends(&ends)) {
        *ret_error = errno;
        return false;
    }
    slot_reset(worker->slot);
    struct worker_start start = { .job = crew->setup.job,
                                  .clock = crew->setup.clock,
                                  .parent_loop = crew->setup.loop,
                                  .slot = worker->slot,
                                  .number = worker->number,
                                  .parent = getpid(),
                                  .socket = ends.child,
                                  .output = ends.output };
    fflush(NULL); /* what is buffered would be written twice */
    pid_t pid = fork();
    if (pid == 0) {
        worker_main(&start);
    }
    if (pid < 0) {
        *ret_error = errno;
        close(ends.parent);
        close(ends.child);
        close(ends.output);
        return false;
    }
    begin(worker, pid, &ends);
    return true;
}

/* Its work. */

bool crew_worker_give(struct crew_worker *worker, size_t depth)
{
    const struct crew_client *client = worker->crew->setup.client;
    bool has_given = false;
    while (worker->queue_count < depth) {
        struct assignment next = { 0 };
        struct text note = TEXT_EMPTY;
        if (!client->next(client->context, &next, &note)) {
            break;
        }
        next.generation = worker->generation;
        next.number = worker->given++;
        size_t at = (worker->queue_first + worker->queue_count++) % WORKER_QUEUE_LIMIT;
        worker->queue[at] = next;
        message_add_assignment(&worker->unsent, &next, note);
        has_given = true;
    }
    if (has_given) {
        crew_worker_send_unsent(worker);
    }
    return has_given;
}

void crew_worker_revoke(struct crew_worker *worker)
{
    const struct crew_client *client = worker->crew->setup.client;
    if (worker->pid == 0 || worker->queue_count == 0) {
        return;
    }
    uint32_t claimed = slot_revoke(worker->slot, worker->generation);
    uint32_t generation = worker->generation++;
    worker->given = 0;
    while (worker->queue_count > 0) {
        size_t last = (worker->queue_first + worker->queue_count - 1) % WORKER_QUEUE_LIMIT;
        const struct assignment *assignment = &worker->queue[last];
        if (assignment->generation != generation || assignment->number < claimed) {
            break;
        }
        worker->queue_count--;
        client->give_back(client->context, assignment);
    }
}

void crew_worker_close(struct crew_worker *worker)
{
    if (worker->pid > 0 && !worker->is_closed) {
        worker->is_closed = true;
        (void)shutdown(worker->socket, SHUT_WR);
    }
}

/* Its death. */

static bool is_own_worker(const void *context, pid_t pid)
{
    const struct crew *crew = context;
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        if (crew->workers[i].pid == pid) {
            return true;
        }
    }
    return false;
}

void crew_worker_kill(struct crew_worker *worker)
{
    if (worker->pid > 0) {
        worker->is_hung = true;
        (void)kill(-worker->pid, SIGKILL);
        (void)kill(worker->pid, SIGKILL); /* before it has made its group */
    }
}

/* All bytes it sent, then all it had not sent. */
static void take_rest(struct crew_worker *worker)
{
    char bytes[4096];
    ssize_t count;
    while ((count = recv(worker->socket, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
        crew_worker_take_bytes(worker, text_make(bytes, (size_t)count));
    }
    crew_worker_take_bytes(worker, slot_batch(worker->slot));
}

static struct text read_output(struct crew_worker *worker, char *bytes, size_t capacity)
{
    ssize_t count = pread(worker->output, bytes, capacity, 0);
    return text_make(bytes, count > 0 ? (size_t)count : 0);
}

/* The first of its queue, if it was started: in the order given, without a result. */
static bool has_started_first(const struct crew_worker *worker)
{
    const struct assignment *first = &worker->queue[worker->queue_first];
    return worker->queue_count > 0 && (first->generation != worker->generation ||
                                       first->number < slot_claimed(worker->slot));
}

static void blame(struct crew_worker *worker, int wait_status, struct text output)
{
    const struct crew_client *client = worker->crew->setup.client;
    uint64_t now_ns = loop_now_ns(worker->crew->setup.loop);
    uint64_t started_ns = atomic_load(&worker->slot->started_ns);
    struct crash crash = { .assignment = worker->queue[worker->queue_first],
                           .worker = worker->number,
                           .step = atomic_load(&worker->slot->step),
                           .duration_ns = now_ns > started_ns ? now_ns - started_ns : 0,
                           .is_killed = worker->is_hung,
                           .is_forced = worker->crew->is_forced,
                           .wait_status = wait_status,
                           .output = output,
                           .note = buffer_text(&worker->note) };
    crash.assignment.attempt = atomic_load(&worker->slot->attempt); /* it may be a retry */
    worker->queue_first = (worker->queue_first + 1) % WORKER_QUEUE_LIMIT;
    worker->queue_count--;
    worker->crew->ended_count++;
    client->crashed(client->context, &crash);
}

static void give_back_rest(struct crew_worker *worker)
{
    const struct crew_client *client = worker->crew->setup.client;
    while (worker->queue_count > 0) {
        size_t last = (worker->queue_first + --worker->queue_count) % WORKER_QUEUE_LIMIT;
        client->give_back(client->context, &worker->queue[last]);
    }
}

/* It ended wrongly, and no scenario is to blame. */
static void complain(const struct crew_worker *worker, int wait_status, struct text output)
{
    struct problems *problems = worker->crew->setup.client->problems;
    if (WIFSIGNALED(wait_status)) {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "a worker was ended by signal %d between two scenarios",
                     WTERMSIG(wait_status));
    } else {
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), NULL,
                     "a worker ended with status %d", WEXITSTATUS(wait_status));
    }
    if (output.size) {
        problems_hint(problems, "it said: %.*s", TEXT_ARG(text_trim(output)));
    }
}

static void sweep(const struct crew_worker *worker, pid_t pid)
{
    struct timespec boot;
    (void)kill(-pid, SIGKILL);
    (void)clock_gettime(CLOCK_BOOTTIME, &boot);
    uint64_t boot_ns = (uint64_t)boot.tv_sec * NANOSECONDS_PER_SECOND + (uint64_t)boot.tv_nsec;
    uint64_t now_ns = loop_now_ns(worker->crew->setup.loop);
    uint64_t age_ns = now_ns - atomic_load(&worker->slot->started_ns);
    (void)sweep_orphans(is_own_worker, worker->crew, boot_ns > age_ns ? boot_ns - age_ns : 0);
}

static void free_place(struct crew_worker *worker)
{
    struct loop *loop = worker->crew->setup.loop;
    loop_watch_remove(loop, &worker->watch);
    close(worker->socket);
    if (worker->exit_descriptor >= 0) {
        loop_watch_remove(loop, &worker->exit_watch);
        close(worker->exit_descriptor);
    }
    close(worker->output);
    worker->queue_first = 0;
    buffer_clear(&worker->input);
    buffer_clear(&worker->unsent);
    buffer_clear(&worker->note);
}

void crew_worker_bury(struct crew_worker *worker, int wait_status)
{
    char bytes[4096];
    pid_t pid = worker->pid;
    bool is_well = WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0;
    take_rest(worker);
    struct text output = read_output(worker, bytes, sizeof(bytes));
    worker->pid = 0;
    worker->crew->worker_count--;
    bool has_blamed = has_started_first(worker);
    if (!is_well || has_blamed) {
        sweep(worker, pid);
    }
    if (has_blamed) {
        blame(worker, wait_status, output);
    } else if (!is_well && !worker->crew->is_forced) {
        complain(worker, wait_status, output);
    }
    give_back_rest(worker);
    free_place(worker);
    crew_is_freer(worker->crew);
}
