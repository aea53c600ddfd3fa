/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

static void the_real_clock_goes_on(void **state)
{
    (void)state;
    uint64_t before_ns = clock_monotonic_ns(clock_real());
    assert_true(clock_monotonic_ns(clock_real()) >= before_ns);
    uint64_t now_ns = clock_realtime_ns(clock_real());
    uint64_t time_ns = (uint64_t)time(NULL) * NANOSECONDS_PER_SECOND;
    assert_true(now_ns + NANOSECONDS_PER_SECOND > time_ns);
    assert_true(now_ns < time_ns + 60 * NANOSECONDS_PER_SECOND);
}

static void a_frozen_clock_moves_when_told(void **state)
{
    (void)state;
    struct clock clock;
    clock_freeze(&clock, 10, 2000);
    assert_int_equal(clock_monotonic_ns(&clock), 10);
    assert_int_equal(clock_realtime_ns(&clock), 2000);
    clock_advance(&clock, 5);
    assert_int_equal(clock_monotonic_ns(&clock), 15);
    assert_int_equal(clock_realtime_ns(&clock), 2005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_real_clock_goes_on),
        cmocka_unit_test(a_frozen_clock_moves_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
