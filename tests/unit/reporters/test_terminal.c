/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "support/report_fixture.h"

struct shown_case {
    const char *golden;
    int verbosity;
    bool with_colour;
};

static void add_exchange(struct report_fixture *fixture, struct result *result)
{
    result->exchanges = ARENA_NEW(&fixture->arena, struct result_exchange);
    result->exchanges[0].shown = ARENA_NEW(&fixture->arena, struct shown_exchange);
    *result->exchanges[0].shown = (struct shown_exchange){
        .title = TEXT("GET http://127.0.0.1/lobby: 200 OK in 1.0 ms"),
        .curl = TEXT("curl http://127.0.0.1/lobby"),
        .request_head = TEXT("GET http://127.0.0.1/lobby\nAccept: */*\n"),
        .request_body = TEXT("sent"),
        .request_body_bytes = 4,
        .response_head = TEXT("HTTP/1.1 200 OK\nContent-Length: 40000\n"),
        .response_body = TEXT("<p>first\r\nsecond</p>"),
        .response_body_bytes = 40000,
    };
    result->exchange_count = 1;
}

static void play(struct report_fixture *fixture)
{
    report_fixture_open(fixture, "terminal", NULL);
    report_fixture_run_started(fixture);
    struct result *lobby = report_fixture_result_of(fixture, FIXTURE_LOBBY);
    add_exchange(fixture, lobby);
    report_fixture_result(fixture, lobby);
    for (uint32_t i = FIXTURE_SCENARIOS - 1; i > FIXTURE_LOBBY; i--)
        report_fixture_scenario(fixture, i);
    report_fixture_run_finished(fixture);
    report_fixture_close(fixture);
}

