/* SPDX-License-Identifier: MIT */
#include "event/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "event/result.h"
#include "event/tally.h"

static void statuses_have_the_order_and_names_of_cucumber(void **state)
{
    (void)state;
    static const struct {
        enum status status;
        const char *name, *message_name;
        bool is_failure;
    } cases[STATUS_COUNT] = {
        { STATUS_UNKNOWN, "not run", "UNKNOWN", true },
        { STATUS_PASSED, "passed", "PASSED", false },
        { STATUS_SKIPPED, "skipped", "SKIPPED", false },
        { STATUS_PENDING, "pending", "PENDING", true },
        { STATUS_UNDEFINED, "undefined", "UNDEFINED", true },
        { STATUS_AMBIGUOUS, "ambiguous", "AMBIGUOUS", true },
        { STATUS_FAILED, "failed", "FAILED", true },
    };
    for (enum status i = 0; i < STATUS_COUNT; i++) {
        assert_int_equal(cases[i].status, i);
        assert_string_equal(status_name(i), cases[i].name);
        assert_string_equal(status_message_name(i), cases[i].message_name);
        assert_int_equal(status_is_failure(i), cases[i].is_failure);
        for (enum status j = 0; j < STATUS_COUNT; j++)
            assert_int_equal(status_worse(i, j), i > j ? i : j);
    }
}

static void a_tally_counts_last_attempts_and_steps_of_the_pickle(void **state)
{
    (void)state;
    struct result_line lines[] = {
        { .kind = RESULT_STEP, .status = STATUS_PASSED },
        { .kind = RESULT_NESTED, .depth = 1, .status = STATUS_PASSED },
        { .kind = RESULT_STEP, .status = STATUS_FAILED },
        { .kind = RESULT_TEARDOWN, .status = STATUS_PASSED },
    };
    struct result result = {
        .status = STATUS_FAILED, .will_be_retried = true, .lines = lines, .line_count = 4
    };
    struct tally tally = { 0 };
    tally_add(&tally, &result);
    assert_int_equal(tally.finished, 0);
    assert_int_equal(tally.retried, 1);
    result.will_be_retried = false;
    tally_add(&tally, &result);
    result.status = STATUS_PASSED;
    tally_add(&tally, &result);
    result.attempt = 1;
    tally_add(&tally, &result);
    result.status = STATUS_UNDEFINED;
    tally_add(&tally, &result);
    assert_int_equal(tally.finished, 4);
    assert_int_equal(tally.flaky, 1);
    assert_int_equal(tally.scenarios[STATUS_PASSED], 2);
    assert_int_equal(tally_failures(&tally), 2);
    assert_int_equal(tally_steps(&tally), 8);
    assert_int_equal(tally.steps[STATUS_FAILED], 4);
}

static void the_innermost_line_decides(void **state)
{
    (void)state;
    struct result_line lines[] = {
        { .status = STATUS_PASSED },
        { .depth = 1, .status = STATUS_FAILED }, /* expected to fail, say */
        { .status = STATUS_FAILED },
        { .depth = 1, .status = STATUS_PASSED },
        { .depth = 1, .status = STATUS_FAILED },
        { .depth = 2, .status = STATUS_FAILED },
        { .depth = 2, .status = STATUS_SKIPPED },
        { .depth = 1, .status = STATUS_SKIPPED },
        { .status = STATUS_SKIPPED },
    };
    struct result result = { .status = STATUS_FAILED, .lines = lines, .line_count = 9 };
    assert_ptr_equal(result_decisive_line(&result), &lines[5]);
    assert_true(result_line_has_nested(&result, 4));
    assert_false(result_line_has_nested(&result, 5));
    assert_false(result_line_has_nested(&result, 8));
    result.status = STATUS_SKIPPED;
    assert_ptr_equal(result_decisive_line(&result), &lines[8]);
    result.status = STATUS_PASSED;
    assert_null(result_decisive_line(&result));
    result.status = STATUS_UNKNOWN;
    assert_null(result_decisive_line(&result));
    result.status = STATUS_UNDEFINED;
    assert_null(result_decisive_line(&result));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_have_the_order_and_names_of_cucumber),
        cmocka_unit_test(a_tally_counts_last_attempts_and_steps_of_the_pickle),
        cmocka_unit_test(the_innermost_line_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
