/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file_write.h"
#include "deploy/window/zone_rule.h"
#include "deploy/zone.h"
#include "support/problem_text.h"
#include "support/zone_file.h"

static struct arena arena;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static void assert_printed(const struct zone *zone, int64_t unix_s, const char *expected)
{
    struct buffer out;
    char printed[100];
    buffer_init(&out, sizeof(printed));
    zone_print(&out, zone, unix_s);
    snprintf(printed, sizeof(printed), "%.*s", TEXT_ARG(buffer_text(&out)));
    buffer_release(&out);
    assert_string_equal(printed, expected);
}

static void transitions_then_the_rule_tell_the_offset(void **state)
{
    (void)state;
    static const struct zone_change changes[] = { { 1000000000, 2 }, { 1010000000, 1 } };
    struct buffer file;
    const struct zone *zone;
    zone_file_make(&file, changes, 2, "AEST-10AEDT,M10.1.0,M4.1.0/3");
    assert_true(zone_parse(buffer_text(&file), &arena, &zone));
    buffer_release(&file);
    assert_printed(zone, 0, "Thu 1970-01-01 00:00 LMT");
    assert_printed(zone, -5, "Thu 1970-01-01 00:00 LMT");
    assert_printed(zone, 999999999, "Sun 2001-09-09 01:46 LMT");
    assert_printed(zone, 1000000000, "Sun 2001-09-09 03:46 TWO");
    assert_printed(zone, 1009999999, "Wed 2002-01-02 21:33 TWO");
    assert_printed(zone, 1791043199, "Sun 2026-10-04 01:59 AEST");
    assert_printed(zone, 1791043200, "Sun 2026-10-04 03:00 AEDT");
    assert_printed(zone, 1806767999, "Sun 2027-04-04 02:59 AEDT");
    assert_printed(zone, 1806768000, "Sun 2027-04-04 02:00 AEST");
}

static void a_file_without_a_rule_keeps_its_last_kind(void **state)
{
    (void)state;
    static const struct zone_change changes[] = { { 1000, 1 } };
    struct buffer file;
    const struct zone *zone;
    zone_file_make(&file, changes, 1, "");
    assert_true(zone_parse(buffer_text(&file), &arena, &zone));
    buffer_release(&file);
    assert_printed(zone, 1791050400, "Sat 2026-10-03 19:00 ONE");
}

static void posix_rules_of_every_form_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        int64_t unix_s;
        bool is_summer;
    } rows[] = {
        { "UTC0", 1791050400, false },
        { "<+0330>-3:30", 1791050400, false },
        { "CET-1CEST,M3.5.0,M10.5.0/3", 1774745999, false }, /* 2026-03-29 00:59:59Z */
        { "CET-1CEST,M3.5.0,M10.5.0/3", 1774746000, true },
        { "CET-1CEST,M3.5.0,M10.5.0/3", 1792889999, true }, /* 2026-10-25 00:59:59Z */
        { "CET-1CEST,M3.5.0,M10.5.0/3", 1792890000, false },
        { "IST-1GMT0,M10.5.0,M3.5.0/1", 1792890000, true },  /* "summer" is Ireland's winter */
        { "IST-1GMT0,M10.5.0,M3.5.0/1", 1782864000, false }, /* 2026-07-01 */
        { "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 1782864000, true },
        { "AAA3BBB2,J60/0,J300/0", 1772332200, false }, /* 2026-03-01 02:30Z is 02-28 */
        { "AAA3BBB2,J60/0,J300/0", 1772334000, true },  /* 03:00Z */
        { "AAA0BBB,J60/0,J300/0", 1709251199, false },  /* 2024-02-29 23:59:59Z */
        { "AAA0BBB,J60/0,J300/0", 1709251200, true },   /* a leap year */
        { "AAA0BBB,59/0,300/0", 1709164800, true },     /* 2024-02-29: day 59 from 0 */
        { "AAA0BBB,59/0,300/0", 1709164799, false },
        { "AAA0BBB-1:30:15,0/0,J365/25", 1767225600, true }, /* 2026-01-01 */
        { "AAA0BBB,J1/0,J365/25", -5, false },
        { "<-03>3<-02>,M3.5.6/22,M10.5.6/23", 1782864000, true },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct zone_rule rule;
        if (!zone_rule_parse(text_of(rows[i].rule), &rule) ||
            zone_rule_is_summer(&rule, rows[i].unix_s) != rows[i].is_summer) {
            fail_msg("%s at %lld", rows[i].rule, (long long)rows[i].unix_s);
        }
    }
}