static void a_run_is_shown_as_much_as_wanted(void **state)
{
    (void)state;
    static const struct shown_case cases[] = {
        { "terminal.txt", 0, false },        { "terminal-colour.txt", 0, true },
        { "terminal-quiet.txt", -1, false }, { "terminal-steps.txt", 1, false },
        { "terminal-heads.txt", 2, false },  { "terminal-bodies.txt", 3, false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct report_fixture fixture;
        report_fixture_init(&fixture);
        fixture.setup.verbosity = cases[i].verbosity;
        fixture.setup.with_colour = cases[i].with_colour;
        play(&fixture);
        assert_golden(&fixture, report_fixture_read(&fixture, "stdout"), cases[i].golden);
        assert_string_equal(report_fixture_read(&fixture, "stderr").at, "");
        report_fixture_release(&fixture);
    }
}

static void a_long_message_is_cut_with_a_hint_where_the_whole_is(void **state)
{
    (void)state;
    for (int verbosity = 0; verbosity <= 3; verbosity += 3) {
        struct report_fixture fixture;
        report_fixture_init(&fixture);
        fixture.setup.verbosity = verbosity;
        report_fixture_open(&fixture, "terminal", NULL);
        report_fixture_run_started(&fixture);
        struct result *result = report_fixture_result_of(&fixture, FIXTURE_CHIPS);
        struct failure *failure = result->lines[result->line_count - 1].failure;
        for (size_t i = 0; !failure; i++)
            failure = result->lines[i].failure;
        char *message = arena_alloc(&fixture.arena, 100000);
        for (size_t i = 0; i < 99999; i += 3)
            memcpy(message + i, "\xE2\x82\xAC", 3);
        failure->message = text_make(message, 99999);
        report_fixture_result(&fixture, result);
        report_fixture_run_finished(&fixture);
        report_fixture_close(&fixture);
        struct text shown = report_fixture_read(&fixture, "stdout");
        bool is_cut = text_contains(
            shown,
            TEXT("… the first 4095 of 99999 bytes; -vvv or --format junit:FILE has all"));
        assert_int_equal(is_cut, verbosity == 0);
        assert_int_equal(shown.size < 20000, verbosity == 0);
        assert_true(utf8_is_valid(shown));
        report_fixture_release(&fixture);
    }
}

static void a_dry_run_lists_nothing_as_skipped_or_slow(void **state)
{
    (void)state;
    for (uint32_t count = 20; count <= 300; count += 280) {
        struct report_fixture fixture;
        report_fixture_init(&fixture);
        report_fixture_open(&fixture, "terminal", NULL);
        const struct run_started started = { .version = TEXT("0"),
                                             .scenario_count = count,
                                             .feature_count = 1,
                                             .jobs = 1,
                                             .is_dry_run = true };
        report_fixture_event(
            &fixture, (struct event){ EVENT_RUN_STARTED, 0, { .run_started = &started } });
        for (uint32_t i = 0; i < count; i++) {
            const struct result result = { .scenario = i % FIXTURE_SCENARIOS,
                                           .status = STATUS_SKIPPED };
            report_fixture_result(&fixture, &result);
        }
        report_fixture_run_finished(&fixture);
        report_fixture_close(&fixture);
        struct text shown = report_fixture_read(&fixture, "stdout");
        assert_true(text_contains(shown, TEXT("\ndry run: nothing is sent\n")));
        assert_false(text_contains(shown, TEXT("skipped")));
        assert_false(text_contains(shown, TEXT("slowest")));
        assert_false(text_contains(shown, TEXT("0 µs")));
        assert_int_equal(text_contains(shown, TEXT("\n- ")), count == 20);
        assert_true(text_contains(shown, count == 20
                                             ? TEXT("20 scenarios      20 not run\n")
                                             : TEXT("300 scenarios     300 not run\n")));
        report_fixture_release(&fixture);
    }
}

static void only_colour_brings_escape_characters(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    fixture.setup.verbosity = 3;
    play(&fixture);
    struct text shown = report_fixture_read(&fixture, "stdout");
    assert_int_equal(text_find_byte(shown, '\033', 0), shown.size);
    report_fixture_release(&fixture);
}

static void a_file_gets_no_colour(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    fixture.setup.with_colour = true;
    report_fixture_play(&fixture, "terminal", "shown.txt");
    struct text shown = report_fixture_read(&fixture, "shown.txt");
    assert_int_equal(text_find_byte(shown, '\033', 0), shown.size);
    assert_string_equal(report_fixture_read(&fixture, "stdout").at, "");
    report_fixture_release(&fixture);
}

static void problems_go_to_the_standard_error(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "terminal", NULL);
    struct problems problems;
    problems_init(&problems);
    problems_add(&problems, PROBLEM_ENVIRONMENT, span_none(), "wait", "no \x1b[1mroom");
    report_fixture_event(&fixture,
                         (struct event){ EVENT_PROBLEM, 0, { .problem = problems.list } });
    assert_true(stream_shows_problems(&fixture.stream));
    report_fixture_close(&fixture);
    problems_release(&problems);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at,
                        "bddrun: error: no \\x1b[1mroom\n  hint: wait\n");
    assert_string_equal(report_fixture_read(&fixture, "stdout").at, "");
    report_fixture_release(&fixture);
}

static void large_runs_list_what_is_not_green(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "terminal", NULL);
    const struct run_started run = {
        .version = TEXT("0.1.0"),
        .jobs = 1,
        .feature_count = 1,
        .scenario_count = 201,
        .shard_index = 1,
        .shard_count = 4,
    };
    report_fixture_event(&fixture,
                         (struct event){ EVENT_RUN_STARTED, 0, { .run_started = &run } });
    for (int i = 0; i < 200; i++)
        report_fixture_scenario(&fixture, FIXTURE_LOBBY);
    report_fixture_scenario(&fixture, FIXTURE_SKIPPED);
    const struct run_finished end = {
        .cause = TEXT("interrupted"),
        .duration_ns = 65 * NANOSECONDS_PER_SECOND,
    };
    report_fixture_event(&fixture,
                         (struct event){ EVENT_RUN_FINISHED, 0, { .run_finished = &end } });
    report_fixture_close(&fixture);
    assert_golden(&fixture, report_fixture_read(&fixture, "stdout"), "terminal-large.txt");
    report_fixture_release(&fixture);
}

