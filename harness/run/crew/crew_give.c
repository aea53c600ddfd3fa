/* SPDX-License-Identifier: MIT */
/* Who gets how much work, and when there are more workers. */
#include <string.h>

#include "run/crew/crew_parts.h"

enum {
    FIRST_WORKERS = 2,
    RAMP_MS = 1,
    RAMP_SLOWEST_MS = 16, /* while the processors are busy */
    WORTH_MS = 5, /* work left for each worker that makes another worth its millisecond */
};

/* How much to give. */

/* What an assignment takes; while none has ended, as long as it has taken so far. */
static uint64_t mean_ns(const struct crew *crew)
{
    uint64_t mean = crew->ended_count ? crew->busy_ns / crew->ended_count
                                      : loop_now_ns(crew->setup.loop) - crew->started_ns;
    return mean ? mean : 1;
}

static size_t depth(const struct crew *crew)
{
    if (crew->setup.is_one_by_one) {
        return 1;
    }
    size_t meanwhile = (size_t)(WORKER_SEND_MS * NANOSECONDS_PER_MILLISECOND / mean_ns(crew));
    size_t wanted = meanwhile > WORKER_QUEUE_LIMIT ? WORKER_QUEUE_LIMIT
                    : meanwhile < 2                ? 2
                                                   : meanwhile;
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

static void set_ramp(struct crew *crew)
{
    loop_timer_set(crew->setup.loop, &crew->ramp,
                   loop_now_ns(crew->setup.loop) + crew->ramp_ms * NANOSECONDS_PER_MILLISECOND);
}

void crew_ramp_is_due(void *context)
{
    struct crew *crew = context;
    if (crew->is_stopping) {
        return;
    }
    if (!is_more_worth_it(crew)) {
        crew->ramp_ms = RAMP_MS;
    } else if (crew_is_saturated(crew)) {
        crew->ramp_ms = crew->ramp_ms < RAMP_SLOWEST_MS ? 2 * crew->ramp_ms : RAMP_SLOWEST_MS;
    } else {
        crew->ramp_ms = RAMP_MS;
        add_workers(crew, crew->worker_count);
    }
    if (crew->worker_count < crew->job_limit) {
        set_ramp(crew);
    }
}

/* Giving. */

/* Somebody has nothing to do: what waits behind a long scenario is taken back. */
static void take_back_waiting(struct crew *crew)
{
    uint64_t now_ns = loop_now_ns(crew->setup.loop);
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
    size_t first = crew_processors() < FIRST_WORKERS ? crew_processors() : FIRST_WORKERS;
    if (crew->worker_count < first) {
        add_workers(crew, first - crew->worker_count);
    }
    if (crew->worker_count > 0 && crew->worker_count < crew->job_limit &&
        crew->ramp.place == 0) {
        crew->ramp_ms = RAMP_MS;
        set_ramp(crew);
    }
}

void crew_is_freer(struct crew *crew)
{
    crew_fill(crew);
}