static void what_is_no_posix_rule_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "UT0",
        "UTC",
        "UTC99",
        "UTC-25",
        "<+03-3",
        "<>3",
        "UTC0:60",
        "UTC0:00:60",
        "AAA0B",
        "AAA0BBB",
        "AAA0BBBx",
        "AAA0BBB,M3",
        "AAA0BBB,M13.1.0,M1.1.0",
        "AAA0BBB,M0.1.0,M1.1.0",
        "AAA0BBB,M1.0.0,M1.1.0",
        "AAA0BBB,M1.6.0,M1.1.0",
        "AAA0BBB,M1.1.7,M1.1.0",
        "AAA0BBB,M1.1.0",
        "AAA0BBB,J0,J1",
        "AAA0BBB,J366,J1",
        "AAA0BBB,366,1",
        "AAA0BBB,J1/168,J2",
        "AAA0BBB,J1,J2,",
        "AAA0BBB99,J1,J2",
        "AAA0BBB,M1-1.0,M1.1.0",
        "AAA0BBB,M1.1-0,M1.1.0",
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        struct zone_rule rule;
        if (zone_rule_parse(text_of(rows[i]), &rule)) {
            fail_msg("taken: %s", rows[i]);
        }
    }
}

static void a_file_that_is_cut_short_or_strange_is_refused(void **state)
{
    (void)state;
    static const struct zone_change changes[] = { { 1000, 1 }, { 2000, 2 } };
    static const struct zone_change unordered[] = { { 2000, 1 }, { 1000, 2 } };
    static const struct zone_change unknown[] = { { 1000, 9 } };
    static const struct zone_change none[] = { { 0, 0 } };
    struct buffer file;
    const struct zone *zone;
    zone_file_make(&file, changes, 2, "UTC0");
    size_t rule_size = strlen("\nUTC0\n");
    for (size_t size = 0; size < file.size - rule_size; size++) {
        if (zone_parse(text_make(file.at, size), &arena, &zone)) {
            fail_msg("taken: %zu of %zu", size, file.size);
        }
    }
    buffer_release(&file);
    zone_file_make(&file, unordered, 2, "UTC0");
    assert_false(zone_parse(buffer_text(&file), &arena, &zone));
    buffer_release(&file);
    zone_file_make(&file, unknown, 1, "UTC0");
    assert_false(zone_parse(buffer_text(&file), &arena, &zone));
    buffer_release(&file);
    zone_file_make(&file, none, 0, "nonsense");
    assert_false(zone_parse(buffer_text(&file), &arena, &zone));
    file.at[4] = '1'; /* of 1990: without 64 bits */
    assert_false(zone_parse(buffer_text(&file), &arena, &zone));
    buffer_release(&file);
    zone_file_make(&file, none, 0, "UTC0");
    size_t kind = file.size - rule_size - ZONE_FILE_TAIL_BYTES;
    file.at[kind] = 0x7F; /* an offset of years */
    assert_false(zone_parse(buffer_text(&file), &arena, &zone));
    buffer_release(&file);
}

/* A folder of zones: Europe/Stockholm, UTC-like; a table; a copy below posix/. */
static void make_folder(char *folder)
{
    static const struct zone_change none[] = { { 0, 0 } };
    static const char *const names[] = { "Europe/Stockholm", "Europe/London", "zone.tab",
                                         "posix/Europe/Stockholm" };
    struct buffer file;
    assert_non_null(mkdtemp(folder));
    zone_file_make(&file, none, 0, "CET-1CEST,M3.5.0,M10.5.0/3");
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        struct text path = arena_format(&arena, "%s/%s", folder, names[i]);
        assert_true(file_replace(path, buffer_text(&file), &problems));
    }
    buffer_release(&file);
    assert_true(
        file_replace(arena_format(&arena, "%s/Broken", folder), TEXT("TZif2"), &problems));
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {
        "Europe/Stockholm",
        "Europe/London",
        "zone.tab",
        "posix/Europe/Stockholm",
        "posix/Europe",
        "posix",
        "Europe",
        "Broken",
        "",
    };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        assert_int_equal(remove(arena_format(&arena, "%s/%s", folder, names[i]).at), 0);
    }
}

