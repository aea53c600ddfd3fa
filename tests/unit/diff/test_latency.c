/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>

#include "base/random.h"
#include "diff/latency.h"

enum { SAMPLES_LIMIT = 300, TRIALS = 400 };

static const struct latency_rule two_windows = { .tolerance = 0.25,
                                                 .floor_ns = 20000000,
                                                 .windows = 2 };
static struct arena arena;
static uint64_t recorded[SAMPLES_LIMIT];
static uint64_t live[SAMPLES_LIMIT];

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct latency_result compare(const struct latency_rule *rule, size_t n, size_t m)
{
    return latency_compare(rule, (struct latency_samples){ recorded, n },
                           (struct latency_samples){ live, m }, &arena);
}

static void fill(uint64_t *times, size_t count, uint64_t first_ms, uint64_t step_ms)
{
    for (size_t i = 0; i < count; i++) {
        /* in no order */
        times[(i * 7) % count] = (first_ms + i * step_ms) * 1000000;
    }
}

static void below_20_samples_nothing_is_decided(void **state)
{
    (void)state;
    fill(recorded, 19, 100, 1);
    fill(live, 19, 1000, 1);
    struct latency_result result = compare(&two_windows, 19, 19);
    assert_int_equal(result.verdict, LATENCY_INSUFFICIENT);
    assert_true(result.is_beyond);
    assert_true(result.has_evidence);
    assert_int_equal(result.live_count, 19);
    assert_int_equal(compare(&two_windows, 0, 19).verdict, LATENCY_INSUFFICIENT);
    assert_int_equal(compare(&two_windows, 19, 0).verdict, LATENCY_INSUFFICIENT);
}

static void medians_are_compared_from_20_and_percentiles_from_59(void **state)
{
    (void)state;
    fill(recorded, 20, 100, 1);
    fill(live, 20, 300, 1);
    struct latency_result result = compare(&two_windows, 20, 20);
    assert_int_equal(result.verdict, LATENCY_SLOWER);
    assert_int_equal(result.statistic, LATENCY_MEDIAN);
    assert_int_equal(result.recorded_ns, 109500000);
    assert_int_equal(result.live_ns, 309500000);
    fill(recorded, 59, 100, 1);
    fill(live, 59, 300, 1);
    result = compare(&two_windows, 59, 59);
    assert_int_equal(result.statistic, LATENCY_P95);
    assert_int_equal(result.recorded_ns, 156000000); /* rank 57 of 59 */
    assert_int_equal(result.verdict, LATENCY_SLOWER);
    fill(live, 58, 300, 1);
    assert_int_equal(compare(&two_windows, 59, 58).statistic, LATENCY_MEDIAN);
}

static void ratio_floor_and_evidence_are_all_needed(void **state)
{
    (void)state;
    fill(recorded, 30, 10, 0);
    fill(live, 30, 29, 0);
    struct latency_result result = compare(&two_windows, 30, 30);
    assert_int_equal(result.verdict, LATENCY_HOLDS); /* 2.9 times, but only 19 ms */
    assert_true(result.has_evidence);
    fill(live, 30, 31, 0);
    assert_int_equal(compare(&two_windows, 30, 30).verdict, LATENCY_SLOWER);
    fill(recorded, 30, 1000, 0);
    fill(live, 30, 1249, 0);
    assert_int_equal(compare(&two_windows, 30, 30).verdict, LATENCY_HOLDS); /* below 25 % */
    for (size_t i = 0; i < 30; i++) { /* the median is slower, most else is faster */
        recorded[i] = i < 14 ? 90000000 : 100000000;
        live[i] = i < 14 ? 1000000 : 200000000;
    }
    result = compare(&two_windows, 30, 30);
    assert_true(result.is_beyond);
    assert_false(result.has_evidence);
    assert_int_equal(result.verdict, LATENCY_HOLDS);
}

static void one_recording_window_allows_a_half_more(void **state)
{
    (void)state;
    struct latency_rule one = { .tolerance = 0.25, .floor_ns = 20000000, .windows = 1 };
    fill(recorded, 30, 1000, 0);
    fill(live, 30, 1400, 0);
    assert_int_equal(compare(&one, 30, 30).verdict, LATENCY_HOLDS);
    assert_true(compare(&one, 30, 30).tolerance > 0.49);
    one.is_paired = true;
    assert_int_equal(compare(&one, 30, 30).verdict, LATENCY_SLOWER);
}

