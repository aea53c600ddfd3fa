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
#include <unistd.h>

#include "run/crew/crew_parts.h"

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
    worker->busy_ns = 0;
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
