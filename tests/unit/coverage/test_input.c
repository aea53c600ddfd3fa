/* SPDX-License-Identifier: MIT */
#include "coverage/input.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "coverage/coverage.h"

static void write_at(int descriptor, off_t offset, const char *bytes)
{
    ssize_t size = (ssize_t)strlen(bytes);
    assert_int_equal(pwrite(descriptor, bytes, (size_t)size, offset), size);
}

/* A tracefile that is mapped: between its two records is a comment that is a hole in the file. */
static int make_large(char path[64])
{
    (void)snprintf(path, 64, "/tmp/bddrun-coverage-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    write_at(descriptor, 0, "SF:a.c\nDA:1,1\nend_of_record\n#");
    write_at(descriptor, INPUT_MAPPED_FROM_BYTES,
             "\nSF:b.c\nDA:1,0\nBRDA:x,0,0,1\nend_of_record\n");
    return descriptor;
}

static void a_large_file_is_read_to_its_end_and_problems_have_their_place(void **state)
{
    (void)state;
    char path[64];
    struct coverage coverage;
    struct problems problems;
    close(make_large(path));
    coverage_init(&coverage);
    problems_init(&problems);
    assert_false(coverage_read(&coverage, text_of(path), TEXT_EMPTY, &problems));
    assert_int_equal(coverage_total(&coverage).lines.covered, 1);
    assert_int_equal(coverage_total(&coverage).lines.total, 2);
    assert_int_equal(problems.count, 1);
    struct span at = problems.list[0].at;
    assert_int_equal(source_position(at.source, at.start).line, 7);
    coverage_release(&coverage);
    problems_release(&problems);
    unlink(path);
}

static void a_file_that_changes_while_it_is_read_is_noticed(void **state)
{
    (void)state;
    char path[64];
    struct problems problems;
    problems_init(&problems);
    int descriptor = make_large(path);
    struct coverage_input *input = input_open(text_of(path), &problems);
    assert_non_null(input);
    assert_true(input_is_unchanged(input, &problems));
    write_at(descriptor, INPUT_MAPPED_FROM_BYTES + 100, "SF:c.c\n");
    assert_false(input_is_unchanged(input, &problems));
    assert_non_null(strstr(problems.list[0].message.at, "changed while it was read"));
    input_free(input);
    problems_release(&problems);
    close(descriptor);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_file_is_read_to_its_end_and_problems_have_their_place),
        cmocka_unit_test(a_file_that_changes_while_it_is_read_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
