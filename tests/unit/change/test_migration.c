/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "change/migration.h"
#include "support/git_fixture.h"
#include "support/problem_text.h"

static struct git_fixture fixture;
static struct migration_settings settings;
static char printed[4000];

static int set_up(void **state)
{
    (void)state;
    git_fixture_init(&fixture);
    settings = (struct migration_settings){ .database = DATABASE_POSTGRESQL };
    git_fixture_shell(&fixture,
                      "git init -q r; cd r; mkdir -p db/migration db/changelog migrations;"
                      "echo 'ALTER TABLE old DROP a; -- x' >db/migration/V1__a.sql;"
                      "echo 'CREATE TABLE b (c int);' >db/migration/V2__b.sql;"
                      "echo 'DROP TABLE z' >db/migration/R__r.sql;"
                      "git add .; git commit -qm One");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    git_fixture_release(&fixture);
    return 0;
}

/* Commits the script's files and prints what the migrations of that commit are. */
static bool read_change(const char *script, struct migrations *all)
{
    char whole[2000];
    snprintf(whole, sizeof(whole), "cd r; %s; git add -A; git commit -qm Two", script);
    git_fixture_shell(&fixture, whole);
    git_fixture_open(&fixture, "r");
    struct git_diff diff;
    assert_true(
        git_diff_read(&fixture.git, TEXT("HEAD~1"), TEXT("HEAD"), &diff, &fixture.problems));
    return migrations_read(&fixture.git, TEXT("HEAD~1"), TEXT("HEAD"), &diff, &settings, all,
                           &fixture.problems);
}

static const char *change(const char *script)
{
    struct migrations all;
    struct buffer out;
    assert_true(read_change(script, &all));
    buffer_init(&out, sizeof(printed));
    for (size_t i = 0; i < all.count; i++) {
        const struct migration *migration = &all.list[i];
        buffer_add_format(&out, "%.*s %s %c%s\n", TEXT_ARG(migration->file->path),
                          migration->framework, migration_level_letter(migration->worst),
                          migration->is_unchanged ? " unchanged" : "");
        for (size_t f = 0; f < migration->count; f++) {
            const struct migration_finding *finding = &migration->findings[f];
            size_t line = finding->at.source
                              ? source_position(finding->at.source, finding->at.start).line
                              : 0;
            buffer_add_format(&out, "  %c %s(%.*s)@%zu", migration_level_letter(finding->level),
                              migration_rules[finding->rule].name, TEXT_ARG(finding->table),
                              line);
            buffer_add_format(&out, "%s%.*s\n", finding->assured.size > 0 ? " assured: " : "",
                              TEXT_ARG(finding->assured));
        }
    }
    buffer_add_format(&out, "%c%s%s", migration_level_letter(all.worst),
                      all.has_edited_history ? " edited" : "",
                      all.is_rollback_unsafe ? " unsafe" : "");
    snprintf(printed, sizeof(printed), "%.*s", TEXT_ARG(buffer_text(&out)));
    buffer_release(&out);
    return printed;
}

static void a_change_without_migrations_has_none(void **state)
{
    (void)state;
    assert_string_equal(change("echo >a.php; echo >db/structure.sql"), "S");
}

static void a_table_of_the_same_change_is_exempt(void **state)
{
    (void)state;
    assert_string_equal(
        change("echo 'CREATE TABLE n (a int);' >db/migration/V3__n.sql;"
               "printf 'CREATE INDEX i ON n (a);\\nCREATE INDEX j ON Old (a);' "
               ">db/migration/V4__i.sql; echo 'DROP TABLE n' >db/migration/V5__d.sql"),
        "db/migration/V3__n.sql Flyway S\n"
        "db/migration/V4__i.sql Flyway B\n"
        "  B add-index(Old)@2\n"
        "db/migration/V5__d.sql Flyway E\n"
        "  E drop-table(n)@1\n"
        "B unsafe");
}

