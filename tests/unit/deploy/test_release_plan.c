/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "config/config.h"
#include "deploy/release_plan.h"
#include "support/git_fixture.h"

static struct git_fixture fixture;
static struct config config;
static struct arena arena;
static struct windows windows;
static struct change_request change_request;
static struct release_plan_request release;
static char printed[8000];

/* 2026-11-23, a Monday, 10:00 UTC. */
#define MONDAY INT64_C(1795428000)

static const char configuration[] =
    "version: 1\n"
    "components:\n"
    "  omaha:\n"
    "    paths: [omaha/**]\n"
    "    tags: '@omaha'\n"
    "    suspend: {command: [php, 'game:suspend'], resume: [php, 'game:resume'], idle: /idle}\n"
    "  holdem: {paths: [holdem/**], tags: '@holdem', suspend: {command: [a], resume: [b]}}\n"
    "  database: {paths: [db/**]}\n";

static int set_up(void **state)
{
    static const char *const none[] = { NULL };
    (void)state;
    git_fixture_init(&fixture);
    arena_init(&arena);
    config_init(&config, none);
    assert_true(
        config_read(&config, TEXT("bddrun.yaml"), text_of(configuration), &fixture.problems));
    windows = (struct windows){ .zone = NULL };
    change_request =
        (struct change_request){ .production = TEXT("live"),
                                 .candidate = TEXT("main"),
                                 .migrations = { DATABASE_POSTGRESQL, NULL, 0, false } };
    change_request.components = config_components(&config, &change_request.component_count);
    release = (struct release_plan_request){ .now_s = MONDAY };
    git_fixture_shell(&fixture, "git init -q -b main r; cd r; mkdir omaha holdem db;"
                                "mkdir db/migration; echo 1 >omaha/a.php; echo 1 >holdem/a.php;"
                                "echo 'DROP TABLE a' >db/migration/V1__a.sql; git add .;"
                                "git commit -qm One; git branch live");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    config_release(&config);
    arena_release(&arena);
    git_fixture_release(&fixture);
    return 0;
}

/* Commits what the script changes and plans it. */
static enum exit_code plan(const char *script,
                           void (*print)(struct buffer *, const struct release_plan *))
{
    struct change_plan change;
    struct release_plan made;
    char whole[2000];
    snprintf(whole, sizeof(whole), "cd r; %s", script);
    git_fixture_shell(&fixture, whole);
    git_fixture_open(&fixture, "r");
    assert_true(windows_open(&windows, "/nowhere", &arena, &fixture.problems));
    assert_true(change_plan_make(&fixture.git, &change_request, &change, &fixture.problems));
    release.change = &change;
    release.windows = &windows;
    release_plan_make(&made, &release, &arena);
    struct buffer out;
    buffer_init(&out, sizeof(printed));
    print(&out, &made);
    snprintf(printed, sizeof(printed), "%.*s", TEXT_ARG(buffer_text(&out)));
    buffer_release(&out);
    return release_plan_exit_code(&made);
}

static enum exit_code plan_text(const char *script)
{
    return plan(script, release_plan_print_text);
}

/* The whole plan but its first line; the names of commits, which are real ones, as signs. */
static void assert_behind_names(const char *expected)
{
    enum { DIGITS = 10 };
    char *line = strchr(printed, '\n');
    assert_non_null(line);
    for (char *at = strstr(line, "\n  "); at; at = strstr(at + 1, "\n  ")) {
        if (strspn(at + 3, "0123456789abcdef") == DIGITS) {
            memset(at + 3, '#', DIGITS);
        }
    }
    assert_string_equal(line + 1, expected);
}

static struct window_rule rules[2];

static void set_window(struct window_rules *to, size_t at, const char *text)
{
    const char *reason = NULL;
    windows.zone_name = TEXT("UTC");
    assert_true(window_rule_parse(text_of(text), &rules[at], &reason));
    *to = (struct window_rules){ &rules[at], 1 };
}

static void a_change_of_one_component_suspends_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(plan_text("echo 2 >omaha/a.php; git commit -qam 'Fix the pot'"),
                     EXIT_CODE_YES);
    assert_behind_names("1 commit by 1 author, the oldest of 3 days ago; 1 file, +1 -1 lines\n"
                        "  ########## Fix the pot (Ann Author)\n"
                        "\n"
                        "components\n"
                        "  omaha: 1 file, 2 lines\n"
                        "\n"
                        "scenarios  @omaha\n"
                        "suspend    omaha: php game:suspend; idle at /idle\n"
                        "           and nothing else\n"
                        "decision   now\n");
}

static void files_of_nobody_concern_all_and_are_named(void **state)
{
    (void)state;
    assert_int_equal(plan_text("for i in $(seq 25); do echo >$i.txt; done; git add .;"
                               "git commit -qm 'More'; git commit -q --allow-empty -m Empty"),
                     EXIT_CODE_YES);
    assert_non_null(
        strstr(printed, "files of no component, which concern all of them\n  1.txt\n"));
    assert_non_null(strstr(printed, "  and 5 more files\n"));
    assert_non_null(strstr(printed, "scenarios  all\n"));
    assert_non_null(strstr(printed, "           holdem: a\n           and nothing else\n"));
}

