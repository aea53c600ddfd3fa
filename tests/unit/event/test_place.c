/* SPDX-License-Identifier: MIT */
#include "event/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "event/failure.h"
#include "support/feature.h"

static void assert_place(struct text bytes, size_t start, size_t end, const char *expected)
{
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer out;
    struct source source;
    arena_init(&arena);
    buffer_init(&out, 1 << 16);
    source_init(&source, TEXT("a.feature"), bytes);
    struct place place = place_of_span(&arena, span_make(&source, start, end));
    place_print(&out, &place);
    buffer_add_byte(&out, '\n');
    place_print_excerpt(&out, &place, 2, false);
    assert_string_equal(out.at, expected);
}

static void the_line_is_shown_with_carets_below(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t start, end;
        const char *expected;
    } cases[] = {
        { "one\n  two three\nfour", 6, 9, "a.feature:2:3\n  2 │   two three\n    │   ^^^\n" },
        { "one\n  two three\nfour", 10, 20, /* to the end of its line */
          "a.feature:2:7\n  2 │   two three\n    │       ^^^^^\n" },
        { "a", 1, 1, "a.feature:1:2\n  1 │ a\n    │  ^\n" },
        { "é\tü", 3, 5, "a.feature:1:3\n  1 │ é ü\n    │   ^\n" },
        { "\x1b[1mx\xff", 4, 6, "a.feature:1:5\n  1 │ \\x1b[1mx\\xff\n    │        ^^^^^\n" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_place(text_of(cases[i].bytes), cases[i].start, cases[i].end, cases[i].expected);
}

static void long_lines_are_cut_around_the_caret(void **state)
{
    (void)state;
    char bytes[9000];
    memset(bytes, 'x', sizeof bytes);
    bytes[8000] = 'Y';
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer out;
    struct source source;
    arena_init(&arena);
    buffer_init(&out, 1 << 16);
    source_init(&source, TEXT("a"), text_make(bytes, sizeof bytes));
    struct place place = place_of_span(&arena, span_make(&source, 8000, 8001));
    assert_int_equal(place.column, 8001);
    assert_int_equal(place.text.size, 2999); /* half of the limit before, what is left after */
    assert_int_equal(place.text.at[place.caret - 1], 'Y');
    place_print_excerpt(&out, &place, 0, true);
    struct text shown = buffer_text(&out);
    assert_true(text_find_byte(shown, 'Y', 0) < 80);
    assert_true(text_find_byte(shown, '\n', 0) < 120);
    assert_true(text_ends_with(shown, TEXT(" \033[31m^\033[0m\n")));
}

static void nowhere_is_shown_as_nothing(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    CLEANUP(buffer_release) struct buffer out;
    arena_init(&arena);
    buffer_init(&out, 64);
    struct place place = place_of_span(&arena, span_none());
    place_print(&out, &place);
    place_print_excerpt(&out, &place, 2, false);
    assert_int_equal(out.size, 0);
    const struct place only_a_file = { .name = TEXT("file") };
    place_print(&out, &only_a_file);
    place_print_excerpt(&out, &only_a_file, 2, false);
    assert_string_equal(out.at, "file");
}

static void mismatches_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    struct source source;
    arena_init(&arena);
    source_init(&source, TEXT("f"), TEXT("one two"));
    struct failure failure = { .at = span_make(&source, 0, 3) };
    const struct mismatch mismatch = { .what = TEXT("w"), .at = span_make(&source, 4, 7) };
    for (int i = 0; i < FAILURE_MISMATCHES_LIMIT + 7; i++)
        failure_add_mismatch(&failure, &arena, &mismatch);
    assert_int_equal(failure.mismatch_count, FAILURE_MISMATCHES_LIMIT);
    assert_int_equal(failure.mismatches_dropped, 7);
    failure.mismatches[1].place.name = TEXT("kept");
    failure_locate(&failure, &arena);
    assert_int_equal(failure.place.column, 1);
    assert_int_equal(failure.mismatches[49].place.column, 5);
    assert_string_equal(failure.mismatches[1].place.name.at, "kept");
    failure_locate(&failure, &arena);
    assert_int_equal(failure.place.column, 1);
}

