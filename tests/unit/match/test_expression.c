/* SPDX-License-Identifier: MIT */
#include "match/expression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match/parameter_type.h"
#include "match/syntax/expression_token.h"
#include "match/syntax/expression_tree.h"

enum { OUT_LIMIT_BYTES = 65536 };

static struct parameter_types *types;
static struct arena arena;

/* The pattern, or the official message. */
static const char *compiled(struct text source)
{
    struct expression expression;
    struct expression_error error;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, OUT_LIMIT_BYTES);
    if (expression_compile(source, types, &arena, &expression, &error)) {
        return expression_pattern(&expression, &arena).at;
    }
    expression_error_print(&out, &error);
    return arena_string(&arena, buffer_text(&out));
}

static void an_expression_becomes_a_pattern(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "", "^$" },
        { "a.b", "^a\\.b$" },
        { "{actor} send(s) {}", "^([a-z]+) send(?:s)? (.*)$" },
        { "is/are {int}", "^(?:is|are) ((?:-?\\d+)|(?:\\d+))$" },
        { "a\\/b \\(c) \\{d}", "^a/b \\(c\\) \\{d\\}$" },
        { "{int}st/nd", "^((?:-?\\d+)|(?:\\d+))(?:st|nd)$" },
        { "\xF0\x9F\x98\x80 \xFF", "^\xF0\x9F\x98\x80 \xFF$" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_string_equal(compiled(text_of(rows[i][0])), rows[i][1]);
    }
}

static void parameters_are_listed_from_left_to_right(void **state)
{
    (void)state;
    struct expression expression;
    struct expression_error error;
    assert_true(expression_compile(TEXT("{actor} has {int} {} {string}"), types, &arena,
                                   &expression, &error));
    assert_int_equal(expression.parameter_count, 4);
    assert_string_equal(expression.parameters[0]->name, "actor");
    assert_string_equal(expression.parameters[2]->name, "");
    assert_string_equal(expression.parameters[3]->name, "string");
}

static void a_caret_stands_below_what_is_wrong(void **state)
{
    (void)state;
    assert_string_equal(compiled(TEXT("\xC3\xA9 {dance} x")),
                        "This Cucumber Expression has a problem at column 3:\n\n"
                        "\xC3\xA9 {dance} x\n"
                        "  ^-----^\n"
                        "Undefined parameter type 'dance'.\n"
                        "Please register a ParameterType for 'dance'");
    assert_string_equal(
        compiled(TEXT("a (b/c)")),
        "This Cucumber Expression has a problem at column 5:\n\n"
        "a (b/c)\n"
        "    ^\n"
        "An alternation can not be used inside an optional.\n"
        "If you did not mean to use an alternation you can use '\\/' to escape the "
        "'/'. Otherwise rephrase your expression or consider using a regular "
        "expression instead.");
    assert_string_equal(
        compiled(TEXT("a/(b")),
        "This Cucumber Expression has a problem at column 3:\n\n"
        "a/(b\n"
        "  ^\n"
        "The '(' does not have a matching ')'.\n"
        "If you did not intend to use optional text you can use '\\(' to escape "
        "the optional text");
}

static const char *problem_of(const char *source)
{
    struct expression expression;
    struct expression_error error;
    assert_false(expression_compile(text_of(source), types, &arena, &expression, &error));
    return arena_string(&arena, error.problem);
}

static void limits_are_told(void **state)
{
    (void)state;
    struct buffer source CLEANUP(buffer_release);
    buffer_init(&source, EXPRESSION_LIMIT_BYTES * 2);
    buffer_add_repeated(&source, '(', EXPRESSION_DEPTH_LIMIT + 1);
    assert_string_equal(problem_of(source.at), "The expression is nested too deeply.");
    buffer_clear(&source);
    buffer_add_repeated(&source, 'a', EXPRESSION_LIMIT_BYTES + 1);
    assert_string_equal(problem_of(source.at), "The expression is too long.");
    buffer_clear(&source);
    for (int i = 0; i < 1000; i++) {
        buffer_add_string(&source, "{huge} ");
    }
    assert_string_equal(problem_of(source.at), "The expression is too long.");
}

static int set_up(void **state)
{
    (void)state;
    static char huge[4096];
    static const struct parameter_pattern patterns[] = {
        { "actor", "[a-z]+", false, "bob" },
        { "huge", huge, false, "x" },
    };
    for (size_t i = 0; i + 1 < sizeof huge; i++) {
        huge[i] = 'x';
    }
    arena_init(&arena);
    types = parameter_types_new();
    parameter_types_add(types, patterns, ARRAY_SIZE(patterns));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    parameter_types_free(types);
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_expression_becomes_a_pattern),
        cmocka_unit_test(parameters_are_listed_from_left_to_right),
        cmocka_unit_test(a_caret_stands_below_what_is_wrong),
        cmocka_unit_test(limits_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
