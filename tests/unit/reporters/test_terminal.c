/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "support/report_fixture.h"

static void a_run_is_reported(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "terminal", NULL);
    assert_true(
        text_starts_with(report_fixture_read(&fixture, "stdout"), TEXT("bddrun 0.1.0 · ")));
    report_fixture_release(&fixture);
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "junit", "r.xml");
    assert_true(
        text_ends_with(report_fixture_read(&fixture, "r.xml"), TEXT("</testsuites>\n")));
    report_fixture_release(&fixture);
}

/* A check that fails has one mismatch, which its message names already. */
static void one_mismatch_is_told_once(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "terminal", NULL);
    report_fixture_run_started(&fixture);
    struct result result = *report_fixture_result_of(&fixture, FIXTURE_JOIN);
    struct failure failure = { .message = TEXT("the status is not as expected"),
                               .expected = TEXT("is 201"),
                               .actual = TEXT("200"),
                               .has_values = true };
    const struct mismatch mismatch = { .what = TEXT("the status"),
                                       .expected = TEXT("is 201"),
                                       .actual = TEXT("200") };
    failure_add_mismatch(&failure, &fixture.arena, &mismatch);
    result.exchange_count = 0;
    for (size_t i = 0; i < result.line_count; i++) {
        if (result.lines[i].failure) {
            result.lines[i].failure = &failure;
        }
    }
    report_fixture_result(&fixture, &result);
    report_fixture_run_finished(&fixture);
    report_fixture_close(&fixture);
    struct text out = report_fixture_read(&fixture, "stdout");
    assert_true(text_contains(out, TEXT("the status is not as expected\n")));
    assert_true(text_contains(
        out, TEXT("the status is not as expected: expected is 201, actual 200\n")));
    assert_false(text_contains(out, TEXT("the status\n")));
    assert_false(text_contains(out, TEXT("\n\n\n")));
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_reported),
        cmocka_unit_test(one_mismatch_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
