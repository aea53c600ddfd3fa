/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "config/config.h"
#include "deploy/window.h"
#include "format/date.h"
#include "support/problem_text.h"
#include "support/zone_file.h"

static struct arena arena;
static struct problems problems;
static struct config config;
static struct config_reader reader;

static int set_up(void **state)
{
    static const char *const none[] = { NULL };
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    config_init(&config, none);
    reader = (struct config_reader){
        .arena = &arena, .problems = &problems, .process_environment = none, .folder = TEXT(".")
    };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&config);
    problems_release(&problems);
    arena_release(&arena);
    return 0;
}

/* The windows of the value of the key `windows`, in a zone with this rule. */
static bool read_windows(const char *yaml, const char *rule, struct windows *windows)
{
    static struct source source;
    const struct config_node *root;
    source_init(&source, TEXT("bddrun.yaml"), text_of(yaml));
    *windows = (struct windows){ .zone = NULL };
    if (!config_document_parse(&source, &arena, &root, &problems) ||
        !windows_read(&reader, root, &(struct config_key){ .name = "windows" }, windows)) {
        return false;
    }
    static const struct zone_change none[] = { { 0, 0 } };
    struct buffer file;
    zone_file_make(&file, none, 0, rule);
    assert_true(zone_parse(buffer_text(&file), &arena, &windows->zone));
    buffer_release(&file);
    return true;
}

static int64_t at(const char *date)
{
    uint64_t ns = 0;
    assert_true(date_parse(text_of(date), &ns));
    return (int64_t)(ns / NANOSECONDS_PER_SECOND);
}

static void assert_decision(const struct windows *windows, enum window_kind kind,
                            const char *date, const char *expected)
{
    struct window_decision decision = windows_decide(windows, kind, at(date));
    struct buffer out;
    char printed[300];
    buffer_init(&out, sizeof(printed));
    window_decision_print(&out, windows, &decision);
    snprintf(printed, sizeof(printed), "%.*s", TEXT_ARG(buffer_text(&out)));
    buffer_release(&out);
    if (strcmp(printed, expected) != 0) {
        fail_msg("%s: '%s', expected '%s'", date, printed, expected);
    }
}

#define MELBOURNE "AEST-10AEDT,M10.1.0,M4.1.0/3"
#define STOCKHOLM "CET-1CEST,M3.5.0,M10.5.0/3"

static void without_windows_it_is_always_open(void **state)
{
    (void)state;
    struct windows windows = { .zone = NULL };
    assert_true(windows_open(&windows, "/nowhere", &arena, &problems));
    assert_decision(&windows, WINDOW_ANY, "2026-11-23T10:00:00Z", "open");
    assert_decision(&windows, WINDOW_SCHEMA, "2026-11-23T10:00:00Z", "open");
}

static void it_is_open_inside_a_window_that_allows(void **state)
{
    (void)state;
    struct windows windows;
    assert_true(read_windows("zone: Australia/Melbourne\n"
                             "any: [{allow: 'Mon-Thu 10:00-16:00'}]\n"
                             "schema: [{allow: 'daily 01:30-06:00'}]\n"
                             "deny: ['2026-12-24/2026-12-27']\n",
                             MELBOURNE, &windows));
    /* Monday, 10:00 in Melbourne is 23:00 UTC of Sunday. */
    assert_decision(&windows, WINDOW_ANY, "2026-11-22T22:59:59Z",
                    "closed; opens Mon 2026-11-23 10:00 AEDT");
    assert_decision(&windows, WINDOW_ANY, "2026-11-22T23:00:00Z",
                    "open until Mon 2026-11-23 16:00 AEDT ('Mon-Thu 10:00-16:00')");
    assert_decision(&windows, WINDOW_ANY, "2026-11-23T04:59:59Z",
                    "open until Mon 2026-11-23 16:00 AEDT ('Mon-Thu 10:00-16:00')");
    assert_decision(&windows, WINDOW_ANY, "2026-11-26T05:00:00Z",
                    "closed; opens Mon 2026-11-30 10:00 AEDT");
    assert_decision(&windows, WINDOW_SCHEMA, "2026-11-22T23:00:00Z",
                    "closed; opens Tue 2026-11-24 01:30 AEDT");
    assert_decision(&windows, WINDOW_ANY, "2026-12-24T00:00:00Z",
                    "closed by '2026-12-24/2026-12-27'; opens Mon 2026-12-28 10:00 AEDT");
    assert_decision(&windows, WINDOW_SCHEMA, "2026-12-27T12:59:59Z",
                    "closed by '2026-12-24/2026-12-27'; opens Mon 2026-12-28 01:30 AEDT");
}

