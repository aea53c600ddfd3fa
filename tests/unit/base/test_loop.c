/* SPDX-License-Identifier: MIT */
#include "base/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS NANOSECONDS_PER_MILLISECOND

struct fixture {
    struct problems problems;
    struct loop loop;
    int pipe[2];
    struct loop_watch watch;
    unsigned ready; /* what was reported last */
    size_t reports;
    bool cancels;
    bool pauses;
};

static void note_ready(void *context, unsigned ready)
{
    struct fixture *fixture = context;
    fixture->ready = ready;
    fixture->reports++;
    if (fixture->cancels) {
        loop_cancel(&fixture->loop);
    }
    if (fixture->pauses) {
        loop_watch_change(&fixture->loop, &fixture->watch, LOOP_NOTHING);
    }
}

static void open_fixture(struct fixture *fixture)
{
    *fixture = (struct fixture){ 0 };
    problems_init(&fixture->problems);
    assert_true(loop_init(&fixture->loop, clock_real(), &fixture->problems));
    assert_int_equal(pipe(fixture->pipe), 0);
    fixture->watch = (struct loop_watch){ .ready = note_ready, .context = fixture };
}

static void close_fixture(struct fixture *fixture)
{
    close(fixture->pipe[0]);
    close(fixture->pipe[1]);
    loop_release(&fixture->loop);
    problems_release(&fixture->problems);
}

static bool has_report(const void *context)
{
    const struct fixture *fixture = context;
    return fixture->reports > 0;
}

static enum loop_result run_for_ms(struct fixture *fixture, uint64_t milliseconds)
{
    return loop_run(&fixture->loop, has_report, fixture,
                    loop_now_ns(&fixture->loop) + milliseconds * MS);
}

static void a_readable_descriptor_is_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    assert_int_equal(run_for_ms(&fixture, 1), LOOP_DEADLINE);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    assert_int_equal(fixture.ready, LOOP_READ);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    close_fixture(&fixture);
}

static void writing_and_hanging_up_are_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[1], LOOP_WRITE);
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    assert_int_equal(fixture.ready, LOOP_WRITE);
    close(fixture.pipe[0]);
    fixture.reports = 0;
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    assert_int_equal(fixture.ready, LOOP_WRITE | LOOP_ERROR);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    fixture.pipe[0] = dup(fixture.pipe[1]);
    close_fixture(&fixture);
}

static void a_paused_watch_reports_nothing_and_goes_on(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    fixture.pauses = true;
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    fixture.reports = 0;
    assert_int_equal(run_for_ms(&fixture, 5), LOOP_DEADLINE);
    loop_watch_change(&fixture.loop, &fixture.watch, LOOP_READ);
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    /* Off and on again before the loop waits: the kernel need not know. */
    loop_watch_change(&fixture.loop, &fixture.watch, LOOP_NOTHING);
    loop_watch_change(&fixture.loop, &fixture.watch, LOOP_READ);
    fixture.reports = 0;
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    loop_watch_change(&fixture.loop, &fixture.watch, LOOP_READ | LOOP_WRITE);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    close_fixture(&fixture);
}

struct pair {
    struct loop *loop;
    struct loop_watch watches[2];
    size_t reports;
};

static void remove_both(void *context, unsigned ready)
{
    (void)ready;
    struct pair *pair = context;
    pair->reports++;
    loop_watch_remove(pair->loop, &pair->watches[0]);
    loop_watch_remove(pair->loop, &pair->watches[1]);
}

static bool pair_has_report(const void *context)
{
    const struct pair *pair = context;
    return pair->reports > 0;
}

static void a_watch_removed_in_the_same_round_is_not_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    int other = dup(fixture.pipe[0]);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    struct pair pair = { .loop = &fixture.loop };
    for (int i = 0; i < 2; i++) {
        pair.watches[i] = (struct loop_watch){ .ready = remove_both, .context = &pair };
        loop_watch_add(&fixture.loop, &pair.watches[i], i ? other : fixture.pipe[0], LOOP_READ);
    }
    assert_int_equal(loop_run(&fixture.loop, pair_has_report, &pair, LOOP_NO_DEADLINE),
                     LOOP_DONE);
    assert_int_equal(pair.reports, 1);
    assert_int_equal(run_for_ms(&fixture, 2), LOOP_DEADLINE);
    assert_int_equal(pair.reports, 1);
    close(other);
    close_fixture(&fixture);
}

static void watches_added_and_removed_before_waiting_leave_no_trace(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    struct loop_watch others[3] = { { 0 } };
    for (int i = 0; i < 3; i++) {
        loop_watch_add(&fixture.loop, &others[i], fixture.pipe[i % 2], LOOP_READ);
    }
    loop_watch_remove(&fixture.loop, &others[1]);
    loop_watch_remove(&fixture.loop, &others[2]);
    loop_watch_remove(&fixture.loop, &others[0]);
    assert_null(fixture.loop.changed);
    close_fixture(&fixture);
}

static void cancelling_ends_every_run_until_resumed(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    fixture.cancels = true;
    assert_int_equal(loop_run(&fixture.loop, NULL, NULL, LOOP_NO_DEADLINE), LOOP_CANCELLED);
    assert_int_equal(loop_run(&fixture.loop, NULL, NULL, LOOP_NO_DEADLINE), LOOP_CANCELLED);
    assert_int_equal(fixture.reports, 1);
    /* What holds already is done all the same. */
    assert_int_equal(loop_run(&fixture.loop, has_report, &fixture, LOOP_NO_DEADLINE),
                     LOOP_DONE);
    loop_resume(&fixture.loop);
    fixture.reports = 0;
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    close_fixture(&fixture);
}

