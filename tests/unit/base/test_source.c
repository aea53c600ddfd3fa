/* SPDX-License-Identifier: MIT */
#include "base/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"
#include "base/buffer.h"

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

static void a_byte_order_mark_is_no_column(void **state)
{
    (void)state;
    struct source source;
    source_init(&source, TEXT("a"),
                TEXT("\xEF\xBB\xBF"
                     "ab\n\xEF\xBB\xBF"
                     "c"));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(source_position(&source, 0).column, 1);
        assert_int_equal(source_position(&source, 3).column, 1);
        assert_int_equal(source_position(&source, 4).column, 2);
        assert_int_equal(source_position(&source, 9).column, 2); /* there it is a character */
        assert_true(text_is(source_line_at(&source, 4), "ab"));
        source_index_lines(&source);
    }
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

static void positions_are_the_same_with_and_without_an_index(void **state)
{
    (void)state;
    struct source plain;
    struct source indexed;
    struct text bytes = TEXT("one\r\ntwo\n\n  four\n");
    source_init(&plain, TEXT("a"), bytes);
    source_init(&indexed, TEXT("a"), bytes);
    source_index_lines(&indexed);
    source_index_lines(&indexed);
    assert_int_equal(indexed.line_count, 5);
    for (size_t at = 0; at < bytes.size + 3; at++) {
        struct position a = source_position(&plain, at);
        struct position b = source_position(&indexed, at);
        assert_int_equal(a.line, b.line);
        assert_int_equal(a.column, b.column);
        assert_true(text_equal(source_line_at(&plain, at), source_line_at(&indexed, at)));
    }
    assert_true(text_is(source_line_at(&plain, 1), "one"));
    assert_true(text_is(source_line_at(&plain, 9), ""));
    assert_true(text_is(source_line_at(&plain, 12), "  four"));
    source_release(&indexed);
}

static void a_part_on_the_first_line_counts_from_where_it_stands(void **state)
{
    (void)state;
    struct source file;
    struct source cell;
    struct source inner;
    source_init(&file, TEXT("a.feature"), TEXT("x\n  | abc | def |\n"));
    source_embed(&cell, TEXT("def"), &file, 12, 0);
    struct position position = source_position(&cell, 1);
    assert_int_equal(position.line, 2);
    assert_int_equal(position.column, 12);
    source_embed(&inner, TEXT("ef"), &cell, 1, 0);
    assert_int_equal(source_position(&inner, 1).column, 13);
    assert_ptr_equal(source_shown(&inner), &file);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 100);
    span_print(&out, span_all(&inner));
    assert_string_equal(out.at, "a.feature:2:12");
}

static void spans_print_their_place_and_text(void **state)
{
    (void)state;
    struct source file;
    source_init(&file, TEXT("a.feature"), TEXT("one\ntwo\n"));
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 100);
    span_print(&out, span_make(&file, 5, 6));
    assert_string_equal(out.at, "a.feature:2:2");
    assert_true(text_is(span_text(span_make(&file, 5, 6)), "w"));
    assert_true(text_is(span_text(span_all(&file)), "one\ntwo\n"));
    assert_true(text_is(span_text(span_none()), ""));
    buffer_clear(&out);
    span_print(&out, span_none());
    assert_int_equal(out.size, 0);
    source_init(&file, TEXT("empty.feature"), TEXT_EMPTY);
    span_print(&out, span_make(&file, 0, 0));
    assert_string_equal(out.at, "empty.feature");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_count_code_points),
        cmocka_unit_test(a_byte_order_mark_is_no_column),
        cmocka_unit_test(embedded_position_is_shown_in_the_file),
        cmocka_unit_test(positions_are_the_same_with_and_without_an_index),
        cmocka_unit_test(a_part_on_the_first_line_counts_from_where_it_stands),
        cmocka_unit_test(spans_print_their_place_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