static void history_that_was_edited_is_an_error(void **state)
{
    (void)state;
    assert_string_equal(change("echo 'ALTER TABLE old DROP b;' >db/migration/V1__a.sql;"
                               "git rm -q db/migration/V2__b.sql"),
                        "db/migration/V1__a.sql Flyway B\n"
                        "  B history-edited()@0\n"
                        "  E drop-column(old)@1\n"
                        "db/migration/V2__b.sql Flyway B\n"
                        "  B history-edited()@0\n"
                        "B edited unsafe");
    assert_string_equal(change("git mv db/migration/V1__a.sql db/migration/V9__a.sql"),
                        "db/migration/V9__a.sql Flyway B\n"
                        "  B history-edited()@0\n"
                        "  E drop-column(old)@1\n"
                        "B edited unsafe");
    assert_string_equal(change("git mv db/migration/V9__a.sql a.txt"),
                        "a.txt Flyway B\n"
                        "  B history-edited()@0\n"
                        "B edited");
}

static void a_comment_or_the_way_back_may_be_edited(void **state)
{
    (void)state;
    assert_string_equal(change("echo '-- why\nALTER TABLE old DROP a;' >db/migration/V1__a.sql;"
                               "printf -- '-- +goose Up\\nDROP TABLE a;\\n-- +goose Down\\n"
                               "CREATE TABLE a (b int);' >migrations/1_a.sql"),
                        "db/migration/V1__a.sql Flyway S unchanged\n"
                        "migrations/1_a.sql SQL migrations E\n"
                        "  E drop-table(a)@2\n"
                        "E unsafe");
    assert_string_equal(change("printf -- '-- +goose Up\\nDROP TABLE a;\\n-- +goose Down\\n"
                               "CREATE TABLE a (b bigint);' >migrations/1_a.sql"),
                        "migrations/1_a.sql SQL migrations S unchanged\n"
                        "S");
}

static void of_files_that_grow_only_changed_lines_count(void **state)
{
    (void)state;
    assert_string_equal(
        change("printf 'DROP TABLE z;\\nDROP TABLE y;\\n' >db/migration/R__r.sql"),
        "db/migration/R__r.sql Flyway E\n"
        "  E drop-table(z)@1\n"
        "  E drop-table(y)@2\n"
        "E unsafe");
    assert_string_equal(change("echo 'DROP TABLE x;' >>db/migration/R__r.sql"),
                        "db/migration/R__r.sql Flyway E\n"
                        "  E drop-table(x)@3\n"
                        "E unsafe");
}

static void what_is_assured_counts_no_more(void **state)
{
    (void)state;
    assert_string_equal(
        change(
            "printf -- '-- bddrun:assured drop-column nobody reads it\\n"
            "ALTER TABLE old DROP a;\\nALTER TABLE old DROP b;\\n"
            "DROP TABLE c; /* bddrun:assured drop-table empty */\\n' >db/migration/V3__a.sql"),
        "db/migration/V3__a.sql Flyway E\n"
        "  S drop-column(old)@2 assured: nobody reads it\n"
        "  E drop-column(old)@3\n"
        "  S drop-table(c)@4 assured: empty\n"
        "E unsafe");
}

static void an_assurance_needs_a_rule_and_a_reason(void **state)
{
    (void)state;
    struct migrations all;
    assert_false(read_change("printf -- '-- bddrun:assured drop-colum why\\n"
                             "-- bddrun:assured\\n-- bddrun:assured drop-table\\n"
                             "<!-- bddrun:assured drop-table -->' >db/migration/V3__a.sql",
                             &all));
    assert_problems(
        &fixture.problems,
        "db/migration/V3__a.sql:1:4: error: there is no rule 'drop-colum'\n"
        "  -- bddrun:assured drop-colum why\n"
        "     ^^^^^^^^^^^^^^\n"
        "  hint: did you mean 'drop-column'?\n"
        "db/migration/V3__a.sql:2:4: error: there is no rule ''\n"
        "  -- bddrun:assured\n"
        "     ^^^^^^^^^^^^^^\n"
        "  hint: `bddrun plan` names the rule of each finding\n"
        "db/migration/V3__a.sql:3:4: error: 'drop-table' is assured without a reason\n"
        "  -- bddrun:assured drop-table\n"
        "     ^^^^^^^^^^^^^^\n"
        "  hint: write why it is harmless behind the rule\n"
        "db/migration/V3__a.sql:4:6: error: 'drop-table' is assured without a reason\n"
        "  <!-- bddrun:assured drop-table -->\n"
        "       ^^^^^^^^^^^^^^\n"
        "  hint: write why it is harmless behind the rule\n");
}