static void what_failed_is_infinitely_slow(void **state)
{
    (void)state;
    fill(recorded, 40, 100, 0);
    fill(live, 40, 100, 0);
    for (size_t i = 0; i < 25; i++) {
        live[i] = LATENCY_FAILED;
    }
    struct latency_result result = compare(&two_windows, 40, 40);
    assert_int_equal(result.verdict, LATENCY_SLOWER);
    assert_true(isinf(result.ratio));
    assert_int_equal(result.failed_count, 25);
    for (size_t i = 0; i < 40; i++) {
        recorded[i] = live[i] = LATENCY_FAILED;
    }
    assert_int_equal(compare(&two_windows, 40, 40).verdict, LATENCY_HOLDS);
    fill(live, 40, 100, 0);
    assert_true(compare(&two_windows, 40, 40).ratio < 0.1);
    for (size_t i = 0; i < 40; i++) {
        recorded[i] = 0;
    }
    assert_int_equal(compare(&two_windows, 40, 40).verdict, LATENCY_SLOWER);
}

static void a_slow_tail_is_found_by_the_exact_test(void **state)
{
    (void)state;
    fill(recorded, 100, 100, 0);
    fill(live, 100, 100, 0);
    for (size_t i = 0; i < 9; i++) {
        live[i] = 900000000;
    }
    struct latency_result result = compare(&two_windows, 100, 100);
    assert_int_equal(result.statistic, LATENCY_P95);
    assert_true(result.p < 0.005);
    assert_int_equal(result.verdict, LATENCY_SLOWER);
    /* By hand: 5 of 100 against 0 of 100 are C(100,5)/C(200,5) = 0.0297. */
    for (size_t i = 5; i < 9; i++) {
        live[i] = 100000000;
    }
    result = compare(&two_windows, 100, 100);
    assert_true(result.p > 0.0049);
    assert_int_equal(result.verdict, LATENCY_HOLDS);
}

static void ties_get_their_middle_rank(void **state)
{
    (void)state;
    /* All equal: no evidence whatever. */
    fill(recorded, 30, 100, 0);
    fill(live, 30, 100, 0);
    assert_true(fabs(compare(&two_windows, 30, 30).z) < 1e-9);
    /* {1, 2, 2} against {2, 3, 3}: U = 8, mean 4.5, variance with ties 4.3875. */
    static const uint64_t a[] = { 1, 2, 2 };
    static const uint64_t b[] = { 2, 3, 3 };
    struct latency_result result =
        latency_compare(&two_windows, (struct latency_samples){ a, 3 },
                        (struct latency_samples){ b, 3 }, &arena);
    assert_true(fabs(result.z - 3.5 / sqrt(0.75 * (7 - 30.0 / 30))) < 1e-9);
}

static void only_what_is_slower_twice_is_slower(void **state)
{
    (void)state;
    struct latency_result slower = { .verdict = LATENCY_SLOWER };
    struct latency_result holds = { .verdict = LATENCY_HOLDS };
    assert_int_equal(latency_confirm(&slower, &slower), LATENCY_SLOWER);
    assert_int_equal(latency_confirm(&slower, &holds), LATENCY_HOLDS);
    assert_int_equal(latency_confirm(&holds, &slower), LATENCY_HOLDS);
}

static void among_many_comparisons_chance_is_reckoned_with(void **state)
{
    (void)state;
    struct latency_result results[] = {
        { .verdict = LATENCY_SLOWER, .p = 0.002 },
        { .verdict = LATENCY_SLOWER, .p = 0.0001 },
        { .verdict = LATENCY_HOLDS, .p = 0.5 },
        { .verdict = LATENCY_INSUFFICIENT, .p = 0.0001 },
        { .verdict = LATENCY_SLOWER, .p = 0.004 },
    };
    latency_holm(results, ARRAY_SIZE(results), &arena);
    assert_int_equal(results[0].verdict, LATENCY_HOLDS); /* 0.002 is not below 0.005 / 3 */
    assert_int_equal(results[1].verdict, LATENCY_SLOWER);
    assert_int_equal(results[2].verdict, LATENCY_HOLDS);
    assert_int_equal(results[3].verdict, LATENCY_INSUFFICIENT);
    assert_int_equal(results[4].verdict, LATENCY_HOLDS);
}

