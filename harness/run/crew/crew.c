/* SPDX-License-Identifier: MIT */
#include "run/crew/crew.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/alloc.h"
#include "run/crew/crew_parts.h"
#include "run/crew/sweep.h"

enum { CHECK_MS = 20 };

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
    crew->ramp = (struct loop_timer){ .due = crew_ramp_is_due, .context = crew };
    crew->check = (struct loop_timer){ .due = check_is_due, .context = crew };
    crew->started_ns = now(crew);
    crew->looked_ns = crew->started_ns;
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