static void what_a_row_filled_in_is_shown_as_it_is_written(void **state)
{
    (void)state;
    static const char text[] = "Feature: F\n"
                               "  Scenario Outline: S\n"
                               "    When x:\n"
                               "      \"\"\"\n"
                               "      <b>{\"a\": \"<long>\",\n"
                               "        \"c\": \"<c><d>\", \"e\": <e>}\n"
                               "      \"\"\"\n"
                               "    Examples:\n"
                               "      | long         | c  | d | e |\n"
                               "      | a long value | éé |   | 7 |\n";
    static const struct {
        const char *part;
        const char *marked;
        uint32_t line;
        uint32_t column;
    } cases[] = {
        { "{\"a", "{\"a", 5, 10 },
        { "a long value", "<long>", 5, 17 },
        { "long", "<long>", 5, 17 },
        { "\"a long value\"", "\"<long>\"", 5, 16 },
        { "\"c\": \"é", "\"c\": \"<c><d>", 6, 9 },
        { "éé", "<c><d>", 6, 15 },
        { "\"e\": 7", "\"e\": <e>", 6, 24 },
        { "7", "<e>", 6, 29 },
        { "}", "}", 6, 32 },
    };
    struct feature_fixture feature;
    struct arena arena;
    feature_init(&feature, text_of(text));
    arena_init(&arena);
    assert_true(feature.is_compiled);
    struct pickle_step step = pickle_step(&feature.pickles.list[0], 0);
    struct source part;
    doc_string_source(&feature.source, step.doc_string, &part);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        size_t start = text_find(part.bytes, text_of(cases[i].part), 0);
        assert_true(start < part.bytes.size);
        struct span span = span_make(&part, start, start + strlen(cases[i].part));
        assert_true(text_is(span_text(span_as_written(span)), cases[i].marked));
        struct place place = place_of_span(&arena, span);
        assert_int_equal(place.line, cases[i].line);
        assert_int_equal(place.column, cases[i].column);
        assert_int_equal(place.width, utf8_count(text_of(cases[i].marked)));
        assert_int_equal(place.row_line, 10);
    }
    struct buffer out;
    buffer_init(&out, 1000);
    struct place place = place_of_span(&arena, span_make(&part, 0, 1));
    place_print(&out, &place);
    assert_string_equal(out.at, "a.feature:5:7, filled in by the row at line 10");
    buffer_release(&out);
    arena_release(&arena);
    feature_release(&feature);
}

static void a_span_at_the_end_of_what_was_filled_in_stays_in_the_file(void **state)
{
    (void)state;
    static const char written[] = "x <a>\n<b>";
    struct source file;
    struct source part;
    source_init(&file, TEXT("f"), text_of(written));
    source_embed(&part, TEXT("x 1\n2"), &file, 0, 0);
    part.unfilled = text_of(written);
    for (size_t start = 0; start <= part.bytes.size; start++) {
        for (size_t end = start; end <= part.bytes.size; end++) {
            struct span span = span_as_written(span_make(&part, start, end));
            assert_true(span.source == &file);
            assert_true(span.start <= span.end && span.end <= file.bytes.size);
        }
    }
    assert_true(span_as_written(span_none()).source == NULL);
    assert_true(span_as_written(span_make(&file, 1, 2)).start == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_row_filled_in_is_shown_as_it_is_written),
        cmocka_unit_test(a_span_at_the_end_of_what_was_filled_in_stays_in_the_file),
        cmocka_unit_test(the_line_is_shown_with_carets_below),
        cmocka_unit_test(long_lines_are_cut_around_the_caret),
        cmocka_unit_test(nowhere_is_shown_as_nothing),
        cmocka_unit_test(mismatches_beyond_the_limit_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
