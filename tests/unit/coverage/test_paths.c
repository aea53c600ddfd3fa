/* SPDX-License-Identifier: MIT */
#include "coverage/paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "coverage/read_bytes.h"

enum { LIMIT = 1 << 16 };

static const char *const tracked_paths[] = {
    "app/src/main/java/com/x/A.java",
    "lib/src/util.c",
    "main.c",
    "pkg/a.go",
    "src/util.c",
    "tools/src/main.c",
    "x/main/y.c",
    "z/y.c",
    "zz/y.c",
};

/* What the path of a report becomes, then "*" where it is tracked, or "! " and the problem. */
static void check(const char *reported, const char *want)
{
    CLEANUP(buffer_release) struct buffer bytes;
    struct coverage coverage;
    struct problems problems;
    struct text tracked[ARRAY_SIZE(tracked_paths)];
    for (size_t i = 0; i < ARRAY_SIZE(tracked_paths); i++) {
        tracked[i] = text_of(tracked_paths[i]);
    }
    buffer_init(&bytes, LIMIT);
    problems_init(&problems);
    coverage_init(&coverage);
    buffer_add_format(&bytes, "SF:%s\nDA:1,1\nend_of_record\n", reported);
    assert_true(coverage_read_bytes(&coverage, TEXT("made"), buffer_text(&bytes), TEXT("lcov"),
                                    &problems));
    bool is_mapped =
        coverage_map_paths(&coverage, TEXT("/repo/"), tracked, ARRAY_SIZE(tracked), &problems);
    assert_int_equal(is_mapped, problems.count == 0);
    buffer_clear(&bytes);
    if (is_mapped) {
        buffer_add_format(&bytes, "%.*s%s", TEXT_ARG(coverage.files[0]->path),
                          coverage.files[0]->is_tracked ? "*" : "");
        assert_ptr_equal(coverage_find(&coverage, coverage.files[0]->path), coverage.files[0]);
    } else {
        buffer_add_format(&bytes, "! %.*s", TEXT_ARG(problems.list[0].message));
    }
    assert_string_equal(bytes.at, want);
    coverage_release(&coverage);
    problems_release(&problems);
}

static void a_path_becomes_the_longest_tracked_end(void **state)
{
    (void)state;
    check("src/util.c", "src/util.c*");
    check("./src//util.c", "src/util.c*");
    check("/ci/lib/src/util.c", "lib/src/util.c*");
    check("/ci/other/src/util.c", "src/util.c*");
    check("/repo/src/util.c", "src/util.c*");
    check("/repo/build/src/util.c", "build/src/util.c");
    check("/repository/src/util.c", "src/util.c*");
    check("github.com/me/mod/pkg/a.go", "pkg/a.go*");
    check("com/x/A.java", "app/src/main/java/com/x/A.java*");
    check("C:\\work\\src\\util.c", "src/util.c*");
    check("/usr/include/stdio.h", "/usr/include/stdio.h");
    check("a.c", "a.c");
    check("n/y.c", "n/y.c");
    check("src/main.c", "main.c*");
}

static void an_ambiguous_path_names_its_candidates(void **state)
{
    (void)state;
    check("y.c", "! 'y.c' of the coverage may be any of 3 tracked files");
    check("java/com/x/A.java", "app/src/main/java/com/x/A.java*");
}

static void a_path_that_leaves_the_repository_is_refused(void **state)
{
    (void)state;
    check("../x.c", "! '../x.c' of the coverage leaves the repository");
    check("a/../../x.c", "! '../x.c' of the coverage leaves the repository");
    check("..", "! '..' of the coverage leaves the repository");
    check("a/b/../../main.c", "main.c*");
    check("/../main.c", "main.c*");
}

static void files_that_become_one_are_joined(void **state)
{
    (void)state;
    struct coverage coverage;
    struct problems problems;
    struct text tracked[] = { TEXT("src/a.c") };
    problems_init(&problems);
    coverage_init(&coverage);
    assert_true(coverage_read_bytes(&coverage, TEXT("made"),
                                    TEXT("SF:/one/src/a.c\nDA:1,1\nend_of_record\n"
                                         "SF:/two/src/a.c\nDA:1,2\nDA:2,0\nend_of_record\n"),
                                    TEXT_EMPTY, &problems));
    assert_true(coverage_map_paths(&coverage, TEXT_EMPTY, tracked, 1, &problems));
    assert_int_equal(coverage.file_count, 1);
    assert_int_equal(coverage.files[0]->line_count, 2);
    assert_int_equal(coverage.files[0]->lines[0].count, 3);
    assert_true(coverage_map_paths(&coverage, TEXT_EMPTY, NULL, 0, &problems));
    coverage_release(&coverage);
    problems_release(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_becomes_the_longest_tracked_end),
        cmocka_unit_test(an_ambiguous_path_names_its_candidates),
        cmocka_unit_test(a_path_that_leaves_the_repository_is_refused),
        cmocka_unit_test(files_that_become_one_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