static void big_tables_tell_what_may_lock_long(void **state)
{
    (void)state;
    const struct text big[] = { TEXT("Users") };
    settings.big_tables = big;
    settings.big_table_count = 1;
    settings.knows_big_tables = true;
    assert_string_equal(change("printf 'CREATE INDEX i ON users (a);\\nCREATE INDEX j ON b (a);"
                               "ALTER TABLE b DROP c;VACUUM FULL' >db/migration/V3__a.sql"),
                        "db/migration/V3__a.sql Flyway B\n"
                        "  B add-index(users)@1\n"
                        "  W add-index(b)@2\n"
                        "  E drop-column(b)@2\n"
                        "  B lock-table()@2\n"
                        "B unsafe");
}

static void mysql_has_levels_and_advice_of_its_own(void **state)
{
    (void)state;
    struct migrations all;
    settings.database = DATABASE_MYSQL;
    assert_true(read_change("printf 'CREATE INDEX i ON users (a);ALTER TABLE u MODIFY a int' "
                            ">db/migration/V3__a.sql",
                            &all));
    assert_int_equal(all.list[0].findings[0].level, MIGRATION_WARN);
    assert_null(all.list[0].findings[0].instead);
    assert_int_equal(all.list[0].findings[1].level, MIGRATION_BLOCK);
    assert_string_equal(
        all.list[0].findings[1].instead,
        "gh-ost or pt-online-schema-change copies the table beside the traffic");
    assert_false(all.is_rollback_unsafe);
}

static void a_file_without_a_way_back_is_told(void **state)
{
    (void)state;
    assert_string_equal(change("echo 'CREATE TABLE a (b int);' >migrations/1_a.up.sql;"
                               "echo 'CREATE TABLE c (b int);' >migrations/2_c.up.sql;"
                               "echo 'DROP TABLE c;' >migrations/2_c.down.sql;"
                               "echo 'CREATE TABLE d (b int);' >migrations/3_d.up.sql;"
                               "echo '-- no' >migrations/3_d.down.sql"),
                        "migrations/1_a.up.sql golang-migrate W\n"
                        "  W irreversible()@0\n"
                        "migrations/2_c.up.sql golang-migrate S\n"
                        "migrations/3_d.up.sql golang-migrate W\n"
                        "  W irreversible()@0\n"
                        "W unsafe");
}

static void what_cannot_be_read_is_unknown(void **state)
{
    (void)state;
    assert_string_equal(change("git init -q db/migration/V3__a.sql;"
                               "git -C db/migration/V3__a.sql commit -q --allow-empty -m Sub"),
                        "db/migration/V3__a.sql Flyway W\n"
                        "  W unknown-sql()@0\n"
                        "W");
}

static void everything_is_new_where_production_has_nothing(void **state)
{
    (void)state;
    struct git_diff diff;
    struct migrations all;
    git_fixture_open(&fixture, "r");
    assert_true(
        git_diff_read(&fixture.git, TEXT_EMPTY, TEXT("HEAD"), &diff, &fixture.problems));
    assert_true(migrations_read(&fixture.git, TEXT_EMPTY, TEXT("HEAD"), &diff, &settings, &all,
                                &fixture.problems));
    assert_int_equal(all.count, 3);
    assert_false(all.has_edited_history);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_change_without_migrations_has_none),
        TEST(a_table_of_the_same_change_is_exempt),
        TEST(history_that_was_edited_is_an_error),
        TEST(a_comment_or_the_way_back_may_be_edited),
        TEST(of_files_that_grow_only_changed_lines_count),
        TEST(what_is_assured_counts_no_more),
        TEST(an_assurance_needs_a_rule_and_a_reason),
        TEST(big_tables_tell_what_may_lock_long),
        TEST(mysql_has_levels_and_advice_of_its_own),
        TEST(a_file_without_a_way_back_is_told),
        TEST(what_cannot_be_read_is_unknown),
        TEST(everything_is_new_where_production_has_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