static void windows_that_differ_widen_the_tolerance(void **state)
{
    (void)state;
    static const double alike[] = { 100, 101, 99, 100, 100 };
    static const double wild[] = { 100, 200, 50, 150, 80 };
    assert_true(fabs(latency_tolerance(0.25, alike, 5, &arena) - 0.25) < 1e-9);
    assert_true(latency_tolerance(0.25, wild, 5, &arena) > 2);
    assert_true(fabs(latency_tolerance(0.25, wild, 1, &arena) - 0.5) < 1e-9);
    assert_true(fabs(latency_tolerance(0.75, wild, 0, &arena) - 0.75) < 1e-9);
}

static double normal(struct random *random)
{
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        sum += (double)(random_uint64(random) >> 11) / 9007199254740992.0;
    }
    return sum - 6;
}

/* One run: log-normal times about 100 ms, all of it a little off by the run's own luck. */
static void run_times(struct random *random, uint64_t *times, size_t count, double factor)
{
    double luck = exp(0.1 * normal(random));
    for (size_t i = 0; i < count; i++) {
        times[i] = (uint64_t)(1e8 * factor * luck * exp(0.6 * normal(random)));
    }
}

/* In how many of TRIALS a run so much slower is told slower, twice. */
static size_t count_slower(size_t n, double factor)
{
    struct random random;
    size_t slower = 0;
    random_init_seeded(&random, 20261123 + n);
    for (size_t i = 0; i < TRIALS; i++) {
        run_times(&random, recorded, n, 1);
        run_times(&random, live, n, factor);
        struct latency_result first = compare(&two_windows, n, n);
        run_times(&random, live, n, factor);
        struct latency_result again = compare(&two_windows, n, n);
        slower += latency_confirm(&first, &again) == LATENCY_SLOWER;
        arena_clear(&arena);
    }
    return slower;
}

static void in_simulations_chance_rarely_fails_and_twice_as_slow_mostly_does(void **state)
{
    (void)state;
    static const size_t sizes[] = { 20, 30, 59, 100 };
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        assert_in_range(count_slower(sizes[i], 1), 0, TRIALS * 3 / 100);
        assert_in_range(count_slower(sizes[i], 2), TRIALS * 50 / 100, TRIALS);
    }
    assert_in_range(count_slower(100, 2), TRIALS * 90 / 100, TRIALS);
}

static void assert_printed(const struct latency_result *result, const char *expected)
{
    struct buffer out;
    buffer_init(&out, 1000);
    latency_print(&out, result);
    assert_string_equal(out.at, expected);
    buffer_release(&out);
}

static void the_result_is_printed_with_its_n(void **state)
{
    (void)state;
    fill(recorded, 40, 120, 0);
    fill(live, 25, 312, 0);
    struct latency_result result = compare(&two_windows, 40, 25);
    assert_printed(&result, "median 312 ms, recorded 120 ms (2.60 ×, n = 40 and 25, z 8.0, p "
                            "6.2e-16, tolerance 25 %)");
    live[0] = live[1] = LATENCY_FAILED;
    result = compare(&two_windows, 40, 3);
    assert_printed(&result,
                   "median no answer, recorded 120 ms (n = 40 and 3, z 6.5, p 4.7e-11, "
                   "tolerance 25 %, 2 without an answer): too few samples to decide, 20 are "
                   "needed");
    result = compare(&two_windows, 0, 3);
    assert_printed(&result, "no samples to compare (n = 0 and 3)");
    fill(recorded, 60, 2, 0);
    fill(live, 60, 2, 0);
    result = compare(&two_windows, 60, 60);
    assert_printed(&result, "95th percentile 2.0 ms, recorded 2.0 ms (1.00 ×, n = 60 and 60, z "
                            "0.0, p 0.5, tolerance 25 %)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(below_20_samples_nothing_is_decided, set_up, tear_down),
        cmocka_unit_test_setup_teardown(medians_are_compared_from_20_and_percentiles_from_59,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(ratio_floor_and_evidence_are_all_needed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_recording_window_allows_a_half_more, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_failed_is_infinitely_slow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_slow_tail_is_found_by_the_exact_test, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(ties_get_their_middle_rank, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_what_is_slower_twice_is_slower, set_up, tear_down),
        cmocka_unit_test_setup_teardown(among_many_comparisons_chance_is_reckoned_with, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(windows_that_differ_widen_the_tolerance, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            in_simulations_chance_rarely_fails_and_twice_as_slow_mostly_does, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(the_result_is_printed_with_its_n, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