static void a_zone_is_found_by_its_exact_name(void **state)
{
    (void)state;
    char folder[] = "/tmp/bddrun-zones-XXXXXX";
    const struct zone *zone;
    make_folder(folder);
    bool is_read =
        zone_read(TEXT("Europe/Stockholm"), span_none(), folder, &arena, &zone, &problems);
    remove_folder(folder);
    assert_true(is_read);
    assert_printed(zone, 1782864000, "Wed 2026-07-01 02:00 CEST");
}

static void a_misspelt_zone_is_refused_with_the_nearest_name(void **state)
{
    (void)state;
    static const char *const names[] = { "Europ/Stokholm", "europe/london",  "Europe", "Broken",
                                         "../etc/passwd",  "/Europe/London", "Xyzzy",  "" };
    char folder[] = "/tmp/bddrun-zones-XXXXXX";
    const struct zone *zone = NULL;
    make_folder(folder);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (zone_read(text_of(names[i]), span_none(), folder, &arena, &zone, &problems)) {
            fail_msg("taken: %s", names[i]);
        }
    }
    remove_folder(folder);
    assert_false(
        zone_read(TEXT("Europe/Stockholm"), span_none(), folder, &arena, &zone, &problems));
    assert_problems(&problems,
                    "bddrun: error: unknown time zone 'Europ/Stokholm'\n"
                    "  hint: did you mean 'Europe/Stockholm'?\n"
                    "bddrun: error: unknown time zone 'europe/london'\n"
                    "  hint: did you mean 'Europe/London'?\n"
                    "bddrun: error: unknown time zone 'Europe'\n"
                    "  hint: a name such as 'Australia/Melbourne'\n"
                    "bddrun: error: unknown time zone 'Broken'\n"
                    "  hint: a name such as 'Australia/Melbourne'\n"
                    "bddrun: error: unknown time zone '../etc/passwd'\n"
                    "  hint: a name such as 'Australia/Melbourne'\n"
                    "bddrun: error: unknown time zone '/Europe/London'\n"
                    "  hint: did you mean 'Europe/London'?\n"
                    "bddrun: error: unknown time zone 'Xyzzy'\n"
                    "  hint: a name such as 'Australia/Melbourne'\n"
                    "bddrun: error: unknown time zone ''\n"
                    "  hint: a name such as 'Australia/Melbourne'\n"
                    "bddrun: error: unknown time zone 'Europe/Stockholm'\n"
                    "  hint: this system has no time zone data: apt-get install tzdata\n");
}

static void utc_needs_no_file(void **state)
{
    (void)state;
    const struct zone *zone;
    assert_true(zone_read(TEXT("UTC"), span_none(), "/nowhere", &arena, &zone, &problems));
    assert_printed(zone, 1782864000, "Wed 2026-07-01 00:00 UTC");
}

static void the_zones_of_this_system_are_read(void **state)
{
    (void)state;
    const struct zone *zone;
    if (access(ZONE_FOLDER "/Australia/Melbourne", R_OK) != 0) {
        skip();
    }
    assert_true(zone_read(TEXT("Australia/Melbourne"), span_none(), ZONE_FOLDER, &arena, &zone,
                          &problems));
    assert_printed(zone, 1791043200, "Sun 2026-10-04 03:00 AEDT");
    assert_printed(zone, 946684800, "Sat 2000-01-01 11:00 AEDT");
    assert_printed(zone, 4102444800, "Fri 2100-01-01 11:00 AEDT");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(transitions_then_the_rule_tell_the_offset),
        TEST(a_file_without_a_rule_keeps_its_last_kind),
        TEST(posix_rules_of_every_form_are_read),
        TEST(what_is_no_posix_rule_is_refused),
        TEST(a_file_that_is_cut_short_or_strange_is_refused),
        TEST(a_zone_is_found_by_its_exact_name),
        TEST(a_misspelt_zone_is_refused_with_the_nearest_name),
        TEST(utc_needs_no_file),
        TEST(the_zones_of_this_system_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
