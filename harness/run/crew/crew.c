/* SPDX-License-Identifier: MIT */
#include "run/crew/crew.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/alloc.h"
#include "run/crew/crew_parts.h"
#include "run/crew/sweep.h"

enum {
    FIRST_WORKERS = 2,
    RAMP_MS = 1,
    WORTH_MS = 5, /* work left for each worker that makes another worth its millisecond */
    CHECK_MS = 20,
};

/* A place in the crew takes four descriptors; 1,000 sockets in a worker need more than 1,024. */
static void raise_open_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static uint64_t now(const struct crew *crew)
{
    return loop_now_ns(crew->setup.loop);
}

/* How much to give. */

/* What an assignment takes; while none has ended, as long as it has taken so far. */
static uint64_t mean_ns(const struct crew *crew)
{
    uint64_t mean =
        crew->ended_count ? crew->busy_ns / crew->ended_count : now(crew) - crew->started_ns;
    return mean ? mean : 1;
}

static size_t depth(const struct crew *crew)
{
    size_t in_a_millisecond = (size_t)(NANOSECONDS_PER_MILLISECOND / mean_ns(crew));
    size_t wanted = in_a_millisecond > WORKER_QUEUE_LIMIT ? WORKER_QUEUE_LIMIT
                    : in_a_millisecond < 2                ? 2
                                                          : in_a_millisecond;
    size_t workers = crew->job_limit ? crew->job_limit : 1;
    size_t left = crew->setup.client->left(crew->setup.client->context);
    size_t share = left > workers ? (left + workers - 1) / workers : 1;
    return share < wanted ? share : wanted;
}

static bool is_more_worth_it(const struct crew *crew)
{
    size_t left = crew->setup.client->left(crew->setup.client->context);
    return crew->worker_count < crew->job_limit &&
           (double)left * (double)mean_ns(crew) >
               (double)crew->worker_count * WORTH_MS * (double)NANOSECONDS_PER_MILLISECOND;
}

/* Making workers. */

static struct crew_worker *free_place(struct crew *crew)
{
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        if (crew->workers[i].pid == 0) {
            return &crew->workers[i];
        }
    }
    BUG("no place for another worker");
}

static void accept_fewer(struct crew *crew, int error)
{
    struct problems *problems = crew->setup.client->problems;
    crew->job_limit = crew->worker_count;
    enum problem_kind kind = crew->worker_count ? PROBLEM_WARNING : PROBLEM_ENVIRONMENT;
    problems_add(problems, kind, span_none(),
                 "use fewer jobs (-j), or raise the limits of processes and open files",
                 "only %zu of %zu workers could be started: %s", crew->worker_count,
                 crew->setup.jobs, strerror(error));
}

static void add_workers(struct crew *crew, size_t count)
{
    for (size_t i = 0; i < count && crew->worker_count < crew->job_limit; i++) {
        if (crew->setup.client->left(crew->setup.client->context) == 0) {
            return;
        }
        struct crew_worker *worker = free_place(crew);
        int error;
        if (!crew_worker_fork(worker, &error)) {
            accept_fewer(crew, error);
            return;
        }
        (void)crew_worker_give(worker, depth(crew));
    }
}

static void ramp_is_due(void *context)
{
    struct crew *crew = context;
    if (crew->is_stopping) {
        return;
    }
    if (is_more_worth_it(crew)) {
        add_workers(crew, crew->worker_count);
    }
    if (crew->worker_count < crew->job_limit) {
        loop_timer_set(crew->setup.loop, &crew->ramp,
                       now(crew) + RAMP_MS * NANOSECONDS_PER_MILLISECOND);
    }
}

/* Giving. */

/* Somebody has nothing to do: what waits behind a long scenario is taken back. */
static void take_back_waiting(struct crew *crew)
{
    uint64_t now_ns = now(crew);
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        struct crew_worker *worker = &crew->workers[i];
        uint64_t started_ns = atomic_load(&worker->slot->started_ns);
        if (worker->pid > 0 && worker->queue_count > 1 &&
            now_ns > started_ns + NANOSECONDS_PER_MILLISECOND) {
            crew_worker_revoke(worker);
        }
    }
}

static bool give_all(struct crew *crew)
{
    bool is_somebody_idle = false;
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        struct crew_worker *worker = &crew->workers[i];
        if (worker->pid > 0 && !worker->is_hung && !worker->is_closed) {
            (void)crew_worker_give(worker, depth(crew));
            is_somebody_idle = is_somebody_idle || worker->queue_count == 0;
        }
    }
    return is_somebody_idle;
}

void crew_fill(struct crew *crew)
{
    if (crew->is_stopping) {
        return;
    }
    if (give_all(crew)) {
        take_back_waiting(crew);
        (void)give_all(crew);
    }
    if (crew->worker_count < FIRST_WORKERS) {
        add_workers(crew, FIRST_WORKERS - crew->worker_count);
    }
    if (crew->worker_count > 0 && crew->worker_count < crew->job_limit &&
        crew->ramp.place == 0) {
        loop_timer_set(crew->setup.loop, &crew->ramp,
                       now(crew) + RAMP_MS * NANOSECONDS_PER_MILLISECOND);
    }
}

