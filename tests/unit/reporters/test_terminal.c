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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
