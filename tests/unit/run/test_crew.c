/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/random.h"
#include "event/event.h"
#include "run/crew/crew_parts.h"
#include "run/crew/sweep.h"
#include "support/refused.h"

enum { ITEMS = 4000 };

enum what {
    PASS,
    CRASH,
    HANG,
    SLOW,        /* 30 ms on the loop */
    WAIT_CANCEL, /* until it is cancelled */
    PRINT,
    ASK,
    NOTE_AND_DIE,
    BIG,          /* an event larger than the batch */
    GARBAGE,      /* writes nonsense to its socket */
    LEAVE_CHILD,  /* a child of its own session, then crash */
    LOOK_AROUND,  /* fails unless signals, descriptors and limits are its own */
    EXIT_WRONGLY, /* ends its process as if all were well */
    RANDOM,       /* tells random bytes */
    EAT_MEMORY,   /* more than there can be */
    LEAK,
    COUNT_FILES, /* tells how many files may be open */
};

/* Shared with the workers. */
struct board {
    _Atomic int child;
    _Atomic uint32_t runs[ITEMS]; /* how often each was run */
};

struct fixture {
    struct loop loop;
    struct clock frozen; /* for a loop of a test that must not depend on how fast things go */
    struct problems problems;
    struct crew crew;
    struct board *board;
    struct random *random;
    enum what whats[ITEMS];
    size_t count;
    size_t next;
    uint32_t returned[ITEMS];
    size_t returned_count;
    size_t passed;
    size_t crashed;
    struct crash last_crash;
    char last_output[200];
    char last_note[50];
    char texts[10][100];
    size_t text_count;
    size_t workers_seen;
    uint32_t max_worker;
    bool is_answer_late;
    uint32_t asker;
    uint64_t kill_after_ms;
    bool is_stopped;
};

/* In the worker. */

static bool never(const void *context)
{
    (void)context;
    return false;
}

static void finish(struct worker *worker, const struct assignment *assignment,
                   const char *message)
{
    uint64_t now_ns = loop_now_ns(&worker->loop);
    struct result result = { .scenario = assignment->index,
                             .attempt = assignment->attempt,
                             .worker = worker->number,
                             .status = STATUS_PASSED,
                             .duration_ns = now_ns - atomic_load(&worker->slot->started_ns),
                             .message = text_of(message) };
    struct event event = { .kind = EVENT_SCENARIO_FINISHED, .result = &result };
    worker_event(worker, &event);
}

static void wait_ms(struct worker *worker, uint64_t ms)
{
    (void)loop_run(&worker->loop, never, NULL,
                   loop_now_ns(&worker->loop) + ms * NANOSECONDS_PER_MILLISECOND);
}

static void leave_child(struct fixture *fixture)
{
    pid_t pid = fork();
    if (pid == 0) {
        setsid();
        fixture->board->child = getpid();
        for (;;) {
            pause();
        }
    }
    while (fixture->board->child == 0) {
        usleep(1000);
    }
    abort();
}

static const char *look_around(const struct worker *worker)
{
    struct rlimit core;
    struct stat status;
    sigset_t mask;
    getrlimit(RLIMIT_CORE, &core);
    sigprocmask(SIG_BLOCK, NULL, &mask);
    int death = 0;
    prctl(PR_GET_PDEATHSIG, &death);
    char byte;
    int open_count = 0;
    for (int i = 3; i < 200; i++) {
        open_count += fcntl(i, F_GETFD) >= 0;
    }
    return core.rlim_cur != 0                    ? "cores are allowed"
           : read(STDIN_FILENO, &byte, 1) != 0   ? "the input is not empty"
           : fstat(STDOUT_FILENO, &status) != 0  ? "no output"
           : !S_ISREG(status.st_mode)            ? "the output is the parent's"
           : sigismember(&mask, SIGTERM)         ? "SIGTERM is blocked"
           : signal(SIGTERM, SIG_DFL) != SIG_DFL ? "SIGTERM is not the default"
           : signal(SIGPIPE, SIG_IGN) != SIG_IGN ? "SIGPIPE is not ignored"
           : death != SIGKILL                    ? "it would outlive its parent"
           : getpgid(0) != getpid()              ? "it has no group"
           : fcntl(worker->socket, F_GETFD) < 0  ? "its socket is closed"
           : open_count != 2                     ? "other descriptors are open"
                                                 : "fine"; /* the socket and the loop */
}