static void what_goes_past_midnight_belongs_to_the_day_it_starts_on(void **state)
{
    (void)state;
    struct windows windows;
    assert_true(read_windows("{zone: X, any: 'Fri 22:00-02:00'}", "UTC0", &windows));
    assert_decision(&windows, WINDOW_ANY, "2026-11-27T21:59:00Z",
                    "closed; opens Fri 2026-11-27 22:00 UTC");
    assert_decision(&windows, WINDOW_ANY, "2026-11-28T01:59:00Z",
                    "open until Sat 2026-11-28 02:00 UTC ('Fri 22:00-02:00')");
    assert_decision(&windows, WINDOW_ANY, "2026-11-27T01:00:00Z",
                    "closed; opens Fri 2026-11-27 22:00 UTC"); /* Thursday's night */
    assert_true(read_windows("{zone: X, any: ['Sun 22:00-24:00', 'Mon 00:00-02:00']}", "UTC0",
                             &windows));
    assert_decision(&windows, WINDOW_ANY, "2026-11-29T23:59:59Z",
                    "open until Mon 2026-11-30 02:00 UTC ('Sun 22:00-24:00')");
    assert_true(read_windows("{zone: X, any: 'Sun 22:00-02:00'}", "UTC0", &windows));
    assert_decision(&windows, WINDOW_ANY, "2026-11-30T01:00:00Z",
                    "open until Mon 2026-11-30 02:00 UTC ('Sun 22:00-02:00')");
}

static void an_hour_that_is_skipped_is_never_and_one_that_repeats_counts_twice(void **state)
{
    (void)state;
    struct windows windows;
    assert_true(read_windows("{zone: X, any: 'Sun 02:00-03:00'}", STOCKHOLM, &windows));
    /* 2026-03-29 02:30 does not exist there: a week later. */
    assert_decision(&windows, WINDOW_ANY, "2026-03-28T23:00:00Z",
                    "closed; opens Sun 2026-04-05 02:00 CEST");
    assert_decision(&windows, WINDOW_ANY, "2026-03-29T01:00:00Z",
                    "closed; opens Sun 2026-04-05 02:00 CEST");
    /* 2026-10-25 02:30 is at 00:30Z and again at 01:30Z. */
    assert_decision(&windows, WINDOW_ANY, "2026-10-25T00:30:00Z",
                    "open until Sun 2026-10-25 03:00 CET ('Sun 02:00-03:00')");
    assert_decision(&windows, WINDOW_ANY, "2026-10-25T01:30:00Z",
                    "open until Sun 2026-10-25 03:00 CET ('Sun 02:00-03:00')");
    assert_decision(&windows, WINDOW_ANY, "2026-10-25T02:00:00Z",
                    "closed; opens Sun 2026-11-01 02:00 CET");
}

static void a_window_that_denies_beats_all_that_allow(void **state)
{
    (void)state;
    struct windows windows;
    assert_true(read_windows("zone: X\nany: [daily 08:00-18:00, {deny: 'daily 12:00-13:00'}]\n"
                             "deny: Fri\n",
                             "UTC0", &windows));
    assert_decision(&windows, WINDOW_ANY, "2026-11-23T11:00:00Z",
                    "open until Mon 2026-11-23 12:00 UTC ('daily 08:00-18:00')");
    assert_decision(&windows, WINDOW_ANY, "2026-11-23T12:30:00Z",
                    "closed by 'daily 12:00-13:00'; opens Mon 2026-11-23 13:00 UTC");
    assert_decision(&windows, WINDOW_SCHEMA, "2026-11-27T10:00:00Z",
                    "closed by 'Fri'; opens Sat 2026-11-28 08:00 UTC");
}

