/* SPDX-License-Identifier: MIT */
#include "base/problem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/problem_text.h"

static struct problems problems;
static struct source source;

static int set_up(void **state)
{
    (void)state;
    problems_init(&problems);
    source_init(&source, TEXT("a.feature"),
                TEXT("Feature: x\n  Scenario: \xC3\xA9t\xC3\xA9\n"));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    problems_release(&problems);
    return 0;
}

static void a_problem_shows_its_line_and_a_caret(void **state)
{
    (void)state;
    problems_add(&problems, PROBLEM_INPUT, span_make(&source, 23, 28), "write it",
                 "bad name '%s'", "x");
    assert_problems(&problems, "a.feature:2:13: error: bad name 'x'\n"
                               "    Scenario: \xC3\xA9t\xC3\xA9\n"
                               "              ^^^\n"
                               "  hint: write it\n");
}

static void a_problem_without_a_place_names_the_program(void **state)
{
    (void)state;
    problems_add(&problems, PROBLEM_WARNING, span_none(), NULL, "odd");
    assert_problems(&problems, "bddrun: warning: odd\n");
}

static void the_other_place_is_shown_too(void **state)
{
    (void)state;
    problems_add_related(&problems, PROBLEM_INPUT, span_make(&source, 13, 21),
                         span_make(&source, 0, 7), "first here", "again");
    assert_problems(&problems, "a.feature:2:3: error: again\n"
                               "    Scenario: \xC3\xA9t\xC3\xA9\n"
                               "    ^^^^^^^^\n"
                               "a.feature:1:1: first here\n"
                               "  Feature: x\n"
                               "  ^^^^^^^\n");
}

static void colours_are_added_on_demand(void **state)
{
    (void)state;
    problems_add(&problems, PROBLEM_USAGE, span_make(&source, 0, 1), NULL, "bad");
    problems_add(&problems, PROBLEM_WARNING, span_none(), NULL, "odd");
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1000);
    problem_print(&out, &problems.list[0], true);
    problem_print(&out, &problems.list[1], true);
    assert_string_equal(out.at, "a.feature:1:1: \033[31merror\033[0m: bad\n"
                                "  Feature: x\n"
                                "  \033[31m^\033[0m\n"
                                "bddrun: \033[33mwarning\033[0m: odd\n");
}

static void a_source_without_bytes_has_no_excerpt(void **state)
{
    (void)state;
    struct source empty;
    source_init(&empty, TEXT("empty.feature"), TEXT_EMPTY);
    problems_add(&problems, PROBLEM_INPUT, span_make(&empty, 0, 0), NULL, "nothing in it");
    assert_problems(&problems, "empty.feature: error: nothing in it\n");
}

static void control_characters_are_shown_escaped_and_carets_stay_in_place(void **state)
{
    (void)state;
    source_init(&source, TEXT("a"), TEXT("\x1b[2Jx y\xFF\n"));
    problems_add(&problems, PROBLEM_INPUT, span_make(&source, 6, 7), "\x1b", "bad '%s'",
                 "\x07");
    assert_problems(&problems, "a:1:7: error: bad '\\x07'\n"
                               "  \\x1b[2Jx y\\xff\n"
                               "           ^\n"
                               "  hint: \\x1b\n");
}

static void a_long_line_is_cut_around_the_place(void **state)
{
    (void)state;
    char line[1000];
    memset(line, 'a', sizeof line);
    memset(line + 500, 'B', 5);
    source_init(&source, TEXT("a"), text_make(line, sizeof line));
    problems_add(&problems, PROBLEM_INPUT, span_make(&source, 500, 505), NULL, "here");
    char expected[600];
    char before[61];
    char after[56];
    memset(before, 'a', 60);
    before[60] = '\0';
    memset(after, 'a', 55);
    after[55] = '\0';
    snprintf(expected, sizeof expected, "a:1:501: error: here\n  %sBBBBB%s\n  %*s\n", before,
             after, 65, "^^^^^");
    assert_problems(&problems, expected);
    problems_clear(&problems);
    problems_add(&problems, PROBLEM_INPUT, span_make(&source, 990, 1000), NULL, "end");
    snprintf(expected, sizeof expected, "a:1:991: error: end\n  %saaaaaaaaaa\n  %*s\n", before,
             70, "^^^^^^^^^^");
    assert_problems(&problems, expected);
}

