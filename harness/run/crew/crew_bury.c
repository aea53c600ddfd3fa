/* SPDX-License-Identifier: MIT */
/* The death of a worker: what it left, who is to blame, what comes back. */
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/crew/crew_parts.h"
#include "run/crew/sweep.h"

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