static void hang(void)
{
    for (volatile unsigned i = 0;; i++) {
        (void)i;
    }
}

/* 5 ms of a processor. */
static void burn(void)
{
    struct timespec now;
    struct timespec start;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    } while ((now.tv_sec - start.tv_sec) * 1000000000L + now.tv_nsec - start.tv_nsec < 5000000);
}

static void leak(void)
{
    char *volatile lost = malloc(100);
    assert_non_null(lost);
    lost = NULL;
}

static void run_special(struct fixture *fixture, struct worker *worker,
                        const struct assignment *assignment, struct text note)
{
    char text[100] = "";
    struct text answer;
    struct buffer *random_text = NULL;
    (void)random_text;
    switch (fixture->whats[assignment->index]) {
    case CRASH:
        fprintf(stderr, "about to crash\n");
        atomic_store(&worker->slot->step, 3);
        raise(SIGSEGV);
        raise(SIGKILL); /* under ASan the first is caught and reported */
        return;
    case HANG:
        hang();
        return;
    case SLOW:
        wait_ms(worker, 30);
        break;
    case WAIT_CANCEL:
        (void)loop_run(&worker->loop, never, NULL, LOOP_NO_DEADLINE);
        snprintf(text, sizeof(text), "%s", worker->is_cancelled ? "cancelled" : "not");
        break;
    case PRINT: {
        struct buffer output;
        buffer_init(&output, WORKER_OUTPUT_LIMIT_BYTES * 2);
        printf("hello from item %u", assignment->index);
        fflush(stdout);
        worker_take_output(&output);
        snprintf(text, sizeof(text), "%s", output.at);
        worker_take_output(&output);
        if (output.size) {
            snprintf(text, sizeof(text), "printed twice");
        }
        buffer_release(&output);
        break;
    }
    case ASK:
        if (worker_ask(worker, TEXT("who?"), &answer)) {
            snprintf(text, sizeof(text), "%.*s", TEXT_ARG(answer));
        }
        break;
    case NOTE_AND_DIE:
        if (note.size) {
            snprintf(text, sizeof(text), "done for %.*s", TEXT_ARG(note));
            break;
        }
        worker_note(worker, TEXT("my will"));
        kill(getpid(), SIGKILL);
        return;
    case GARBAGE:
        (void)!write(worker->socket, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
        hang();
        return;
    case LEAVE_CHILD:
        leave_child(fixture);
        return;
    case LOOK_AROUND:
        snprintf(text, sizeof(text), "%s", look_around(worker));
        break;
    case EXIT_WRONGLY:
        _exit(0);
    case RANDOM:
        snprintf(text, sizeof(text), "%llx",
                 (unsigned long long)random_uint64(fixture->random));
        wait_ms(worker, 30); /* so that the other is given to another worker */
        break;
    case EAT_MEMORY:
        free(alloc_or_die(SIZE_MAX / 2, 4));
        return;
    case LEAK:
        leak();
        break;
    case COUNT_FILES: {
        struct rlimit files;
        getrlimit(RLIMIT_NOFILE, &files);
        snprintf(text, sizeof(text), "%llu", (unsigned long long)files.rlim_cur);
        break;
    }
    case PASS:
    case BIG:
        break;
    }
    finish(worker, assignment, text);
}

static void *job_open(void *context, struct worker *worker)
{
    (void)worker;
    return context;
}

static void job_run(void *state, struct worker *worker, const struct assignment *assignment,
                    struct text note)
{
    struct fixture *fixture = state;
    fixture->board->runs[assignment->index]++;
    if (fixture->kill_after_ms) {
        atomic_store(&worker->slot->kill_at_ns,
                     loop_now_ns(&worker->loop) +
                         fixture->kill_after_ms * NANOSECONDS_PER_MILLISECOND);
    }
    if (fixture->whats[assignment->index] == BIG) {
        static char big[200000];
        memset(big, 'x', sizeof(big) - 1);
        finish(worker, assignment, big);
    } else {
        run_special(fixture, worker, assignment, note);
    }
}

static void job_close(void *state)
{
    (void)state;
}

/* In the parent. */

static bool client_next(void *context, struct assignment *ret, struct text *ret_note)
{
    struct fixture *fixture = context;
    (void)ret_note;
    if (fixture->returned_count > 0) {
        *ret = (struct assignment){ .index = fixture->returned[--fixture->returned_count] };
        return true;
    }
    if (fixture->next == fixture->count) {
        return false;
    }
    *ret = (struct assignment){ .index = (uint32_t)fixture->next++ };
    return true;
}

static void client_give_back(void *context, const struct assignment *assignment)
{
    struct fixture *fixture = context;
    fixture->returned[fixture->returned_count++] = assignment->index;
}

static void client_event(void *context, const struct event *event)
{
    struct fixture *fixture = context;
    assert_int_equal(event->kind, EVENT_SCENARIO_FINISHED);
    fixture->passed++;
    if (event->result->worker > fixture->max_worker) {
        fixture->max_worker = event->result->worker;
    }
    if (event->result->message.size && fixture->text_count < 10) {
        snprintf(fixture->texts[fixture->text_count++], 100, "%.*s",
                 TEXT_ARG(event->result->message));
    }
}

static bool client_is_end(const struct event *event)
{
    return event->kind == EVENT_SCENARIO_FINISHED;
}

static void client_crashed(void *context, const struct crash *crash)
{
    struct fixture *fixture = context;
    fixture->crashed++;
    fixture->last_crash = *crash;
    snprintf(fixture->last_output, sizeof(fixture->last_output), "%.*s",
             TEXT_ARG(crash->output));
    snprintf(fixture->last_note, sizeof(fixture->last_note), "%.*s", TEXT_ARG(crash->note));
}

static bool client_ask(void *context, uint32_t worker, const struct assignment *assignment,
                       struct text question, struct buffer *answer)
{
    struct fixture *fixture = context;
    (void)assignment;
    assert_true(text_is(question, "who?"));
    fixture->asker = worker;
    if (!fixture->is_answer_late) {
        buffer_add_string(answer, "you");
    }
    return !fixture->is_answer_late;
}

static size_t client_left(const void *context)
{
    const struct fixture *fixture = context;
    return fixture->count - fixture->next + fixture->returned_count;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    problems_init(&fixture->problems);
    assert_true(loop_init(&fixture->loop, clock_real(), &fixture->problems));
    fixture->board = mmap(NULL, sizeof(struct board), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(fixture->board != MAP_FAILED);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    munmap(fixture->board, sizeof(struct board));
    loop_release(&fixture->loop);
    problems_release(&fixture->problems);
    free(fixture);
    return 0;
}

static const struct worker_job *job_of(struct fixture *fixture)
{
    static struct worker_job job;
    job = (struct worker_job){ fixture, job_open, job_run, job_close };
    return &job;
}

static const struct crew_client *client_of(struct fixture *fixture)
{
    static struct crew_client client;
    client = (struct crew_client){ .context = fixture,
                                   .next = client_next,
                                   .give_back = client_give_back,
                                   .event = client_event,
                                   .is_end = client_is_end,
                                   .crashed = client_crashed,
                                   .ask = client_ask,
                                   .problems = &fixture->problems,
                                   .left = client_left };
    return &client;
}

static void begin(struct fixture *fixture, size_t jobs)
{
    struct crew_setup setup = { .job = job_of(fixture),
                                .client = client_of(fixture),
                                .loop = &fixture->loop,
                                .clock = clock_real(),
                                .jobs = jobs };
    assert_true(crew_init(&fixture->crew, &setup, &fixture->problems));
    crew_fill(&fixture->crew);
}

static bool is_all_done(const void *context)
{
    const struct fixture *fixture = context;
    return crew_is_idle(&fixture->crew) && client_left(fixture) == 0;
}

static void end(struct fixture *fixture)
{
    uint64_t limit_ns = loop_now_ns(&fixture->loop) + 20 * NANOSECONDS_PER_SECOND;
    assert_int_equal(loop_run(&fixture->loop, is_all_done, fixture, limit_ns), LOOP_DONE);
    crew_close(&fixture->crew);
    assert_int_equal(fixture->crew.worker_count, 0);
    crew_release(&fixture->crew);
}

static void run_all(struct fixture *fixture, size_t jobs)
{
    begin(fixture, jobs);
    end(fixture);
}

static void assert_no_problem(const struct fixture *fixture)
{
    if (fixture->problems.count > 0) {
        fail_msg("%.*s", TEXT_ARG(fixture->problems.list[0].message));
    }
}

static void assert_each_ran_once(const struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->count; i++) {
        assert_int_equal(fixture->board->runs[i], 1);
    }
}

static void every_assignment_is_run_once_by_several_workers(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = ITEMS;
    run_all(fixture, 4);
    assert_int_equal(fixture->passed, ITEMS);
    assert_int_equal(fixture->crashed, 0);
    assert_each_ran_once(fixture);
    assert_int_equal(fixture->problems.count, 0);
}

static void one_job_still_runs_in_a_worker(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 100;
    fixture->whats[50] = CRASH;
    run_all(fixture, 1);
    assert_int_equal(fixture->passed, 99);
    assert_int_equal(fixture->crashed, 1);
    assert_each_ran_once(fixture);
}

static void a_crash_is_blamed_on_exactly_the_one_that_ran(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 1000;
    fixture->whats[400] = CRASH;
    run_all(fixture, 3);
    assert_int_equal(fixture->passed, 999);
    assert_int_equal(fixture->crashed, 1);
    assert_int_equal(fixture->last_crash.assignment.index, 400);
    assert_int_equal(fixture->last_crash.step, 3);
    assert_false(fixture->last_crash.is_killed);
    assert_non_null(strstr(fixture->last_output, "about to crash"));
    assert_each_ran_once(fixture); /* those queued behind it were run by another */
}

static void many_crashes_cost_as_many_assignments(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 60;
    for (size_t i = 0; i < 60; i += 6) {
        fixture->whats[i] = CRASH;
    }
    run_all(fixture, 2);
    assert_int_equal(fixture->passed, 50);
    assert_int_equal(fixture->crashed, 10);
    assert_each_ran_once(fixture);
}

static void what_hangs_is_killed_at_its_time(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 10;
    fixture->whats[4] = HANG;
    fixture->kill_after_ms = 100;
    run_all(fixture, 2);
    assert_int_equal(fixture->passed, 9);
    assert_int_equal(fixture->crashed, 1);
    assert_int_equal(fixture->last_crash.assignment.index, 4);
    assert_true(fixture->last_crash.is_killed);
    assert_true(fixture->last_crash.duration_ns >= 100 * NANOSECONDS_PER_MILLISECOND);
    assert_each_ran_once(fixture);
}

static bool was_each_run(const void *context)
{
    const struct fixture *fixture = context;
    for (size_t i = 0; i < fixture->count; i++) {
        if (fixture->board->runs[i] == 0) {
            return false;
        }
    }
    return true;
}

static void wait_for(struct fixture *fixture, uint64_t ms)
{
    (void)loop_run(&fixture->loop, never, NULL,
                   loop_now_ns(&fixture->loop) + ms * NANOSECONDS_PER_MILLISECOND);
}

/* Until as many assignments are under way, or have been. */
static void wait_for_runs(struct fixture *fixture, uint32_t wanted)
{
    uint32_t runs = 0;
    while (runs < wanted) {
        (void)loop_run(&fixture->loop, never, NULL,
                       loop_now_ns(&fixture->loop) + NANOSECONDS_PER_MILLISECOND);
        runs = 0;
        for (size_t i = 0; i < fixture->count; i++) {
            runs += fixture->board->runs[i];
        }
    }
}

static void nothing_waits_behind_a_slow_one(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 200;
    fixture->whats[0] = HANG; /* whatever was queued behind it must run elsewhere, at once */
    fixture->kill_after_ms = 50000;
    begin(fixture, 2);
    /* Run, not told: what the worker that hangs finished just before is told with its death. */
    for (int i = 0; i < 2000 && !was_each_run(fixture); i++) {
        wait_for(fixture, 10);
    }
    assert_true(was_each_run(fixture));
    assert_int_equal(fixture->crashed, 0);
    for (size_t i = 0; i < 2; i++) {
        atomic_store(&fixture->crew.slots[i].kill_at_ns, 0);
    }
    end(fixture);
    assert_int_equal(fixture->passed, 199);
    assert_int_equal(fixture->crashed, 1);
    assert_each_ran_once(fixture);
}

static void more_workers_start_while_there_is_work(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 40;
    for (size_t i = 0; i < 40; i++) {
        fixture->whats[i] = SLOW;
    }
    run_all(fixture, 8);
    assert_int_equal(fixture->passed, 40);
    assert_no_problem(fixture);
    assert_true(fixture->max_worker > 2); /* how many a busy host allows is not ours to say */
}

static bool has_one_passed(const void *context)
{
    return ((const struct fixture *)context)->passed > 0;
}

static void little_work_starts_few_workers(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 20;
    clock_freeze(&fixture->frozen, clock_monotonic_ns(clock_real()), 0);
    fixture->loop.clock = &fixture->frozen;
    begin(fixture, 8);
    assert_int_equal(loop_run(&fixture->loop, has_one_passed, fixture, LOOP_NO_DEADLINE),
                     LOOP_DONE);
    clock_advance(&fixture->frozen, NANOSECONDS_PER_MILLISECOND); /* now more might be made */
    end(fixture);
    assert_int_equal(fixture->passed, 20);
    assert_true(fixture->max_worker <= 2);
}

static void cancelling_ends_what_runs_and_gives_the_rest_back(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 20;
    for (size_t i = 0; i < 20; i++) {
        fixture->whats[i] = WAIT_CANCEL;
    }
    begin(fixture, 2);
    wait_for_runs(fixture, 2);
    crew_cancel(&fixture->crew);
    fixture->count = fixture->next; /* nothing more is wanted */
    fixture->returned_count = 0;
    end(fixture);
    assert_int_equal(fixture->passed, 2);
    assert_string_equal(fixture->texts[0], "cancelled");
    assert_int_equal(fixture->crashed, 0);
}

static void killing_ends_even_what_hangs(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 2;
    fixture->whats[0] = HANG;
    fixture->whats[1] = HANG;
    begin(fixture, 2);
    wait_for_runs(fixture, 2);
    crew_kill(&fixture->crew);
    end(fixture);
    assert_int_equal(fixture->crashed, 2);
    assert_true(fixture->last_crash.is_forced);
}

static void what_a_scenario_prints_is_its_own(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 2;
    fixture->whats[1] = PRINT;
    run_all(fixture, 1);
    assert_string_equal(fixture->texts[0], "hello from item 1");
}

static void nothing_buffered_before_the_fork_is_written_twice(void **state)
{
    struct fixture *fixture = *state;
    char path[] = "/tmp/bddrun-test-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = fdopen(descriptor, "w");
    fprintf(file, "once\n");
    fixture->count = 30;
    run_all(fixture, 3);
    fclose(file);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    unlink(path);
    assert_int_equal(status.st_size, 5);
}

static void a_question_is_answered_at_once_or_later(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 1;
    fixture->whats[0] = ASK;
    run_all(fixture, 1);
    assert_string_equal(fixture->texts[0], "you");
    fixture->is_answer_late = true;
    fixture->next = 0;
    fixture->asker = 0;
    begin(fixture, 1);
    while (fixture->asker == 0) {
        (void)loop_run(&fixture->loop, never, NULL,
                       loop_now_ns(&fixture->loop) + NANOSECONDS_PER_MILLISECOND);
    }
    crew_answer(&fixture->crew, fixture->asker, TEXT("me"));
    end(fixture);
    assert_string_equal(fixture->texts[1], "me");
}

static void the_last_note_of_a_dead_worker_is_kept(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 1;
    fixture->whats[0] = NOTE_AND_DIE;
    run_all(fixture, 1);
    assert_int_equal(fixture->crashed, 1);
    assert_string_equal(fixture->last_note, "my will");
}

static void an_event_larger_than_the_batch_arrives_whole(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 8;
    fixture->whats[1] = BIG;
    fixture->whats[5] = BIG;
    run_all(fixture, 1);
    assert_int_equal(fixture->passed, 8);
}

static void nonsense_on_the_socket_is_a_crash(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 5;
    fixture->whats[2] = GARBAGE;
    run_all(fixture, 1);
    assert_int_equal(fixture->passed, 4);
    assert_int_equal(fixture->crashed, 1);
    assert_int_equal(fixture->last_crash.assignment.index, 2);
}

static void leaving_without_a_result_is_a_crash_too(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 5;
    fixture->whats[2] = EXIT_WRONGLY;
    run_all(fixture, 1);
    assert_int_equal(fixture->passed, 4);
    assert_int_equal(fixture->crashed, 1);
    assert_int_equal(fixture->last_crash.assignment.index, 2);
}

static void a_child_in_a_session_of_its_own_dies_with_a_crashed_scenario(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 1;
    fixture->whats[0] = LEAVE_CHILD;
    run_all(fixture, 1);
    assert_int_equal(fixture->crashed, 1);
    assert_true(fixture->board->child > 0);
    assert_int_equal(kill(fixture->board->child, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static void a_worker_inherits_nothing_but_memory(void **state)
{
    struct fixture *fixture = *state;
    int leaky = dup(STDOUT_FILENO);
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction before;
    sigset_t blocked;
    sigset_t mask_before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &mask_before);
    sigaction(SIGTERM, &ignore, &before);
    fixture->count = 1;
    fixture->whats[0] = LOOK_AROUND;
    run_all(fixture, 3);
    sigaction(SIGTERM, &before, NULL);
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
    close(leaky);
    assert_string_equal(fixture->texts[0], "fine");
}

static void random_bytes_do_not_repeat_in_children(void **state)
{
    struct fixture *fixture = *state;
    struct random random;
    random_init(&random);
    (void)random_uint64(&random); /* fills the crew before the fork */
    fixture->random = &random;
    fixture->count = 2;
    fixture->whats[0] = RANDOM;
    fixture->whats[1] = RANDOM;
    run_all(fixture, 2);
    assert_int_equal(fixture->text_count, 2);
    assert_string_not_equal(fixture->texts[0], fixture->texts[1]);
}

static void too_few_processes_are_fewer_workers_said_aloud(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit before;
    struct rlimit few = { 0 };
    fixture->count = 200;
    for (size_t i = 0; i < 200; i++) {
        fixture->whats[i] = SLOW;
    }
    /* Descriptors run out as processes would; root has no limit of processes. */
    getrlimit(RLIMIT_NOFILE, &before);
    few = (struct rlimit){ 24, before.rlim_max };
    struct crew_setup setup = { .job = job_of(fixture),
                                .client = client_of(fixture),
                                .loop = &fixture->loop,
                                .clock = clock_real(),
                                .jobs = 30 };
    assert_true(crew_init(&fixture->crew, &setup, &fixture->problems));
    setrlimit(RLIMIT_NOFILE, &few);
    crew_fill(&fixture->crew);
    end(fixture);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(fixture->passed, 200);
    assert_int_equal(fixture->problems.count, 1);
    assert_int_equal(fixture->problems.list[0].kind, PROBLEM_WARNING);
    assert_true(text_starts_with(fixture->problems.list[0].message, TEXT("only ")));
    assert_true(text_contains(fixture->problems.list[0].message,
                              TEXT("of 30 workers could be started: ")));
}

static void no_worker_at_all_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit before;
    fixture->count = 1;
    getrlimit(RLIMIT_NOFILE, &before);
    struct rlimit none = { 3, before.rlim_max };
    struct crew_setup setup = { .job = job_of(fixture),
                                .client = client_of(fixture),
                                .loop = &fixture->loop,
                                .clock = clock_real(),
                                .jobs = 2 };
    assert_true(crew_init(&fixture->crew, &setup, &fixture->problems));
    setrlimit(RLIMIT_NOFILE, &none);
    crew_fill(&fixture->crew);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(fixture->problems.list[0].kind, PROBLEM_ENVIRONMENT);
    fixture->count = 0;
    crew_release(&fixture->crew);
}

static void a_slow_reader_loses_nothing(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 64;
    for (size_t i = 0; i < 64; i++) {
        fixture->whats[i] = BIG;
    }
    begin(fixture, 1);
    usleep(200000); /* the socket is full long before */
    end(fixture);
    assert_int_equal(fixture->passed, 64);
}

static void workers_do_not_outlive_a_killed_parent(void **state)
{
    struct fixture *fixture = *state;
    sweep_adopt_orphans(); /* so that we may look at the grandchild */
    pid_t parent = fork();
    if (parent == 0) {
        fixture->count = 1;
        fixture->whats[0] = HANG;
        begin(fixture, 1);
        fixture->board->child = fixture->crew.workers[0].pid;
        for (;;) {
            pause();
        }
    }
    while (fixture->board->child == 0) {
        usleep(1000);
    }
    pid_t worker = fixture->board->child;
    usleep(20000);
    assert_int_equal(kill(worker, 0), 0);
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    int wait_status = 0;
    assert_int_equal(waitpid(worker, &wait_status, 0), worker);
    assert_true(WIFSIGNALED(wait_status));
    assert_int_equal(WTERMSIG(wait_status), SIGKILL);
}

static bool every_ending_is_seen(void *context)
{
    struct fixture *fixture = context;
    fixture->count = 30;
    fixture->whats[3] = CRASH;
    fixture->whats[9] = EXIT_WRONGLY;
    fixture->whats[20] = LEAVE_CHILD;
    run_all(fixture, 3);
    return fixture->passed == 27 && fixture->crashed == 3;
}

static void a_kernel_without_pidfd_is_no_hindrance(void **state)
{
    assert_works_without(REFUSED_PIDFD, every_ending_is_seen, *state);
}

static void running_out_of_memory_costs_one_scenario(void **state)
{
    struct fixture *fixture = *state;
    fixture->count = 10;
    fixture->whats[4] = EAT_MEMORY;
    run_all(fixture, 2);
    assert_int_equal(fixture->passed, 9);
    assert_int_equal(fixture->crashed, 1);
    assert_int_equal(fixture->last_crash.assignment.index, 4);
    assert_non_null(strstr(fixture->last_output, "out of memory"));
}

static void what_a_worker_leaks_is_found_by_the_sanitizer(void **state)
{
    struct fixture *fixture = *state;
#if defined(BDDRUN_SANITIZED) && defined(__SANITIZE_ADDRESS__)
    size_t expected = 1;
#else
    size_t expected = 0;
#endif
    fixture->count = 1;
    fixture->whats[0] = LEAK;
    run_all(fixture, 1);
    assert_int_equal(fixture->problems.count, expected);
}

static void a_worker_may_open_as_many_files_as_the_host_allows(void **state)
{
    struct fixture *fixture = *state;
    struct rlimit before;
    getrlimit(RLIMIT_NOFILE, &before);
    struct rlimit few = { 64, before.rlim_max };
    setrlimit(RLIMIT_NOFILE, &few);
    fixture->count = 1;
    fixture->whats[0] = COUNT_FILES;
    run_all(fixture, 1);
    setrlimit(RLIMIT_NOFILE, &before);
    char expected[32];
    snprintf(expected, sizeof(expected), "%llu", (unsigned long long)before.rlim_max);
    assert_string_equal(fixture->texts[0], expected);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void half_of_the_processors_is_enough(UNUSED void **state)
{
    assert_false(crew_fills_processors(0, 1000, 1));
    assert_false(crew_fills_processors(500, 1000, 1));
    assert_true(crew_fills_processors(501, 1000, 1));
    assert_false(crew_fills_processors(501, 1000, 2));
    assert_true(crew_fills_processors(1001, 1000, 2));
    assert_false(crew_fills_processors(0, 0, 4));
}

/* Where the kernel tells nothing, nobody is busy: then there are as many workers as may be. */
static void a_process_that_computes_is_busy(UNUSED void **state)
{
    uint64_t before_ns;
    uint64_t after_ns;
    if (!crew_read_busy_ns(getpid(), &before_ns)) {
        skip();
    }
    for (int i = 0; i < 20; i++) {
        burn();
    }
    assert_true(crew_read_busy_ns(getpid(), &after_ns));
    assert_true(after_ns > before_ns);
    assert_false(crew_read_busy_ns(0x7ffffff0, &after_ns));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_assignment_is_run_once_by_several_workers),
        TEST(one_job_still_runs_in_a_worker),
        TEST(a_crash_is_blamed_on_exactly_the_one_that_ran),
        TEST(many_crashes_cost_as_many_assignments),
        TEST(what_hangs_is_killed_at_its_time),
        TEST(nothing_waits_behind_a_slow_one),
        TEST(more_workers_start_while_there_is_work),
        TEST(little_work_starts_few_workers),
        TEST(half_of_the_processors_is_enough),
        TEST(a_process_that_computes_is_busy),
        TEST(cancelling_ends_what_runs_and_gives_the_rest_back),
        TEST(killing_ends_even_what_hangs),
        TEST(what_a_scenario_prints_is_its_own),
        TEST(nothing_buffered_before_the_fork_is_written_twice),
        TEST(a_question_is_answered_at_once_or_later),
        TEST(the_last_note_of_a_dead_worker_is_kept),
        TEST(an_event_larger_than_the_batch_arrives_whole),
        TEST(nonsense_on_the_socket_is_a_crash),
        TEST(leaving_without_a_result_is_a_crash_too),
        TEST(a_child_in_a_session_of_its_own_dies_with_a_crashed_scenario),
        TEST(a_worker_inherits_nothing_but_memory),
        TEST(random_bytes_do_not_repeat_in_children),
        TEST(too_few_processes_are_fewer_workers_said_aloud),
        TEST(no_worker_at_all_is_a_problem),
        TEST(a_slow_reader_loses_nothing),
        TEST(workers_do_not_outlive_a_killed_parent),
        TEST(a_kernel_without_pidfd_is_no_hindrance),
        TEST(running_out_of_memory_costs_one_scenario),
        TEST(what_a_worker_leaks_is_found_by_the_sanitizer),
        TEST(a_worker_may_open_as_many_files_as_the_host_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