static void a_schema_change_needs_its_window(void **state)
{
    (void)state;
    static const char add_index[] = "echo 'CREATE INDEX i ON a (b);' >db/migration/V2__b.sql;"
                                    "git add .; git commit -qm Index";
    assert_int_equal(plan_text(add_index), EXIT_CODE_NO);
    assert_behind_names(
        "1 commit by 1 author, the oldest of 3 days ago; 1 file, +1 -0 lines\n"
        "  ########## Index (Ann Author)\n"
        "\n"
        "components\n"
        "  database: 1 file, 1 line\n"
        "\n"
        "schema changes\n"
        "  db/migration/V2__b.sql (Flyway): block\n"
        "    block: adds an index, 'a', line 1 (add-index)\n"
        "      instead: CREATE INDEX CONCURRENTLY, outside a transaction\n"
        "  the release before works behind them\n"
        "\n"
        "scenarios  all\n"
        "suspend    nothing\n"
        "decision   refused\n"
        "           a schema change that blocks needs a window: deploy.windows.schema\n");
    set_window(&windows.any, 0, "Mon 09:00-12:00");
    set_window(&windows.schema, 1, "daily 01:30-06:00");
    assert_int_equal(plan_text(":"), EXIT_CODE_NOT_NOW);
    assert_non_null(
        strstr(printed, "decision   in the next window, Tue 2026-11-24 01:30 UTC\n"));
    release.verdict_expires_s = MONDAY + 3600;
    assert_int_equal(plan_text(":"), EXIT_CODE_NO);
    assert_non_null(strstr(printed,
                           "           the verdict expires before that, Mon 2026-11-23 "
                           "11:00 UTC: gate again shortly before\n"));
}

static void an_open_window_says_until_when(void **state)
{
    (void)state;
    set_window(&windows.any, 0, "Mon 09:00-12:00");
    assert_int_equal(plan_text("echo 2 >omaha/a.php; git commit -qam Fix"), EXIT_CODE_YES);
    assert_non_null(strstr(printed,
                           "decision   now; the window is open until Mon 2026-11-23 12:00 "
                           "UTC ('Mon 09:00-12:00')\n"));
    set_window(&windows.any, 0, "2026-01-01");
    assert_int_equal(plan_text(":"), EXIT_CODE_NO);
    assert_non_null(strstr(printed, "no window opens within 400 days\n"));
}

static void a_change_that_is_too_big_is_refused(void **state)
{
    (void)state;
    change_request.limits = (struct change_limits){ true, 1, true, 3 };
    assert_int_equal(plan_text("seq 9 >omaha/a.php; git commit -qam Fix;"
                               "git commit -q --allow-empty -m Empty"),
                     EXIT_CODE_NO);
    assert_non_null(strstr(printed, "lines (at most 1 commits, at most 3 lines)\n"));
    assert_non_null(strstr(printed, "2 commits, at most 1: release a part of them first\n"));
    assert_non_null(strstr(printed, "8 changed lines, at most 3: release a part first\n"));
}

static void what_production_has_and_the_candidate_lacks_refuses(void **state)
{
    (void)state;
    assert_int_equal(
        plan_text("git checkout -q live; echo 3 >omaha/a.php; git commit -qam Hotfix;"
                  "git checkout -q main; echo 2 >holdem/a.php; git commit -qam Fix"),
        EXIT_CODE_NO);
    assert_non_null(strstr(printed,
                           "production has 1 commit that the candidate lacks, the newest "
                           "'Hotfix': merge first, or `bddrun rollback`\n"));
}

static void edited_history_refuses(void **state)
{
    (void)state;
    assert_int_equal(
        plan_text("echo 'DROP TABLE b' >db/migration/V1__a.sql; git commit -qam Edit"),
        EXIT_CODE_NO);
    assert_non_null(strstr(printed, "a migration was changed after production ran it"));
    assert_non_null(
        strstr(printed, "rollback-unsafe: the release before does not work behind"));
}

static void what_production_serves_already_is_nothing_to_release(void **state)
{
    (void)state;
    assert_int_equal(plan_text(":"), EXIT_CODE_NOTHING);
    assert_behind_names("0 commits by 0 authors; 0 files, +0 -0 lines\n"
                        "\n"
                        "scenarios  all\n"
                        "suspend    nothing\n"
                        "decision   nothing to release: production serves it already\n");
}

static void the_first_release_has_everything(void **state)
{
    (void)state;
    change_request.production = TEXT_EMPTY;
    set_window(&windows.schema, 1, "daily 00:00-24:00");
    assert_int_equal(plan_text(":"), EXIT_CODE_YES);
    assert_memory_equal(printed, "nothing..", 9);
}

