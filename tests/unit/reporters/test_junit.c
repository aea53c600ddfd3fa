/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "support/report_fixture.h"

static void a_run_becomes_a_report_in_the_order_of_the_files(void **state)
{
    (void)state;
    static const char *const dialects[] = { "junit", "junit-strict" };
    for (size_t i = 0; i < ARRAY_SIZE(dialects); i++) {
        struct report_fixture fixture;
        report_fixture_init(&fixture);
        report_fixture_play(&fixture, dialects[i], "report.xml");
        struct text golden = arena_format(&fixture.arena, "%s.xml", dialects[i]);
        assert_golden(&fixture, report_fixture_read(&fixture, "report.xml"), golden.at);
        report_fixture_release(&fixture);
    }
}

static void a_report_goes_to_the_standard_output_too(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "junit", NULL);
    assert_golden(&fixture, report_fixture_read(&fixture, "stdout"), "junit.xml");
    report_fixture_release(&fixture);
}

static void a_run_that_was_cut_short_leaves_a_whole_report(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "junit", "report.xml");
    report_fixture_run_started(&fixture);
    report_fixture_scenario(&fixture, FIXTURE_LOBBY);
    struct problems problems;
    problems_init(&problems);
    problems_add(&problems, PROBLEM_WARNING, span_none(), NULL, "odd <thing> ]]>");
    clock_advance(&fixture.clock, NANOSECONDS_PER_SECOND);
    report_fixture_event(&fixture,
                         (struct event){ EVENT_PROBLEM, 0, { .problem = problems.list } });
    problems_release(&problems);
    report_fixture_close(&fixture);
    assert_golden(&fixture, report_fixture_read(&fixture, "report.xml"), "junit-cut.xml");
    report_fixture_release(&fixture);
}

static void nothing_stands_at_the_name_before_the_end(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "junit", "report.xml");
    report_fixture_run_started(&fixture);
    report_fixture_scenario(&fixture, FIXTURE_LOBBY);
    stream_abandon(&fixture.stream);
    struct text bytes;
    assert_false(file_read(report_fixture_path(&fixture, "report.xml"), 1 << 20, &fixture.arena,
                           &bytes, &fixture.problems));
    report_fixture_release(&fixture);
}

static void runs_that_never_started_leave_an_empty_report(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "junit-strict", "report.xml");
    report_fixture_close(&fixture);
    assert_string_equal(
        report_fixture_read(&fixture, "report.xml").at,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"bddrun\" tests=\"0\" failures=\"0\" errors=\"0\" "
        "time=\"0.000000\">\n"
        "  <testsuite name=\"bddrun\" tests=\"0\" failures=\"0\" errors=\"0\" "
        "skipped=\"0\" time=\"0.000000\">\n"
        "    <properties>\n"
        "      <property name=\"ended-early\" value=\"the run did not finish\"/>\n"
        "    </properties>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
    report_fixture_release(&fixture);
}

static void large_cases_are_kept_in_the_file(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "junit", "report.xml");
    report_fixture_run_started(&fixture);
    char *large = malloc(400000);
    assert_non_null(large);
    memset(large, 'x', 400000);
    for (uint32_t i = 0; i < FIXTURE_SCENARIOS; i++) {
        struct result *result = report_fixture_result_of(&fixture, FIXTURE_SCENARIOS - 1 - i);
        result->status = STATUS_FAILED;
        result->message = text_make(large, 400000 - i);
        report_fixture_result(&fixture, result);
    }
    report_fixture_run_finished(&fixture);
    report_fixture_close(&fixture);
    free(large);
    struct text report = report_fixture_read(&fixture, "report.xml");
    assert_true(report.size > (size_t)6 * 2 * 399990);
    size_t lobby = text_find(report, TEXT("line=\"4\""), 0);
    size_t payout = text_find(report, TEXT("line=\"13\""), 0);
    assert_true(lobby < payout && payout < report.size);
    assert_true(text_ends_with(report, TEXT("</testsuites>\n")));
    report_fixture_release(&fixture);
}

static void a_folder_that_cannot_be_made_is_told_at_once(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    struct text format = TEXT("junit:/proc/no/report.xml");
    assert_false(stream_open(&fixture.stream, &format, 1, &fixture.setup, &fixture.problems));
    assert_int_equal(problems_exit_code(&fixture.problems), EXIT_CODE_ENVIRONMENT);
    report_fixture_release(&fixture);
}

static struct text play_conversation(struct report_fixture *fixture, const char *name,
                                     uint32_t scenario, int verbosity)
{
    report_fixture_init(fixture);
    fixture->setup.verbosity = verbosity;
    report_fixture_open(fixture, name, "out");
    report_fixture_run_started(fixture);
    struct result *result = report_fixture_result_of(fixture, scenario);
    report_fixture_add_conversation(fixture, result);
    report_fixture_result(fixture, result);
    report_fixture_run_finished(fixture);
    report_fixture_close(fixture);
    return report_fixture_read(fixture, "out");
}

static void what_was_said_is_in_the_output_of_a_failed_case(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct text report = play_conversation(&fixture, "junit", FIXTURE_JOIN, 0);
    assert_true(text_contains(report, TEXT("closed by the server with code 1012")));
    assert_true(text_contains(report, TEXT("+0.020 s ← \\x1b[2J]]&gt;\\n✓ all passed\n")));
    report_fixture_release(&fixture);
    report = play_conversation(&fixture, "junit", FIXTURE_LOBBY, 0);
    assert_true(text_contains(report, TEXT("closed by the server with code 1012")));
    assert_false(text_contains(report, TEXT("ready")));
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_becomes_a_report_in_the_order_of_the_files),
        cmocka_unit_test(a_report_goes_to_the_standard_output_too),
        cmocka_unit_test(a_run_that_was_cut_short_leaves_a_whole_report),
        cmocka_unit_test(nothing_stands_at_the_name_before_the_end),
        cmocka_unit_test(runs_that_never_started_leave_an_empty_report),
        cmocka_unit_test(large_cases_are_kept_in_the_file),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_told_at_once),
        cmocka_unit_test(what_was_said_is_in_the_output_of_a_failed_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
