/* SPDX-License-Identifier: MIT */
#include "net/rate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define MS NANOSECONDS_PER_MILLISECOND

static void slots_are_evenly_spaced_and_not_saved_up(void **state)
{
    (void)state;
    struct rate rate;
    rate_init(&rate, 10);
    assert_true(rate_take(&rate, 1000 * MS) == 1000 * MS);
    assert_true(rate_take(&rate, 1000 * MS) == 1100 * MS);
    assert_true(rate_take(&rate, 1050 * MS) == 1200 * MS);
    assert_true(rate_take(&rate, 5000 * MS) == 5000 * MS);
    assert_true(rate_take(&rate, 5000 * MS) == 5100 * MS);
}

static void no_rate_never_waits(void **state)
{
    (void)state;
    struct rate rate;
    rate_init(&rate, 0);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(rate_take(&rate, 7), 7);
    }
}

static void a_pause_moves_the_next_slot(void **state)
{
    (void)state;
    struct rate rate;
    rate_init(&rate, 10);
    (void)rate_take(&rate, 1000 * MS);
    rate_pause_until(&rate, 1050 * MS);
    assert_true(rate_take(&rate, 1000 * MS) == 1100 * MS);
    rate_pause_until(&rate, 3000 * MS);
    assert_true(rate_take(&rate, 1300 * MS) == 3000 * MS);
}

static void waiting_runs_the_loop(void **state)
{
    (void)state;
    struct problems problems;
    struct loop loop;
    struct rate rate;
    problems_init(&problems);
    assert_true(loop_init(&loop, clock_real(), &problems));
    rate_init(&rate, 50);
    uint64_t start_ns = loop_now_ns(&loop);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(rate_wait(&rate, &loop, LOOP_NO_DEADLINE), LOOP_DONE);
    }
    assert_true(loop_now_ns(&loop) - start_ns >= 40 * MS);
    rate_pause_until(&rate, loop_now_ns(&loop) + 60000 * MS);
    assert_int_equal(rate_wait(&rate, &loop, loop_now_ns(&loop) + 1), LOOP_DEADLINE);
    loop_cancel(&loop);
    assert_int_equal(rate_wait(&rate, &loop, LOOP_NO_DEADLINE), LOOP_CANCELLED);
    loop_release(&loop);
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_are_evenly_spaced_and_not_saved_up),
        cmocka_unit_test(no_rate_never_waits),
        cmocka_unit_test(a_pause_moves_the_next_slot),
        cmocka_unit_test(waiting_runs_the_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