static void remarks_assurances_and_long_lists_are_printed(void **state)
{
    (void)state;
    const struct text remarks[] = { TEXT("webhook forge cannot go back") };
    release.remarks = remarks;
    release.remark_count = 1;
    assert_int_equal(
        plan_text("for i in $(seq 22); do git commit -q --allow-empty -m \"No $i\"; done;"
                  "printf -- '-- bddrun:assured drop-table empty\\nDROP TABLE b' "
                  ">db/migration/V2__b.sql; git add .; git commit -qm Drop"),
        EXIT_CODE_YES);
    assert_non_null(strstr(printed, "  and 3 more commits\n"));
    assert_non_null(strstr(printed, "      assured: empty\n"));
    assert_non_null(strstr(printed, "note       webhook forge cannot go back\n"));
    assert_int_equal(plan(":", release_plan_print_markdown), EXIT_CODE_YES);
    assert_non_null(strstr(printed, "\n> webhook forge cannot go back\n"));
    assert_non_null(strstr(printed, "| safe | db/migration/V2\\_\\_b.sql: drops a table b | "
                                    "drop-table | empty |\n"));
}

static void the_plan_is_one_json_object(void **state)
{
    (void)state;
    set_window(&windows.schema, 1, "Tue");
    change_request.limits = (struct change_limits){ true, 8, true, 400 };
    assert_int_equal(plan("echo 2 >omaha/a.php; echo x >README;"
                          "echo 'DROP TABLE b' >db/migration/V2__b.sql; git add .;"
                          "git commit -qm Fix",
                          release_plan_print_json),
                     EXIT_CODE_NOT_NOW);
    static const char *const parts[] = {
        "\"commitLimit\": 8,",
        "\"authors\": [\n    {\n      \"name\": \"Ann Author\",\n      \"commits\": 1\n    }\n "
        " ],",
        "\"time\": \"2026-11-20T10:00:00.000Z\"",
        "\"lostCommits\": [],",
        "\"name\": \"omaha\",\n      \"files\": [\n        \"omaha/a.php\"\n      ],",
        "\"unmappedFiles\": [\n    \"README\"\n  ],",
        "\"rule\": \"drop-table\",\n          \"level\": \"expand\",",
        "\"rollbackUnsafe\": true,",
        "\"tags\": \"\",",
        "\"component\": \"omaha\",",
        "\"idle\": \"/idle\"",
        "\"decision\": \"later\",",
        "\"kind\": \"schema\",\n    \"isOpen\": false,\n    \"opens\": "
        "\"2026-11-24T00:00:00.000Z\"",
    };
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (!strstr(printed, parts[i])) {
            fail_msg("not there: %s\n%s", parts[i], printed);
        }
    }
}

static void a_merge_request_gets_the_plan_without_foreign_markup(void **state)
{
    (void)state;
    assert_int_equal(plan("echo 2 >omaha/a.php; echo >'a_b|c.txt'; git add .;"
                          "echo 'CREATE TABLE n (a int);' >db/migration/V2__n.sql; git add .;"
                          "git commit -qm Fix",
                          release_plan_print_markdown),
                     EXIT_CODE_YES);
    assert_string_equal(
        printed,
        "### Release plan: now\n"
        "\n"
        "1 commit by 1 author, the oldest of 3 days ago; 3 files, +3 -1 lines\n"
        "\n"
        "**Touches** omaha, holdem, database; **suspends** omaha, holdem and nothing else\n"
        "\n"
        "1 file of no component concerns all of them: a\\_b\\|c.txt\n"
        "\n"
        "| level | schema change | rule | instead |\n"
        "|---|---|---|---|\n"
        "| safe | db/migration/V2\\_\\_n.sql | | |\n");
    assert_int_equal(plan("git checkout -q live; echo 'DROP TABLE q' >db/migration/V1__a.sql;"
                          "git commit -qam Hotfix; git checkout -q main",
                          release_plan_print_markdown),
                     EXIT_CODE_NO);
    assert_non_null(strstr(printed, "### Release plan: refused\n\n- production has 1 commit"));
    assert_non_null(strstr(printed, "\n**Rollback-unsafe**: "));
}

static void a_range_that_is_not_there_is_a_problem(void **state)
{
    (void)state;
    struct change_plan change;
    git_fixture_open(&fixture, "r");
    change_request.production = TEXT("nope");
    assert_false(change_plan_make(&fixture.git, &change_request, &change, &fixture.problems));
    change_request.candidate = TEXT("nope");
    assert_false(change_plan_make(&fixture.git, &change_request, &change, &fixture.problems));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_change_of_one_component_suspends_nothing_else),
        TEST(files_of_nobody_concern_all_and_are_named),
        TEST(a_schema_change_needs_its_window),
        TEST(an_open_window_says_until_when),
        TEST(a_change_that_is_too_big_is_refused),
        TEST(what_production_has_and_the_candidate_lacks_refuses),
        TEST(edited_history_refuses),
        TEST(what_production_serves_already_is_nothing_to_release),
        TEST(the_first_release_has_everything),
        TEST(remarks_assurances_and_long_lists_are_printed),
        TEST(the_plan_is_one_json_object),
        TEST(a_merge_request_gets_the_plan_without_foreign_markup),
        TEST(a_range_that_is_not_there_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