static void a_span_over_lines_marks_only_its_first(void **state)
{
    (void)state;
    problems_add(&problems, PROBLEM_INPUT, span_make(&source, 9, 28), NULL, "x");
    assert_problems(&problems, "a.feature:1:10: error: x\n"
                               "  Feature: x\n"
                               "           ^\n");
}

static void the_list_keeps_the_first_hundred_and_counts_the_rest(void **state)
{
    (void)state;
    problems_hint(&problems, "nobody to give it to");
    for (int i = 0; i < 103; i++) {
        problems_add(&problems, PROBLEM_INPUT, span_none(), "hint", "number %d", i);
    }
    problems_add_related(&problems, PROBLEM_INPUT, span_none(), span_none(), "x", "too many");
    problems_hint(&problems, "for a dropped one");
    assert_int_equal(problems.count, 100);
    assert_int_equal(problems.dropped, 4);
    assert_string_equal(problems.list[99].message.at, "number 99");
    assert_string_equal(problems.list[99].hint.at, "hint");
    problems_clear(&problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(problems.dropped, 0);
    problems_add(&problems, PROBLEM_INPUT, span_none(), NULL, "x");
    problems_hint(&problems, "formatted %d", 5);
    assert_string_equal(problems.list[0].hint.at, "formatted 5");
}

static void the_exit_code_is_the_worst_of_all_kinds(void **state)
{
    (void)state;
    assert_int_equal(problems_exit_code(&problems), EXIT_CODE_YES);
    problems_add(&problems, PROBLEM_WARNING, span_none(), NULL, "x");
    assert_false(problems_has_error(&problems));
    problems_add(&problems, PROBLEM_NOTHING, span_none(), NULL, "x");
    assert_true(problems_has_error(&problems));
    assert_int_equal(problems_exit_code(&problems), EXIT_CODE_NOTHING);
    problems_add(&problems, PROBLEM_USAGE, span_none(), NULL, "x");
    assert_int_equal(problems_exit_code(&problems), EXIT_CODE_USAGE);
    problems_add(&problems, PROBLEM_ENVIRONMENT, span_none(), NULL, "x");
    problems_add(&problems, PROBLEM_INPUT, span_none(), NULL, "x");
    assert_int_equal(problems_exit_code(&problems), EXIT_CODE_ENVIRONMENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void problems_of_a_source_that_goes_are_told_with_their_place_in_words(void **state)
{
    (void)state;
    struct problems found;
    struct problems kept;
    char bytes[] = "one\ntwo";
    struct source file;
    problems_init(&found);
    problems_init(&kept);
    source_init(&file, TEXT("a.har"), text_of(bytes));
    problems_add(&found, PROBLEM_INPUT, (struct span){ &file, 4, 7 }, "write 2", "no number");
    problems_add(&found, PROBLEM_WARNING, span_none(), NULL, "it is old");
    problems_adopt(&kept, &found);
    problems_release(&found);
    source_release(&file);
    memset(bytes, 'x', sizeof(bytes) - 1);
    assert_int_equal(kept.count, 2);
    assert_true(text_is(kept.list[0].message, "a.har:2:1: no number"));
    assert_true(text_is(kept.list[0].hint, "write 2"));
    assert_int_equal(kept.list[0].kind, PROBLEM_INPUT);
    assert_true(text_is(kept.list[1].message, "it is old"));
    assert_int_equal(kept.list[1].kind, PROBLEM_WARNING);
    problems_release(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_problem_shows_its_line_and_a_caret),
        TEST(a_problem_without_a_place_names_the_program),
        TEST(the_other_place_is_shown_too),
        TEST(colours_are_added_on_demand),
        TEST(a_source_without_bytes_has_no_excerpt),
        TEST(control_characters_are_shown_escaped_and_carets_stay_in_place),
        TEST(a_long_line_is_cut_around_the_place),
        TEST(a_span_over_lines_marks_only_its_first),
        TEST(the_list_keeps_the_first_hundred_and_counts_the_rest),
        TEST(the_exit_code_is_the_worst_of_all_kinds),
        TEST(problems_of_a_source_that_goes_are_told_with_their_place_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