static void many_failures_are_counted_in_the_summary(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    fixture.setup.verbosity = -1;
    report_fixture_open(&fixture, "terminal", NULL);
    report_fixture_run_started(&fixture);
    for (int i = 0; i < 40; i++)
        report_fixture_scenario(&fixture, FIXTURE_UNDEFINED);
    report_fixture_run_finished(&fixture);
    report_fixture_close(&fixture);
    assert_true(
        text_contains(report_fixture_read(&fixture, "stdout"), TEXT("  and 10 more\n")));
    report_fixture_release(&fixture);
}

static void a_verdict_on_the_whole_scenario_is_shown(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_open(&fixture, "terminal", NULL);
    report_fixture_run_started(&fixture);
    struct result *result = report_fixture_result_of(&fixture, FIXTURE_LOBBY);
    result->status = STATUS_FAILED;
    result->message = TEXT("the scenario checks nothing");
    result->hint = TEXT("add a Then");
    report_fixture_result(&fixture, result);
    report_fixture_run_finished(&fixture);
    report_fixture_close(&fixture);
    struct text shown = report_fixture_read(&fixture, "stdout");
    assert_true(
        text_contains(shown, TEXT("    the scenario checks nothing\n      add a Then\n")));
    assert_true(text_contains(shown, TEXT("tables\n      the scenario checks nothing\n")));
    report_fixture_release(&fixture);
}

static void a_full_disk_ends_the_report_with_a_problem(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    close(fixture.setup.output_descriptor);
    fixture.setup.output_descriptor = open("/dev/full", O_WRONLY);
    report_fixture_open(&fixture, "terminal", NULL);
    report_fixture_run_started(&fixture);
    assert_int_equal(fixture.problems.count, 1);
    report_fixture_scenario(&fixture, FIXTURE_LOBBY);
    assert_int_equal(fixture.problems.count, 1);
    assert_int_equal(problems_exit_code(&fixture.problems), EXIT_CODE_ENVIRONMENT);
    assert_false(stream_close(&fixture.stream, &fixture.problems));
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

static const char *const frames =
    "    bob's \"table\" socket (JSON) at ws://127.0.0.1/realtime\n"
    "      closed by the server with code 1012: service restart; "
    "received 1 message (22 bytes); sent 1 message (16 bytes)\n"
    "      +0.000 s → {\"type\":\"ready\"}\n"
    "      +0.020 s ← \\x1b[2J]]>\\n✓ all passed\n";

static void what_was_said_is_shown_where_it_failed(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct text shown = play_conversation(&fixture, "terminal", FIXTURE_JOIN, 0);
    assert_true(text_contains(shown, text_of(frames)));
    report_fixture_release(&fixture);
    shown = play_conversation(&fixture, "terminal", FIXTURE_LOBBY, 0);
    assert_false(text_contains(shown, TEXT("socket")));
    report_fixture_release(&fixture);
    shown = play_conversation(&fixture, "terminal", FIXTURE_LOBBY, 1);
    assert_true(text_contains(shown, TEXT("closed by the server with code 1012")));
    assert_false(text_contains(shown, TEXT("ready")));
    report_fixture_release(&fixture);
    shown = play_conversation(&fixture, "terminal", FIXTURE_JOIN, 3);
    assert_true(text_contains(shown, text_of(frames)));
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_shown_as_much_as_wanted),
        cmocka_unit_test(a_long_message_is_cut_with_a_hint_where_the_whole_is),
        cmocka_unit_test(a_dry_run_lists_nothing_as_skipped_or_slow),
        cmocka_unit_test(only_colour_brings_escape_characters),
        cmocka_unit_test(a_file_gets_no_colour),
        cmocka_unit_test(problems_go_to_the_standard_error),
        cmocka_unit_test(large_runs_list_what_is_not_green),
        cmocka_unit_test(many_failures_are_counted_in_the_summary),
        cmocka_unit_test(a_verdict_on_the_whole_scenario_is_shown),
        cmocka_unit_test(a_full_disk_ends_the_report_with_a_problem),
        cmocka_unit_test(what_was_said_is_shown_where_it_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
