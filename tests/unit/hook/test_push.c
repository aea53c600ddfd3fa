/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "hook/push.h"

static struct arena arena;
static struct problems problems;
static struct push push;

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

#define A "1111111111111111111111111111111111111111"
#define ZEROS "0000000000000000000000000000000000000000"
#define ZEROS_256 "0000000000000000000000000000000000000000000000000000000000000000"

static void refs_are_read_and_deletions_left_out(void **state)
{
    (void)state;
    assert_true(push_parse(TEXT("refs/heads/a " A " refs/heads/a " ZEROS "\n"
                                "(delete) " ZEROS " refs/heads/b " A "\n"
                                "HEAD~1 " A " refs/heads/c " A "\n"
                                "refs/tags/v " A " refs/tags/v " ZEROS_256 "\n"),
                           &arena, &push, &problems));
    assert_int_equal(push.count, 3);
    assert_string_equal(push.refs[0].local_ref.at, "refs/heads/a");
    assert_string_equal(push.refs[0].local_id.at, A);
    assert_int_equal(push.refs[0].remote_id.size, 0);
    assert_string_equal(push.refs[1].local_ref.at, "HEAD~1");
    assert_string_equal(push.refs[1].remote_ref.at, "refs/heads/c");
    assert_string_equal(push.refs[1].remote_id.at, A);
    assert_int_equal(push.refs[2].remote_id.size, 0);
}

static void nothing_is_an_empty_push(void **state)
{
    (void)state;
    assert_true(push_parse(TEXT_EMPTY, &arena, &push, &problems));
    assert_int_equal(push.count, 0);
    assert_true(
        push_parse(TEXT("(delete) " ZEROS " refs/heads/b " ZEROS), &arena, &push, &problems));
    assert_int_equal(push.count, 0);
}

static void other_lines_are_refused(void **state)
{
    (void)state;
    static const char *const lines[] = { "a", "a b c", "a b c d e", "a  b c", "a b c d " };
    for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
        if (push_parse(text_of(lines[i]), &arena, &push, &problems)) {
            fail_msg("taken: '%s'", lines[i]);
        }
    }
    assert_string_equal(problems.list[0].message.at, "the line 'a' is none of a pre-push hook");
}

static void pre_commit_says_it_in_its_environment(void **state)
{
    (void)state;
    const char *const none[] = { "PATH=/bin", NULL };
    const char *const some[] = { "PRE_COMMIT_FROM_REF=" ZEROS,
                                 "PRE_COMMIT_TO_REF=" A,
                                 "PRE_COMMIT_REMOTE_NAME=origin",
                                 "PRE_COMMIT_LOCAL_BRANCH=refs/heads/a",
                                 "PRE_COMMIT_REMOTE_BRANCH=refs/heads/b",
                                 NULL };
    assert_false(push_from_pre_commit(none, &arena, &push));
    assert_true(push_from_pre_commit(some, &arena, &push));
    assert_int_equal(push.count, 1);
    assert_string_equal(push.remote.at, "origin");
    assert_string_equal(push.refs[0].local_id.at, A);
    assert_int_equal(push.refs[0].remote_id.size, 0);
    assert_string_equal(push.refs[0].remote_ref.at, "refs/heads/b");
}

static void input_is_read_to_its_end_or_while_it_comes(void **state)
{
    (void)state;
    int ends[2];
    struct text lines;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    assert_true(push_read_input(ends[0], 10, &arena, &lines)); /* it stays open */
    assert_string_equal(lines.at, "abc");
    assert_false(push_read_input(ends[0], 10, &arena, &lines));
    close(ends[1]);
    assert_true(push_read_input(ends[0], 1000, &arena, &lines)); /* empty, but ended */
    assert_int_equal(lines.size, 0);
    close(ends[0]);
    assert_false(push_read_input(ends[0], 10, &arena, &lines)); /* none */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refs_are_read_and_deletions_left_out),
        TEST(nothing_is_an_empty_push),
        TEST(other_lines_are_refused),
        TEST(pre_commit_says_it_in_its_environment),
        TEST(input_is_read_to_its_end_or_while_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
