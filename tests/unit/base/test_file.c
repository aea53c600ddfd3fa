/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct problems problems;
    struct text bytes;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    problems_init(&fixture.problems);
    fixture.bytes = TEXT("untouched");
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    problems_release(&fixture->problems);
    return 0;
}

static void assert_refused(struct fixture *fixture, struct text path, size_t limit,
                           const char *message)
{
    assert_false(file_read(path, limit, &fixture->arena, &fixture->bytes, &fixture->problems));
    assert_true(text_is(fixture->bytes, "untouched"));
    assert_int_equal(fixture->problems.count, 1);
    assert_int_equal(fixture->problems.list[0].kind, PROBLEM_INPUT);
    assert_string_equal(fixture->problems.list[0].message.at, message);
}

static void a_file_is_read_whole(void **state)
{
    struct fixture *fixture = *state;
    char path[] = "/tmp/bddrun-test-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "one\0two", 7), 7);
    close(descriptor);
    bool is_read =
        file_read(text_of(path), 7, &fixture->arena, &fixture->bytes, &fixture->problems);
    unlink(path);
    assert_true(is_read);
    assert_int_equal(fixture->bytes.size, 7);
    assert_memory_equal(fixture->bytes.at, "one\0two", 8);
}

static void a_missing_file_is_named(void **state)
{
    assert_refused(*state, TEXT("/nonexistent/x"), 10,
                   "cannot read '/nonexistent/x': No such file or directory");
}

static void a_folder_is_no_file(void **state)
{
    assert_refused(*state, TEXT("/tmp"), 10, "cannot read '/tmp': Is a directory");
}

static void a_file_that_never_ends_is_larger_than_the_limit(void **state)
{
    assert_refused(*state, TEXT("/dev/zero"), 100000,
                   "'/dev/zero' is larger than the limit of 100000 bytes");
}

static void a_path_with_a_nul_byte_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct text path = text_make("/dev/null\0x", 11);
    assert_false(file_read(path, 10, &fixture->arena, &fixture->bytes, &fixture->problems));
    assert_true(text_ends_with(fixture->problems.list[0].message, TEXT("Invalid argument")));
    assert_false(file_exists(path));
}

static void a_path_longer_than_the_system_allows_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char path[5000];
    memset(path, 'x', sizeof path);
    assert_false(file_read(text_make(path, sizeof path), 10, &fixture->arena, &fixture->bytes,
                           &fixture->problems));
    assert_true(text_ends_with(fixture->problems.list[0].message, TEXT("File name too long")));
}

static void a_dash_is_the_standard_input(void **state)
{
    struct fixture *fixture = *state;
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(write(pipes[1], "piped", 5), 5);
    close(pipes[1]);
    int kept = dup(STDIN_FILENO);
    assert_true(dup2(pipes[0], STDIN_FILENO) == STDIN_FILENO);
    close(pipes[0]);
    bool is_read =
        file_read(TEXT("-"), 100, &fixture->arena, &fixture->bytes, &fixture->problems);
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    }
    assert_true(is_read);
    assert_true(text_is(fixture->bytes, "piped"));
}

static void existence_and_folders_are_told_apart(void **state)
{
    (void)state;
    assert_true(file_exists(TEXT("/tmp")));
    assert_true(file_is_folder(TEXT("/tmp")));
    assert_true(file_exists(TEXT("/dev/null")));
    assert_false(file_is_folder(TEXT("/dev/null")));
    assert_false(file_exists(TEXT("/nonexistent")));
    assert_false(file_is_folder(TEXT("/nonexistent")));
}

static void paths_are_joined_and_cut(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *folder, *name, *joined;
    } joins[] = {
        { "a/b", "c", "a/b/c" }, { "a/", "c", "a/c" }, { ".", "c", "c" },
        { "", "c", "c" },        { "a", "/c", "/c" },  { "/", "c", "/c" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(joins); i++) {
        struct text joined =
            path_join(&fixture->arena, text_of(joins[i].folder), text_of(joins[i].name));
        assert_string_equal(joined.at, joins[i].joined);
    }
    assert_true(text_is(path_folder(TEXT("a/b/c")), "a/b"));
    assert_true(text_is(path_folder(TEXT("c")), "."));
    assert_true(text_is(path_folder(TEXT("/c")), "/"));
    assert_true(text_is(path_folder(TEXT_EMPTY), "."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_read_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_file_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_is_no_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_never_ends_is_larger_than_the_limit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_path_with_a_nul_byte_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_longer_than_the_system_allows_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_dash_is_the_standard_input, set_up, tear_down),
        cmocka_unit_test(existence_and_folders_are_told_apart),
        cmocka_unit_test_setup_teardown(paths_are_joined_and_cut, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
