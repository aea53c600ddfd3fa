/* SPDX-License-Identifier: MIT */
#include "match/tag_expression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"

static const char *printed(struct arena *arena, const char *source)
{
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 65536);
    if (tag_expression_parse(text_of(source), arena, &expression, &error)) {
        tag_expression_print(&out, expression);
    } else {
        buffer_add_format(&out, "%zu-%zu %.*s", error.start, error.end, TEXT_ARG(error.reason));
    }
    return arena_string(arena, buffer_text(&out));
}

static void not_binds_before_and_before_or(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    assert_string_equal(printed(&arena, "not @a or @b and not @c"),
                        "( not ( @a ) or ( @b and not ( @c ) ) )");
    assert_string_equal(printed(&arena, "not not @a"), "not ( not ( @a ) )");
    assert_string_equal(printed(&arena, "not(@a or @b)and @c"), "( not ( @a or @b ) and @c )");
    assert_string_equal(printed(&arena, " \t\xC2\xA0 "), "");
    assert_string_equal(printed(&arena, "a\\ b or \\(\\)\\\\"), "( a\\ b or \\(\\)\\\\ )");
    assert_string_equal(printed(&arena, "\xFF"), "\xFF");
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        const char *error;
    } rows[] = {
        { "@a @b", "3-5 Expected operator." },
        { "@a (@b)", "3-4 Expected operator." },
        { "@a and", "6-6 Expected operand." },
        { "and @a", "0-3 Expected operand." },
        { "()", "1-2 Expected operand." },
        { "(@a", "3-3 Unmatched (." },
        { "(@a @b)", "4-6 Expected operator." },
        { "@a)", "2-3 Unmatched )." },
        { ")", "0-1 Expected operand." },
        { "@a or \\y", "6-8 Illegal escape before \"y\"." },
        { "@a\\", "2-3 Illegal escape before \"\"." },
        { "not", "3-3 Expected operand." },
        { "@a and or", "7-9 Expected operand." },
    };
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(printed(&arena, rows[i].source), rows[i].error);
    }
}

static void the_official_message_quotes_the_expression(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct buffer out CLEANUP(buffer_release);
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    arena_init(&arena);
    buffer_init(&out, 1024);
    assert_false(tag_expression_parse(TEXT("a b"), &arena, &expression, &error));
    tag_expression_error_print(&out, TEXT("a b"), &error);
    assert_string_equal(buffer_text(&out).at,
                        "Tag expression \"a b\" could not be parsed because of syntax error: "
                        "Expected operator.");
}

static void it_is_true_of_the_tags_it_says(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        bool of_a;
        bool of_ab;
        bool of_none;
    } rows[] = {
        { "", true, true, true },
        { "@a", true, true, false },
        { "not @a", false, false, true },
        { "@a and @b", false, true, false },
        { "@b or @c", false, true, false },
        { "@a and not @b", true, false, false },
        { "not (@a or @b)", false, false, true },
        { "@A", false, false, false },
    };
    const struct text tags[] = { TEXT("@a"), TEXT("@b") };
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        const struct tag_expression *expression = NULL;
        struct tag_expression_error error;
        assert_true(tag_expression_parse(text_of(rows[i].source), &arena, &expression, &error));
        assert_int_equal(tag_expression_is_true(expression, tags, 1), rows[i].of_a);
        assert_int_equal(tag_expression_is_true(expression, tags, 2), rows[i].of_ab);
        assert_int_equal(tag_expression_is_true(expression, NULL, 0), rows[i].of_none);
    }
}

static void add_tag(struct text tag, void *context)
{
    buffer_add(context, tag);
    buffer_add_byte(context, ' ');
}

static void every_tag_is_visited_from_left_to_right(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct buffer out CLEANUP(buffer_release);
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    arena_init(&arena);
    buffer_init(&out, 1024);
    assert_true(
        tag_expression_parse(TEXT("@a and not (@b or @a) or @c"), &arena, &expression, &error));
    tag_expression_each_tag(expression, add_tag, &out);
    assert_string_equal(buffer_text(&out).at, "@a @b @a @c ");
}

static void too_deep_and_too_long_is_refused(void **state)
{
    (void)state;
    struct arena arena CLEANUP(arena_release);
    struct buffer source CLEANUP(buffer_release);
    arena_init(&arena);
    buffer_init(&source, TAG_EXPRESSION_LIMIT_BYTES * 2);
    buffer_add_repeated(&source, '(', 200);
    assert_string_equal(printed(&arena, source.at), "100-101 Nested too deeply.");
    buffer_clear(&source);
    for (int i = 0; i < TAG_EXPRESSION_LIMIT_BYTES / 5 - 1; i++) {
        buffer_add_string(&source, "a or ");
    }
    buffer_add_string(&source, "b");
    struct text tag = TEXT("b");
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    assert_true(tag_expression_parse(buffer_text(&source), &arena, &expression, &error));
    assert_true(tag_expression_is_true(expression, &tag, 1));
    buffer_add_repeated(&source, 'b', TAG_EXPRESSION_LIMIT_BYTES);
    assert_string_equal(printed(&arena, source.at), "0-0 Too long.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_binds_before_and_before_or),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
        cmocka_unit_test(the_official_message_quotes_the_expression),
        cmocka_unit_test(it_is_true_of_the_tags_it_says),
        cmocka_unit_test(every_tag_is_visited_from_left_to_right),
        cmocka_unit_test(too_deep_and_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
