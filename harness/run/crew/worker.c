/* SPDX-License-Identifier: MIT */
#include "run/crew/worker.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef BDDRUN_COVERAGE
#include <gcov.h>
#endif
#if defined(BDDRUN_SANITIZED) && defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "event/codec.h"
#include "run/crew/worker_io.h"

enum { FIRST_OWN_DESCRIPTOR = 3 };

/* What the parent set up for itself is not ours. */

static void reset_signals(void)
{
    for (int number = 1; number < SIGRTMIN; number++) {
        (void)signal(number, SIG_DFL); /* for SIGKILL and SIGSTOP in vain */
    }
    (void)signal(SIGPIPE, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void reset_descriptors(const struct worker_start *start)
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    (void)dup2(nothing, STDIN_FILENO);
    (void)dup2(start->output, STDOUT_FILENO);
    (void)dup2(start->output, STDERR_FILENO);
    /* The parent's ends of other workers' sockets, its reports, its kernel event set. */
    if (start->socket > FIRST_OWN_DESCRIPTOR) {
        (void)close_range(FIRST_OWN_DESCRIPTOR, (unsigned)start->socket - 1, 0);
    }
    (void)close_range((unsigned)start->socket + 1, UINT_MAX, 0);
}

/* A core would hold secrets. */
static void forbid_cores(void)
{
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
}

static void die_with_parent(pid_t parent)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0); /* it died before */
    }
}

void worker_leave(int status)
{
#if defined(BDDRUN_SANITIZED) && defined(__SANITIZE_ADDRESS__)
    if (status == 0 && __lsan_do_recoverable_leak_check()) {
        status = WORKER_LEAK_STATUS;
    }
#endif
#ifdef BDDRUN_COVERAGE
    __gcov_dump();
#endif
    _exit(status);
}

/* The queue. */

static bool is_revoked(const struct worker *worker, const struct worker_queued *queued)
{
    uint64_t claim = atomic_load(&worker->slot->claim);
    return queued->assignment.generation != (uint32_t)(claim >> 32);
}

static void drop_first(struct worker *worker)
{
    free(worker->queue[worker->queue_first].note);
    worker->queue_first = (worker->queue_first + 1) % WORKER_QUEUE_LIMIT;
    worker->queue_count--;
}

void worker_drop_revoked(struct worker *worker)
{
    /* Taken back is everything up to some place in the queue. */
    while (worker->queue_count > 0 && is_revoked(worker, &worker->queue[worker->queue_first])) {
        drop_first(worker);
    }
}

static bool has_work(const void *context)
{
    const struct worker *worker = context;
    return worker->queue_count > 0 || worker->is_closed;
}

/* True with the next assignment, claimed. */
static bool next_claimed(struct worker *worker, struct worker_queued *ret_next)
{
    while (worker->queue_count > 0) {
        struct worker_queued *first = &worker->queue[worker->queue_first];
        if (slot_claim(worker->slot, first->assignment.generation, first->assignment.number)) {
            *ret_next = *first;
            first->note = NULL;
            drop_first(worker);
            return true;
        }
        drop_first(worker);
    }
    return false;
}

static void run_one(struct worker *worker, const struct worker_job *job, void *state,
                    const struct worker_queued *next)
{
    struct slot *slot = worker->slot;
    uint64_t now_ns = loop_now_ns(&worker->loop);
    atomic_store(&slot->step, 0);
    atomic_store(&slot->attempt, next->assignment.attempt);
    atomic_store(&slot->started_ns, now_ns);
    atomic_store(&slot->running, next->assignment.index + 1);
    job->run(state, worker, &next->assignment, text_make(next->note, next->note_bytes));
    atomic_store(&slot->running, 0);
    atomic_store(&slot->kill_at_ns, SLOT_NEVER);
    now_ns = loop_now_ns(&worker->loop);
    if (worker->queue_count == 0 ||
        now_ns - worker->sent_ns >= WORKER_SEND_MS * NANOSECONDS_PER_MILLISECOND) {
        worker_flush(worker);
    }
}

static void work(struct worker *worker, const struct worker_job *job, void *state)
{
    for (;;) {
        struct worker_queued next;
        if (next_claimed(worker, &next)) {
            run_one(worker, job, state, &next);
            free(next.note);
            continue;
        }
        worker_flush(worker);
        if (worker->is_closed) {
            return;
        }
        /* Between scenarios there is nothing to cancel. */
        worker->is_cancelled = false;
        loop_resume(&worker->loop);
        (void)loop_run(&worker->loop, has_work, worker, LOOP_NO_DEADLINE);
    }
}

static void open_worker(struct worker *worker, const struct worker_start *start)
{
    struct problems problems;
    problems_init(&problems);
    *worker = (struct worker){ .slot = start->slot,
                               .number = start->number,
                               .socket = start->socket };
    if (!loop_init(&worker->loop, start->clock, &problems)) {
        struct text message = problems.list[0].message;
        /* To the file in memory, which the parent reads. */
        (void)!write(STDERR_FILENO, message.at, message.size);
        worker_leave(EXIT_CODE_ENVIRONMENT);
    }
    problems_release(&problems);
    buffer_init(&worker->input, MESSAGE_LIMIT_BYTES * (size_t)2);
    buffer_init(&worker->frame, CODEC_FRAME_LIMIT_BYTES);
    buffer_init(&worker->scratch, MESSAGE_LIMIT_BYTES);
    buffer_init(&worker->answer, MESSAGE_LIMIT_BYTES);
    worker->sent_ns = loop_now_ns(&worker->loop);
    worker->watch = (struct loop_watch){ .ready = worker_receive, .context = worker };
    loop_watch_add(&worker->loop, &worker->watch, worker->socket, LOOP_READ);
}

static void close_worker(struct worker *worker)
{
    loop_watch_remove(&worker->loop, &worker->watch);
    loop_release(&worker->loop);
    buffer_release(&worker->input);
    buffer_release(&worker->frame);
    buffer_release(&worker->scratch);
    buffer_release(&worker->answer);
    while (worker->queue_count > 0) {
        drop_first(worker);
    }
}

void worker_main(const struct worker_start *start)
{
    (void)setpgid(0, 0); /* the parent does the same: whoever comes first */
    die_with_parent(start->parent);
    loop_abandon(start->parent_loop);
    reset_descriptors(start);
    reset_signals();
    forbid_cores();
    struct worker worker;
    open_worker(&worker, start);
    void *state = start->job->open(start->job->context, &worker);
    work(&worker, start->job, state);
    start->job->close(state);
    close_worker(&worker);
    worker_leave(0);
}
