/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/report_fixture.h"

static void only_what_failed_in_the_end_is_listed(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "rerun", "rerun.txt");
    assert_string_equal(report_fixture_read(&fixture, "rerun.txt").at,
                        "scenarios/wallet.feature:13\n"
                        "scenarios/lobby.feature:19\n"
                        "scenarios/lobby.feature:9\n");
    report_fixture_release(&fixture);
}

static void a_report_that_never_began_leaves_the_old_list(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "rerun", "rerun.txt");
    report_fixture_open(&fixture, "rerun", "rerun.txt");
    stream_abandon(&fixture.stream);
    assert_true(report_fixture_read(&fixture, "rerun.txt").size > 0);
    struct text format = TEXT("rerun:/proc/no/rerun.txt");
    assert_false(stream_open(&fixture.stream, &format, 1, &fixture.setup, &fixture.problems));
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_failed_in_the_end_is_listed),
        cmocka_unit_test(a_report_that_never_began_leaves_the_old_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
