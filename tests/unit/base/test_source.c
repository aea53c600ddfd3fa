/* SPDX-License-Identifier: MIT */
#include "base/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void columns_count_code_points(void **state)
{
    (void)state;
    struct source source;
    source_init(&source, TEXT("a.feature"), TEXT("Feature: \xC3\xA9t\xC3\xA9\n  x\n"));
    struct position position = source_position(&source, 13);
    assert_int_equal(position.line, 1);
    assert_int_equal(position.column, 13 - 1 + 1);
    source_index_lines(&source);
    position = source_position(&source, 17);
    assert_int_equal(position.line, 2);
    assert_int_equal(position.column, 3);
    source_release(&source);
}

static void embedded_position_is_shown_in_the_file(void **state)
{
    (void)state;
    struct source file;
    struct source part;
    source_init(&file, TEXT("a.feature"), TEXT("one\n    \"\"\"\n    {\n      \"a\": 1\n"));
    source_embed(&part, TEXT("{\n  \"a\": 1"), &file, 16, 4);
    struct position position = source_position(&part, 4);
    assert_int_equal(position.line, 4);
    assert_int_equal(position.column, 7);
    assert_true(text_is(source_line_at(&part, 4), "      \"a\": 1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_count_code_points),
        cmocka_unit_test(embedded_position_is_shown_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
