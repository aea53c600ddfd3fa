/* SPDX-License-Identifier: MIT */
#include "event/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/problem_text.h"
#include "support/report_fixture.h"

static void formats_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *formats[2];
        const char *expected;
    } cases[] = {
        { { "junti", NULL },
          "bddrun: error: unknown format 'junti'\n  hint: did you mean 'junit'?\n" },
        { { "xxxxxxxxx", NULL },
          "bddrun: error: unknown format 'xxxxxxxxx'\n  hint: known are terminal, junit, "
          "junit-strict, message, rerun\n" },
        { { "junit:", NULL },
          "bddrun: error: format 'junit:' names no file\n  hint: give a file after the colon, "
          "or "
          "'-' for the standard output\n" },
        { { "junit:-", "terminal" },
          "bddrun: error: formats 'junit' and 'terminal' both write to the standard output\n"
          "  hint: send one to a file: --format NAME:FILE\n" },
        { { "junit:a.xml", "message:a.xml" },
          "bddrun: error: formats 'junit' and 'message' both write to 'a.xml'\n"
          "  hint: give each report its own file\n" },
        { { "message:/dev/null/x", NULL }, NULL },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct report_fixture fixture;
        report_fixture_init(&fixture);
        struct text formats[2] = { text_of(cases[i].formats[0]) };
        size_t count = 1;
        if (cases[i].formats[1])
            formats[count++] = text_of(cases[i].formats[1]);
        assert_false(
            stream_open(&fixture.stream, formats, count, &fixture.setup, &fixture.problems));
        if (cases[i].expected)
            assert_problems(&fixture.problems, cases[i].expected);
        assert_int_equal(problems_exit_code(&fixture.problems),
                         cases[i].expected ? EXIT_CODE_USAGE : EXIT_CODE_ENVIRONMENT);
        assert_int_equal(fixture.stream.count, 0);
        report_fixture_release(&fixture);
    }
}

static void too_many_formats_are_refused(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    struct text formats[STREAM_REPORTERS_LIMIT + 1];
    for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
        formats[i] = TEXT("junit");
    assert_false(stream_open(&fixture.stream, formats, ARRAY_SIZE(formats), &fixture.setup,
                             &fixture.problems));
    assert_problems(&fixture.problems, "bddrun: error: more than 16 formats\n");
    report_fixture_release(&fixture);
}

static void without_formats_there_is_the_terminal(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    assert_true(stream_open(&fixture.stream, NULL, 0, &fixture.setup, &fixture.problems));
    assert_string_equal(fixture.stream.list[0].type->name, "terminal");
    assert_false(stream_wants_envelopes(&fixture.stream));
    assert_true(stream_shows_problems(&fixture.stream));
    stream_tick(&fixture.stream);
    report_fixture_close(&fixture);
    assert_false(stream_shows_problems(&fixture.stream));
    report_fixture_release(&fixture);
}

static void a_reporter_that_cannot_write_is_dropped_and_the_others_go_on(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    struct text formats[] = {
        TEXT("message:/dev/full"),
        arena_format(&fixture.arena, "junit:%s/good.xml", fixture.folder),
    };
    assert_true(stream_open(&fixture.stream, formats, 2, &fixture.setup, &fixture.problems));
    report_fixture_run_started(&fixture);
    for (uint32_t i = 0; i < FIXTURE_SCENARIOS; i++)
        report_fixture_scenario(&fixture, i);
    report_fixture_run_finished(&fixture);
    assert_int_equal(fixture.problems.count, 1);
    stream_tick(&fixture.stream);
    assert_false(stream_close(&fixture.stream, &fixture.problems));
    assert_int_equal(fixture.problems.count, 1);
    assert_problems(&fixture.problems,
                    "bddrun: error: cannot write '/dev/full': No space left on device\n"
                    "  hint: make room on the disk and run again\n");
    struct text report = report_fixture_read(&fixture, "good.xml");
    assert_true(text_contains(report, TEXT("tests=\"6\"")));
    report_fixture_release(&fixture);
}

static void a_report_that_cannot_be_completed_is_told(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    struct text format = TEXT("message:/dev/full");
    assert_true(stream_open(&fixture.stream, &format, 1, &fixture.setup, &fixture.problems));
    assert_false(stream_close(&fixture.stream, &fixture.problems));
    assert_int_equal(problems_exit_code(&fixture.problems), EXIT_CODE_ENVIRONMENT);
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_that_cannot_be_are_refused),
        cmocka_unit_test(too_many_formats_are_refused),
        cmocka_unit_test(without_formats_there_is_the_terminal),
        cmocka_unit_test(a_reporter_that_cannot_write_is_dropped_and_the_others_go_on),
        cmocka_unit_test(a_report_that_cannot_be_completed_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
