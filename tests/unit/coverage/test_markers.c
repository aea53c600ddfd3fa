/* SPDX-License-Identifier: MIT */
#include "coverage/markers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "coverage/lcov_writer.h"
#include "coverage/read_bytes.h"

enum { LIMIT = 1 << 16 };

/* Ten lines, all covered, with a branch and a function on each. */
static void make(struct coverage *coverage, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer bytes;
    buffer_init(&bytes, LIMIT);
    coverage_init(coverage);
    buffer_add_string(&bytes, "SF:a.c\n");
    for (unsigned i = 1; i <= 10; i++) {
        buffer_add_format(&bytes, "DA:%u,%u\nBRDA:%u,0,0,1\nFN:%u,f%u\nFNDA:1,f%u\n", i, i % 2,
                          i, i, i, i);
    }
    buffer_add_string(&bytes, "end_of_record\n");
    assert_true(coverage_read_bytes(coverage, TEXT("made"), buffer_text(&bytes), TEXT("lcov"),
                                    problems));
}

/* "lines; branches; functions" that are left, then "!" and the first problem. */
static void check(const char *source_bytes, bool is_sound, const char *want)
{
    CLEANUP(buffer_release) struct buffer got;
    struct coverage coverage;
    struct problems problems;
    struct source source;
    buffer_init(&got, LIMIT);
    problems_init(&problems);
    make(&coverage, &problems);
    source_init(&source, TEXT("a.c"), text_of(source_bytes));
    struct coverage_file *file = coverage.files[0];
    assert_int_equal(markers_apply(file, &source, &problems), is_sound);
    for (size_t i = 0; i < file->line_count; i++) {
        buffer_add_format(&got, "%u ", file->lines[i].number);
    }
    buffer_add_string(&got, "; ");
    for (size_t i = 0; i < file->branch_count; i++) {
        buffer_add_format(&got, "%u ", file->branches[i].line);
    }
    buffer_add_format(&got, "; %zu", file->function_count);
    if (problems.count) {
        buffer_add_format(&got, "! %.*s", TEXT_ARG(problems.list[0].message));
    }
    assert_string_equal(got.at, want);
    coverage_release(&coverage);
    problems_release(&problems);
}

static void markers_take_lines_and_branches_out(void **state)
{
    (void)state;
    check("", true, "1 2 3 4 5 6 7 8 9 10 ; 1 2 3 4 5 6 7 8 9 10 ; 10");
    check("\n/* LCOV_EXCL_LINE: no */\n", true, "1 3 4 5 6 7 8 9 10 ; 1 3 4 5 6 7 8 9 10 ; 9");
    check("\n/* GCOV_EXCL_BR_LINE no */\n// GCOVR_EXCL_LINE (no)", true,
          "1 2 4 5 6 7 8 9 10 ; 1 4 5 6 7 8 9 10 ; 9! a.c:3: 1 excluded line was run all the "
          "same");
    check("\n\n\n// LCOV_EXCL_START why\n\n\n// LCOV_EXCL_STOP\n", true,
          "1 2 3 7 8 9 10 ; 1 2 3 7 8 9 10 ; 7! a.c:5: 1 excluded line was run all the same");
    check("// LCOV_EXCL_BR_START why\n\n\n// LCOV_EXCL_BR_STOP\n// LCOV_UNREACHABLE_START: "
          "a\n\n\n"
          "// LCOV_UNREACHABLE_STOP",
          true, "1 2 3 4 8 9 10 ; 4 8 9 10 ; 7! a.c:5: 2 excluded lines were run all the same");
}

static void words_that_only_look_like_markers_mark_nothing(void **state)
{
    (void)state;
    check("COV LCOV_ GCOV MY_LCOV_EXCL_LINE: a LCOV_EXCL_LINES: a LCOV_EXCL_LINE_2 "
          "XCOV_EXCL_LINE",
          true, "1 2 3 4 5 6 7 8 9 10 ; 1 2 3 4 5 6 7 8 9 10 ; 10");
}

static void wrong_markers_are_told(void **state)
{
    (void)state;
    check("\n// LCOV_EXCL_LINE", false,
          "1 3 4 5 6 7 8 9 10 ; 1 3 4 5 6 7 8 9 10 ; 9! this exclusion gives no reason");
    check("\n// LCOV_EXCL_BR_LINE: --- */", false,
          "1 2 3 4 5 6 7 8 9 10 ; 1 3 4 5 6 7 8 9 10 ; 10! this exclusion gives no reason");
    check("// LCOV_EXCL_STOP", false,
          "1 2 3 4 5 6 7 8 9 10 ; 1 2 3 4 5 6 7 8 9 10 ; 10! no exclusion ends here");
    check("\n// LCOV_EXCL_BR_START why\n// LCOV_EXCL_BR_START why\n// LCOV_EXCL_BR_STOP", false,
          "1 2 3 4 5 6 7 8 9 10 ; 1 4 5 6 7 8 9 10 ; 10! an exclusion begins within another");
    check("\n\n\n\n\n\n\n\n\n// LCOV_EXCL_START why", false,
          "1 2 3 4 5 6 7 8 9 ; 1 2 3 4 5 6 7 8 9 ; 9! this exclusion never ends");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markers_take_lines_and_branches_out),
        cmocka_unit_test(words_that_only_look_like_markers_mark_nothing),
        cmocka_unit_test(wrong_markers_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
