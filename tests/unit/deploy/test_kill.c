/* SPDX-License-Identifier: MIT */
/* A kill -9 at every place of a promotion and of a rollback, and what the next run makes of it. */
#include "deploy/release.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "support/release_fixture.h"

enum { PLACES_MOST = 2000 };

struct killer {
    size_t left; /* places until it is killed */
};

static void reached(void *context, const char *place)
{
    struct killer *killer = context;
    (void)place;
    if (killer->left-- == 0) {
        kill(getpid(), SIGKILL);
    }
}

/* Runs it in a child that is killed at the place of this number. False: it ended before. */
static bool run_killed(struct release_fixture *fixture, size_t place, bool is_rollback)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct killer killer = { .left = place };
        struct fault fault = { reached, &killer };
        fixture->request.fault = &fault;
        (void)release_fixture_run(fixture, is_rollback);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) || WTERMSIG(status) == SIGKILL);
    return WIFSIGNALED(status);
}

/* The link is whole, whatever happened, and names one of two. */
static void assert_serves_one_of(struct release_fixture *fixture, const char *a, const char *b)
{
    struct text live = release_fixture_live(fixture);
    assert_true(text_is(live, a) || text_is(live, b));
}

static void assert_settled(struct release_fixture *fixture, const char *live,
                           enum operation_outcome outcome)
{
    assert_true(text_is(release_fixture_live(fixture), live));
    assert_false(release_fixture_is_suspended(fixture));
    assert_int_equal(release_fixture_last_outcome(fixture), outcome);
}

typedef void settle_function(struct release_fixture *fixture);

/* The same again: it is carried to its end. */
static void promote_again(struct release_fixture *fixture)
{
    struct release_answer answer = release_fixture_run(fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_YES);
    assert_settled(fixture, "2", OPERATION_PROMOTED);
}

/* Something that is refused: what was begun is taken back all the same. */
static void promote_without_a_verdict(struct release_fixture *fixture)
{
    enum operation_outcome before = release_fixture_last_outcome(fixture);
    fixture->request.verdict_path = TEXT("/nowhere/verdict.jsonl");
    struct release_answer answer = release_fixture_run(fixture, false);
    assert_int_equal(answer.code, EXIT_CODE_NOTHING);
    if (before == OPERATION_PROMOTED) {
        assert_settled(fixture, "2", OPERATION_PROMOTED);
        return;
    }
    enum operation_outcome after = release_fixture_last_outcome(fixture);
    assert_true(after == OPERATION_TAKEN_BACK || after == OPERATION_ABANDONED ||
                release_fixture_count(fixture) == 0);
    assert_true(text_is(release_fixture_live(fixture), "1"));
    assert_false(release_fixture_is_suspended(fixture));
}

static void roll_back_again(struct release_fixture *fixture)
{
    struct release_answer answer = release_fixture_run(fixture, true);
    assert_true(answer.code == EXIT_CODE_YES || answer.code == EXIT_CODE_NO);
    assert_settled(fixture, "1", OPERATION_ROLLED_BACK);
}

static size_t walk(bool is_rollback, settle_function *settle)
{
    size_t place = 0;
    bool was_killed = true;
    while (was_killed) {
        struct release_fixture fixture;
        release_fixture_init(&fixture);
        if (is_rollback) {
            assert_int_equal(release_fixture_run(&fixture, false).code, EXIT_CODE_YES);
        }
        was_killed = run_killed(&fixture, place++, is_rollback);
        assert_serves_one_of(&fixture, "1", "2");
        if (was_killed) {
            settle(&fixture);
        }
        release_fixture_release(&fixture);
        assert_true(place < PLACES_MOST);
    }
    return place - 1;
}

static void a_promotion_killed_anywhere_is_carried_on_when_asked_for_again(void **state)
{
    (void)state;
    size_t places = walk(false, promote_again);
    assert_true(places >= 30); /* as many as there are lines in the journal, and more */
}

static void a_promotion_killed_anywhere_is_taken_back_when_it_is_not(void **state)
{
    (void)state;
    assert_true(walk(false, promote_without_a_verdict) >= 30);
}

static void a_rollback_killed_anywhere_is_carried_on(void **state)
{
    (void)state;
    assert_true(walk(true, roll_back_again) >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_promotion_killed_anywhere_is_carried_on_when_asked_for_again),
        cmocka_unit_test(a_promotion_killed_anywhere_is_taken_back_when_it_is_not),
        cmocka_unit_test(a_rollback_killed_anywhere_is_carried_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