void crew_is_freer(struct crew *crew)
{
    crew_fill(crew);
}

/* Watching over them. */

static void check_is_due(void *context)
{
    struct crew *crew = context;
    uint64_t now_ns = now(crew);
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        struct crew_worker *worker = &crew->workers[i];
        if (worker->pid == 0 || worker->is_hung) {
            continue;
        }
        if (worker->exit_descriptor < 0) {
            int wait_status;
            if (waitpid(worker->pid, &wait_status, WNOHANG) == worker->pid) {
                crew_worker_bury(worker, wait_status);
                continue;
            }
        }
        if (atomic_load(&worker->slot->running) &&
            now_ns >= atomic_load(&worker->slot->kill_at_ns)) {
            crew_worker_kill(worker);
        }
    }
    if (!crew->is_stopping) {
        crew_fill(crew);
    }
    loop_timer_set(crew->setup.loop, &crew->check,
                   now_ns + CHECK_MS * NANOSECONDS_PER_MILLISECOND);
}

bool crew_is_idle(const struct crew *crew)
{
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        if (crew->workers[i].queue_count > 0) {
            return false;
        }
    }
    return true;
}

void crew_stop(struct crew *crew)
{
    crew->is_stopping = true;
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        crew_worker_revoke(&crew->workers[i]);
    }
}

void crew_resume(struct crew *crew)
{
    crew->is_stopping = crew->is_forced;
}

void crew_cancel(struct crew *crew)
{
    crew_stop(crew);
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        struct crew_worker *worker = &crew->workers[i];
        if (worker->pid > 0 && worker->queue_count > 0) {
            crew_worker_send(worker, MESSAGE_CANCEL, TEXT_EMPTY);
        }
    }
}

void crew_kill(struct crew *crew)
{
    crew_stop(crew);
    crew->is_forced = true;
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        crew_worker_kill(&crew->workers[i]);
    }
}

void crew_answer(struct crew *crew, uint32_t worker, struct text answer)
{
    struct crew_worker *asker = &crew->workers[worker - 1];
    if (asker->pid > 0) {
        crew_worker_send(asker, MESSAGE_ANSWER, answer);
    }
}

const struct slot *crew_slot(const struct crew *crew, size_t index)
{
    return &crew->slots[index];
}

/* Beginning and end. */

bool crew_init(struct crew *crew, const struct crew_setup *setup, struct problems *problems)
{
    struct slot *slots = slots_new(setup->jobs, problems);
    if (!slots) {
        return false;
    }
    *crew = (struct crew){ .setup = *setup, .slots = slots, .job_limit = setup->jobs };
    raise_open_files();
    sweep_adopt_orphans();
    arena_init(&crew->arena);
    crew->workers = alloc_or_die(setup->jobs, sizeof(*crew->workers));
    for (size_t i = 0; i < setup->jobs; i++) {
        struct crew_worker *worker = &crew->workers[i];
        worker->crew = crew;
        worker->number = (uint32_t)i + 1;
        worker->slot = &slots[i];
        buffer_init(&worker->input, MESSAGE_LIMIT_BYTES * (size_t)2);
        buffer_init(&worker->unsent, MESSAGE_LIMIT_BYTES * (size_t)2);
        buffer_init(&worker->note, MESSAGE_LIMIT_BYTES);
    }
    crew->ramp = (struct loop_timer){ .due = ramp_is_due, .context = crew };
    crew->check = (struct loop_timer){ .due = check_is_due, .context = crew };
    crew->started_ns = now(crew);
    loop_timer_set(setup->loop, &crew->check,
                   crew->started_ns + CHECK_MS * NANOSECONDS_PER_MILLISECOND);
    return true;
}

static bool has_none_left(const void *context)
{
    return ((const struct crew *)context)->worker_count == 0;
}

void crew_close(struct crew *crew)
{
    struct loop *loop = crew->setup.loop;
    crew->is_stopping = true;
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        crew_worker_close(&crew->workers[i]);
    }
    (void)loop_run(loop, has_none_left, crew,
                   now(crew) + CREW_LEAVE_MS * NANOSECONDS_PER_MILLISECOND);
}

void crew_release(struct crew *crew)
{
    crew_kill(crew);
    (void)loop_run(crew->setup.loop, has_none_left, crew,
                   now(crew) + CREW_LEAVE_MS * NANOSECONDS_PER_MILLISECOND);
    loop_timer_clear(crew->setup.loop, &crew->ramp);
    loop_timer_clear(crew->setup.loop, &crew->check);
    for (size_t i = 0; i < crew->setup.jobs; i++) {
        buffer_release(&crew->workers[i].input);
        buffer_release(&crew->workers[i].unsent);
        buffer_release(&crew->workers[i].note);
    }
    free(crew->workers);
    slots_free(crew->slots, crew->setup.jobs);
    arena_release(&crew->arena);
    *crew = (struct crew){ 0 };
}