static void windows_that_only_deny_leave_the_rest_open(void **state)
{
    (void)state;
    struct windows windows;
    assert_true(read_windows("{zone: X, deny: ['2026-12-24 18:00/2026-12-27 06:00']}", "UTC0",
                             &windows));
    assert_decision(&windows, WINDOW_ANY, "2026-12-24T17:59:00Z",
                    "open until Thu 2026-12-24 18:00 UTC");
    assert_decision(&windows, WINDOW_ANY, "2026-12-24T18:00:00Z",
                    "closed by '2026-12-24 18:00/2026-12-27 06:00'; opens Sun 2026-12-27 "
                    "06:00 UTC");
    assert_decision(&windows, WINDOW_ANY, "2026-12-28T18:00:00Z", "open");
}

static void what_never_opens_is_said(void **state)
{
    (void)state;
    struct windows windows;
    assert_true(read_windows("{zone: X, any: '2026-01-01'}", "UTC0", &windows));
    assert_decision(&windows, WINDOW_ANY, "2026-06-01T00:00:00Z",
                    "closed; does not open within 400 days");
    assert_true(read_windows("{zone: X, any: Thu}", "AAA3", &windows));
    assert_decision(&windows, WINDOW_ANY, "1970-01-01T00:00:00Z",
                    "open until Fri 1970-01-02 00:00 AAA ('Thu')");
}

static void windows_are_written_in_many_ways(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned days;
        int64_t from_hour;
        int64_t to_hour;
    } rows[] = {
        { "daily 01:00-06:00", 0x7F, 1, 6 },
        { "Mon", 0x01, 0, 24 },
        { "monday-Friday", 0x1F, 0, 24 },
        { "Sat,Sun 08:00-24:00", 0x60, 8, 24 },
        { "Sat-Mon", 0x61, 0, 24 },
        { "weekdays 22:00-02:00", 0x1F, 22, 2 },
        { " weekends ", 0x60, 0, 24 },
        { "10:00-16:00", 0x7F, 10, 16 },
        { "Mon,Wed-Thu  09:00-10:00", 0x0D, 9, 10 },
        { "tues", 0x02, 0, 24 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct window_rule rule;
        const char *reason = "";
        if (!window_rule_parse(text_of(rows[i].text), &rule, &reason) ||
            rule.days != rows[i].days || rule.from_s != rows[i].from_hour * 3600 ||
            rule.to_s != rows[i].to_hour * 3600) {
            fail_msg("'%s': %s", rows[i].text, reason);
        }
    }
    struct window_rule rule;
    const char *reason;
    assert_true(window_rule_parse(TEXT("2026-12-24"), &rule, &reason));
    assert_int_equal(rule.to_s - rule.from_s, 86400);
    assert_int_equal(rule.from_s, at("2026-12-24T00:00:00Z"));
    assert_true(window_rule_parse(TEXT("2026-12-24T18:00/2026-12-25"), &rule, &reason));
    assert_int_equal(rule.to_s - rule.from_s, 30 * 3600);
}