static void an_expired_deadline_lets_one_round_run(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    assert_int_equal(loop_run(&fixture.loop, has_report, &fixture, 0), LOOP_DONE);
    assert_int_equal(fixture.reports, 1);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    assert_int_equal(loop_run(&fixture.loop, NULL, NULL, 0), LOOP_DEADLINE);
    close_fixture(&fixture);
}

enum { TIMERS = 200 };

struct many_timers {
    struct loop *loop;
    struct loop_timer timers[TIMERS];
    bool is_cleared[TIMERS];
    size_t fired;
    uint64_t last_ns;
};

struct one_timer {
    struct many_timers *all;
    size_t index;
};

static void note_due(void *context)
{
    struct one_timer *one = context;
    struct loop_timer *timer = &one->all->timers[one->index];
    assert_false(one->all->is_cleared[one->index]);
    assert_true(timer->at_ns >= one->all->last_ns);
    assert_true(timer->at_ns <= loop_now_ns(one->all->loop));
    assert_int_equal(timer->place, 0);
    one->all->last_ns = timer->at_ns;
    one->all->fired++;
}

static bool all_fired(const void *context)
{
    const struct many_timers *many = context;
    return many->fired == TIMERS / 2;
}

static void timers_fire_in_order_and_once(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    static struct many_timers many;
    static struct one_timer ones[TIMERS];
    many = (struct many_timers){ .loop = &fixture.loop };
    uint64_t now_ns = loop_now_ns(&fixture.loop);
    for (size_t i = 0; i < TIMERS; i++) {
        ones[i] = (struct one_timer){ &many, i };
        many.timers[i] = (struct loop_timer){ .due = note_due, .context = &ones[i] };
        loop_timer_set(&fixture.loop, &many.timers[i], now_ns + (i * 7919 % 97) * MS / 10);
    }
    for (size_t i = 0; i < TIMERS; i++) {
        if (i % 2 == 0) {
            loop_timer_clear(&fixture.loop, &many.timers[i]);
            loop_timer_clear(&fixture.loop, &many.timers[i]);
            many.is_cleared[i] = true;
        } else {
            loop_timer_set(&fixture.loop, &many.timers[i], now_ns + (i * 31 % 83) * MS / 10);
        }
    }
    assert_int_equal(loop_run(&fixture.loop, all_fired, &many, now_ns + 5000 * MS), LOOP_DONE);
    assert_int_equal(loop_run(&fixture.loop, NULL, NULL, now_ns + 15 * MS), LOOP_DEADLINE);
    assert_int_equal(many.fired, TIMERS / 2);
    assert_int_equal(fixture.loop.timer_count, 0);
    close_fixture(&fixture);
}

struct repeating {
    struct loop *loop;
    struct loop_timer timer;
    size_t fired;
};

static void set_again_at_once(void *context)
{
    struct repeating *repeating = context;
    repeating->fired++;
    loop_timer_set(repeating->loop, &repeating->timer, 0);
}

static void a_timer_that_sets_itself_starves_nobody(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    struct repeating repeating = { .loop = &fixture.loop };
    repeating.timer = (struct loop_timer){ .due = set_again_at_once, .context = &repeating };
    loop_timer_set(&fixture.loop, &repeating.timer, 0);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    assert_true(repeating.fired >= 1);
    loop_timer_clear(&fixture.loop, &repeating.timer);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    close_fixture(&fixture);
}

static void a_far_timer_does_not_overflow_the_wait(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    struct repeating repeating = { .loop = &fixture.loop };
    loop_timer_set(&fixture.loop, &repeating.timer, LOOP_NO_DEADLINE - 1);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    assert_int_equal(loop_run(&fixture.loop, has_report, &fixture, LOOP_NO_DEADLINE),
                     LOOP_DONE);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    close_fixture(&fixture);
}

static void a_child_that_abandons_the_loop_leaves_the_parents_watches(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    loop_watch_add(&fixture.loop, &fixture.watch, fixture.pipe[0], LOOP_READ);
    assert_int_equal(loop_run(&fixture.loop, NULL, NULL, 0), LOOP_DEADLINE);
    pid_t child = fork();
    if (child == 0) {
        loop_abandon(&fixture.loop);
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(write(fixture.pipe[1], "x", 1), 1);
    assert_int_equal(run_for_ms(&fixture, 1000), LOOP_DONE);
    loop_watch_remove(&fixture.loop, &fixture.watch);
    close_fixture(&fixture);
}

static void too_few_descriptors_are_a_problem(void **state)
{
    (void)state;
    struct problems problems;
    struct loop loop;
    struct rlimit before;
    problems_init(&problems);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit none = { 0, before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    bool is_made = loop_init(&loop, clock_real(), &problems);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_false(is_made);
    assert_true(
        text_is(problems.list[0].message, "cannot make an event loop: Too many open files"));
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_readable_descriptor_is_reported),
        cmocka_unit_test(writing_and_hanging_up_are_reported),
        cmocka_unit_test(a_paused_watch_reports_nothing_and_goes_on),
        cmocka_unit_test(a_watch_removed_in_the_same_round_is_not_reported),
        cmocka_unit_test(watches_added_and_removed_before_waiting_leave_no_trace),
        cmocka_unit_test(cancelling_ends_every_run_until_resumed),
        cmocka_unit_test(an_expired_deadline_lets_one_round_run),
        cmocka_unit_test(timers_fire_in_order_and_once),
        cmocka_unit_test(a_timer_that_sets_itself_starves_nobody),
        cmocka_unit_test(a_far_timer_does_not_overflow_the_wait),
        cmocka_unit_test(a_child_that_abandons_the_loop_leaves_the_parents_watches),
        cmocka_unit_test(too_few_descriptors_are_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
