/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/desk/accounts.h"
#include "run/desk/kept.h"
#include "run/desk/question.h"

struct fixture {
    struct accounts accounts;
    struct problems problems;
    char path[40];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    problems_init(&fixture->problems);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    accounts_release(&fixture->accounts);
    problems_release(&fixture->problems);
    unlink(fixture->path);
    free(fixture);
    return 0;
}

static bool load(struct fixture *fixture, const char *content, uint64_t index, uint64_t count)
{
    snprintf(fixture->path, sizeof(fixture->path), "/tmp/bddrun-accounts-XXXXXX");
    int descriptor = mkstemp(fixture->path);
    assert_int_equal(write(descriptor, content, strlen(content)), (ssize_t)strlen(content));
    close(descriptor);
    return accounts_load(&fixture->accounts, text_of(fixture->path), index, count,
                         &fixture->problems);
}

static void rows_have_the_columns_of_the_first(void **state)
{
    struct fixture *fixture = *state;
    assert_true(
        load(fixture, "name,email\r\nalice,\"a,\"\"b\"\"\"\n\n\"bob\",\r\n\"x\ny\",z", 0, 0));
    const struct accounts *accounts = &fixture->accounts;
    assert_int_equal(accounts->column_count, 2);
    assert_true(text_is(accounts->columns[1], "email"));
    assert_int_equal(accounts->row_count, 3);
    assert_true(text_is(accounts->rows[0].cells[1], "a,\"b\""));
    assert_true(text_is(accounts->rows[1].cells[0], "bob"));
    assert_true(text_is(accounts->rows[1].cells[1], ""));
    assert_true(text_is(accounts->rows[2].cells[0], "x\ny"));
    assert_int_equal(accounts->ours, 3);
}

static void a_row_is_lent_once_until_its_scenario_ends(void **state)
{
    struct fixture *fixture = *state;
    size_t row;
    assert_true(load(fixture, "name\na\nb\n", 0, 0));
    assert_true(accounts_lend(&fixture->accounts, 7, &row));
    assert_int_equal(row, 0);
    assert_false(accounts_has_all(&fixture->accounts, 7));
    assert_true(accounts_lend(&fixture->accounts, 8, &row));
    assert_int_equal(row, 1);
    assert_false(accounts_lend(&fixture->accounts, 9, &row));
    accounts_take_back(&fixture->accounts, 7);
    assert_true(accounts_lend(&fixture->accounts, 8, &row));
    assert_int_equal(row, 0);
    assert_true(accounts_has_all(&fixture->accounts, 8));
}

static void shards_share_no_row(void **state)
{
    struct fixture *fixture = *state;
    size_t row;
    assert_true(load(fixture, "name\na\nb\nc\nd\n", 2, 3));
    assert_int_equal(fixture->accounts.ours, 1);
    assert_true(accounts_lend(&fixture->accounts, 0, &row));
    assert_int_equal(row, 1);
    assert_false(accounts_lend(&fixture->accounts, 1, &row));
}

static void broken_files_are_problems_with_a_place(void **state)
{
    static const struct {
        const char *content;
        const char *message;
    } cases[] = {
        { "a,b\n1\n", "1 cells, not 2" },
        { "a\n\"x", "a quote is not closed" },
        { "a\n\"x\"y\n", "text behind a quoted cell" },
        { "a\n", NULL },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        problems_clear(&fixture->problems);
        assert_false(load(fixture, cases[i].content, 0, 0));
        assert_int_equal(fixture->problems.count, 1);
        const struct problem *problem = &fixture->problems.list[0];
        assert_int_equal(problem->kind, PROBLEM_INPUT);
        assert_true(cases[i].message
                        ? text_is(problem->message, cases[i].message)
                        : text_starts_with(problem->message, TEXT("no account in '")));
        assert_true(problem->hint.size > 0);
        accounts_release(&fixture->accounts);
        unlink(fixture->path);
    }
    assert_false(
        accounts_load(&fixture->accounts, TEXT("/no/such.csv"), 0, 0, &fixture->problems));
}

static void the_newest_session_of_a_name_is_kept(void **state)
{
    struct kept_sessions kept = { 0 };
    struct text data;
    (void)state;
    assert_false(kept_find(&kept, TEXT("a"), &data));
    assert_true(kept_set(&kept, TEXT("a"), TEXT("one")));
    assert_true(kept_set(&kept, TEXT("b"), TEXT("")));
    assert_true(kept_set(&kept, TEXT("a"), TEXT("two")));
    assert_true(kept_find(&kept, TEXT("a"), &data));
    assert_true(text_is(data, "two"));
    assert_true(kept_find(&kept, TEXT("b"), &data));
    assert_int_equal(data.size, 0);
    kept_release(&kept);
}

static void a_question_is_read_as_it_was_written(void **state)
{
    struct question question = { QUESTION_KEEP, TEXT("alice"), TEXT("a\0b") };
    struct question read;
    struct buffer out;
    (void)state;
    buffer_init(&out, 1000);
    question_print(&out, &question);
    assert_true(question_read(buffer_text(&out), &read));
    assert_int_equal(read.kind, QUESTION_KEEP);
    assert_true(text_is(read.name, "alice"));
    assert_true(text_equal(read.data, question.data));
    assert_false(question_read(text_make(out.at, 4), &read));
    assert_false(question_read(text_make(out.at, 7), &read));
    buffer_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_have_the_columns_of_the_first),
        TEST(a_row_is_lent_once_until_its_scenario_ends),
        TEST(shards_share_no_row),
        TEST(broken_files_are_problems_with_a_place),
        TEST(the_newest_session_of_a_name_is_kept),
        TEST(a_question_is_read_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