static void what_is_no_window_is_refused_at_its_place(void **state)
{
    (void)state;
    struct windows windows;
    assert_false(read_windows("zone: X\n"
                              "any:\n"
                              "  - Mon 10-16\n"
                              "  - Mo 10:00-16:00\n"
                              "  - Mon-Xyz\n"
                              "  - 10:00-10:00\n"
                              "  - 24:00-10:00\n"
                              "  - 10:00-24:01\n"
                              "  - 10:00-11:60\n"
                              "  - 2026-02-30\n"
                              "  - 2026-12-24 18:00\n"
                              "  - 2026-12-24/2026-12-23\n"
                              "  - 2026-12-24x/2026-12-23\n"
                              "  - {permit: Mon}\n"
                              "  - {allow: Mon, deny: Tue}\n"
                              "  - {allow: [Mon]}\n"
                              "schema: []\n"
                              "deny: {a: b}\n",
                              "UTC0", &windows));
    assert_problems(
        &problems,
        "bddrun.yaml:3:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found 'Mon 10-16'\n"
        "    - Mon 10-16\n"
        "      ^^^^^^^^^\n"
        "  hint: hours are two different times such as 10:00-16:00\n"
        "bddrun.yaml:4:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found 'Mo 10:00-16:00'\n"
        "    - Mo 10:00-16:00\n"
        "      ^^^^^^^^^^^^^^\n"
        "  hint: days are names such as Mon-Thu or Sat,Sun, or daily, weekdays, weekends\n"
        "bddrun.yaml:5:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found 'Mon-Xyz'\n"
        "    - Mon-Xyz\n"
        "      ^^^^^^^\n"
        "  hint: days are names such as Mon-Thu or Sat,Sun, or daily, weekdays, weekends\n"
        "bddrun.yaml:6:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '10:00-10:00'\n"
        "    - 10:00-10:00\n"
        "      ^^^^^^^^^^^\n"
        "  hint: hours are two different times such as 10:00-16:00\n"
        "bddrun.yaml:7:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '24:00-10:00'\n"
        "    - 24:00-10:00\n"
        "      ^^^^^^^^^^^\n"
        "  hint: hours are two different times such as 10:00-16:00\n"
        "bddrun.yaml:8:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '10:00-24:01'\n"
        "    - 10:00-24:01\n"
        "      ^^^^^^^^^^^\n"
        "  hint: hours are two different times such as 10:00-16:00\n"
        "bddrun.yaml:9:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '10:00-11:60'\n"
        "    - 10:00-11:60\n"
        "      ^^^^^^^^^^^\n"
        "  hint: hours are two different times such as 10:00-16:00\n"
        "bddrun.yaml:10:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '2026-02-30'\n"
        "    - 2026-02-30\n"
        "      ^^^^^^^^^^\n"
        "  hint: a date is as 2026-12-24 or 2026-12-24 18:00\n"
        "bddrun.yaml:11:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '2026-12-24 18:00'\n"
        "    - 2026-12-24 18:00\n"
        "      ^^^^^^^^^^^^^^^^\n"
        "  hint: a time of one day needs its end: 2026-12-24 18:00/2026-12-24 20:00\n"
        "bddrun.yaml:12:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '2026-12-24/2026-12-23'\n"
        "    - 2026-12-24/2026-12-23\n"
        "      ^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: it ends before it begins\n"
        "bddrun.yaml:13:5: error: expected a window such as 'Mon-Thu 10:00-16:00' or "
        "'2026-12-24', found '2026-12-24x/2026-12-23'\n"
        "    - 2026-12-24x/2026-12-23\n"
        "      ^^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: a date is as 2026-12-24 or 2026-12-24 18:00\n"
        "bddrun.yaml:14:5: error: expected {allow: …} or {deny: …}, found a map\n"
        "    - {permit: Mon}\n"
        "      ^\n"
        "bddrun.yaml:15:5: error: expected {allow: …} or {deny: …}, found a map\n"
        "    - {allow: Mon, deny: Tue}\n"
        "      ^\n"
        "bddrun.yaml:16:13: error: expected text, found a list\n"
        "    - {allow: [Mon]}\n"
        "              ^\n"
        "bddrun.yaml:17:9: error: expected a list of windows, found a list\n"
        "  schema: []\n"
        "          ^\n"
        "bddrun.yaml:18:7: error: expected a list of windows, found a map\n"
        "  deny: {a: b}\n"
        "        ^\n");
}

static void a_zone_must_be_named_and_exist(void **state)
{
    (void)state;
    struct windows windows;
    assert_false(read_windows("any: Mon\n", "UTC0", &windows));
    assert_string_equal(problems.list[0].message.at, "key 'zone' is missing in the windows");
    problems_clear(&problems);
    assert_true(read_windows("{zone: Europ/Stokholm, any: Mon}", "UTC0", &windows));
    assert_false(windows_open(&windows, "/nowhere", &arena, &problems));
    assert_problems(&problems,
                    "bddrun.yaml:1:8: error: unknown time zone 'Europ/Stokholm'\n"
                    "  {zone: Europ/Stokholm, any: Mon}\n"
                    "         ^^^^^^^^^^^^^^\n"
                    "  hint: this system has no time zone data: apt-get install tzdata\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_windows_it_is_always_open),
        TEST(it_is_open_inside_a_window_that_allows),
        TEST(what_goes_past_midnight_belongs_to_the_day_it_starts_on),
        TEST(an_hour_that_is_skipped_is_never_and_one_that_repeats_counts_twice),
        TEST(a_window_that_denies_beats_all_that_allow),
        TEST(windows_that_only_deny_leave_the_rest_open),
        TEST(what_never_opens_is_said),
        TEST(windows_are_written_in_many_ways),
        TEST(what_is_no_window_is_refused_at_its_place),
        TEST(a_zone_must_be_named_and_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
