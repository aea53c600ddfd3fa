/* SPDX-License-Identifier: MIT */
#include "reporters/terminal/progress_bar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/report_fixture.h"

static const uint64_t second = NANOSECONDS_PER_SECOND;

static void draw(struct report_fixture *fixture, struct progress_bar *bar, uint32_t finished,
                 uint64_t after_ns)
{
    struct tally tally = { .finished = finished };
    tally.scenarios[STATUS_PASSED] = finished;
    (void)fixture;
    progress_bar_draw(bar, &tally, FIXTURE_START_NS + after_ns);
}

static void a_bar_is_drawn_ten_times_a_second_at_most(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct progress_bar bar;
    report_fixture_init(&fixture);
    fixture.setup.has_progress = true;
    fixture.setup.columns = 60;
    progress_bar_init(&bar, &fixture.setup);
    draw(&fixture, &bar, 1, second); /* no run yet */
    progress_bar_run_started(&bar, 4, FIXTURE_START_NS);
    draw(&fixture, &bar, 0, second / 20);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at, "");
    draw(&fixture, &bar, 1, second / 5);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at,
                        "━━━━━━──────────────────  25 %  1 of 4");
    draw(&fixture, &bar, 2, second / 4);
    draw(&fixture, &bar, 2, 2 * second);
    progress_bar_erase(&bar);
    progress_bar_erase(&bar);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at,
                        "━━━━━━──────────────────  25 %  1 of 4\r\033[2K"
                        "━━━━━━━━━━━━────────────  50 %  2 of 4 · about 2 s left\r\033[2K");
    progress_bar_release(&bar);
    report_fixture_release(&fixture);
}

static void slow_scenarios_stand_below_the_bar(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct progress_bar bar;
    report_fixture_init(&fixture);
    fixture.setup.has_progress = true;
    fixture.setup.columns = 50;
    progress_bar_init(&bar, &fixture.setup);
    progress_bar_run_started(&bar, 400, FIXTURE_START_NS);
    for (uint32_t worker = 0; worker < 5; worker++) {
        const struct scenario_started started = { worker, 0, worker };
        progress_bar_scenario_started(&bar, &started, FIXTURE_START_NS + worker * second);
    }
    const struct scenario_started beyond = { 0, 0, 1u << 20 };
    progress_bar_scenario_started(&bar, &beyond, FIXTURE_START_NS);
    progress_bar_scenario_finished(&bar, 1u << 20);
    progress_bar_scenario_finished(&bar, 1);
    draw(&fixture, &bar, 1, 5 * second);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at,
                        "────────────────────────   0 %  1 of 400 · about \n"
                        "  5.0 s  scenarios/lobby.feature:4  The lobby lis\n"
                        "  3.0 s  scenarios/lobby.feature:19  Chips - play\n"
                        "  2.0 s  scenarios/wallet.feature:3  Balance");
    progress_bar_erase(&bar);
    assert_true(text_ends_with(
        report_fixture_read(&fixture, "stderr"),
        TEXT("Balance\r\033[2K\033[1A\r\033[2K\033[1A\r\033[2K\033[1A\r\033[2K")));
    progress_bar_release(&bar);
    report_fixture_release(&fixture);
}

static void counts_of_what_is_not_green_are_shown(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct progress_bar bar;
    report_fixture_init(&fixture);
    fixture.setup.has_progress = true;
    fixture.setup.with_colour = true;
    progress_bar_init(&bar, &fixture.setup);
    progress_bar_run_started(&bar, 10, FIXTURE_START_NS);
    struct tally tally = { .finished = 12, .flaky = 3 };
    tally.scenarios[STATUS_FAILED] = 1;
    tally.scenarios[STATUS_UNDEFINED] = 1;
    tally.scenarios[STATUS_SKIPPED] = 2;
    progress_bar_draw(&bar, &tally, FIXTURE_START_NS + second);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at,
                        "\033[31m━━━━━━━━━━━━━━━━━━━━━━━━\033[0m\033[2m\033[0m 120 %  "
                        "12 of 10 · 2 failed · 2 skipped · 3 flaky");
    progress_bar_release(&bar);
    report_fixture_release(&fixture);
}

static void without_a_terminal_a_line_comes_now_and_then(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct progress_bar bar;
    report_fixture_init(&fixture);
    progress_bar_init(&bar, &fixture.setup);
    progress_bar_run_started(&bar, 100, FIXTURE_START_NS);
    draw(&fixture, &bar, 5, 9 * second);
    draw(&fixture, &bar, 10, 20 * second);
    draw(&fixture, &bar, 98, 29 * second);
    draw(&fixture, &bar, 99, 31 * second);
    draw(&fixture, &bar, 100, 50 * second);
    assert_string_equal(report_fixture_read(&fixture, "stderr").at,
                        "bddrun: 10 of 100 · about 3 min 00 s left\n"
                        "bddrun: 99 of 100 · about 1 s left\n"
                        "bddrun: 100 of 100\n");
    progress_bar_release(&bar);
    report_fixture_release(&fixture);
}

static void a_closed_terminal_ends_the_bar(void **state)
{
    (void)state;
    struct report_fixture fixture;
    struct progress_bar bar;
    report_fixture_init(&fixture);
    struct reporter_setup setup = fixture.setup;
    setup.notice_descriptor = -1;
    progress_bar_init(&bar, &setup);
    progress_bar_run_started(&bar, 100, FIXTURE_START_NS);
    draw(&fixture, &bar, 10, 20 * second);
    assert_int_equal(bar.total, 0);
    progress_bar_release(&bar);
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_is_drawn_ten_times_a_second_at_most),
        cmocka_unit_test(slow_scenarios_stand_below_the_bar),
        cmocka_unit_test(counts_of_what_is_not_green_are_shown),
        cmocka_unit_test(without_a_terminal_a_line_comes_now_and_then),
        cmocka_unit_test(a_closed_terminal_ends_the_bar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
