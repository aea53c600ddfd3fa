/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "hook/coverage_map.h"

static void tests_that_ran_a_changed_file_are_named_once(void **state)
{
    (void)state;
    struct git_file files[] = { { .path = TEXT_STATIC("app/a.php"),
                                  .old_path = TEXT_STATIC("app/old.php") } };
    struct git_diff diff = { .files = files, .file_count = 1 };
    struct arena arena;
    struct text *names;
    size_t count;
    arena_init(&arena);
    coverage_map_read(
        TEXT("TN:one\r\nSF:/build/app/a.php\r\nDA:1,0\nDA:2,5,abc\nend_of_record\n"
             "SF:app/old.php\nDA:1,1\nend_of_record\n"
             "TN:two\nSF:app/a.php\nDA:1,0\nDA:2,-1\nDA:x\nend_of_record\n"
             "TN:three\nSF:xapp/a.php\nDA:1,1\nend_of_record\n"
             "TN:\nSF:app/a.php\nDA:1,1\nend_of_record\n"
             "TN:four\nSF:app/a.php\nDA:1,1\n"),
        &diff, &arena, &names, &count);
    assert_int_equal(count, 1);
    assert_memory_equal(names[0].at, "one", 3);
    coverage_map_read(TEXT_EMPTY, &diff, &arena, &names, &count);
    assert_int_equal(count, 0);
    arena_release(&arena);
}

static void names_are_compared_by_letters_and_digits(void **state)
{
    (void)state;
    assert_true(coverage_map_is_same(TEXT("The_pot_is_split_"), TEXT("The pot is split!")));
    assert_true(coverage_map_is_same(TEXT("a 1"), TEXT("a 1")));
    assert_false(coverage_map_is_same(TEXT("a_1"), TEXT("a 2")));
    assert_false(coverage_map_is_same(TEXT("a__"), TEXT("a b")));
    assert_false(coverage_map_is_same(TEXT("a"), TEXT("ab")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tests_that_ran_a_changed_file_are_named_once),
        cmocka_unit_test(names_are_compared_by_letters_and_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
