/* SPDX-License-Identifier: MIT */
/* The 120 cases of cucumber-expressions: tokens, trees, patterns, arguments, messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/json.h"
#include "format/regex.h"
#include "match/capture_tree.h"
#include "match/expression.h"
#include "match/parameter_type.h"
#include "match/syntax/expression_token.h"
#include "match/syntax/expression_tree.h"
#include "support/conformance.h"

enum { MESSAGE_LIMIT_BYTES = 4096, CAPTURES = 64 };

static struct arena arena;
static struct parameter_types *types;

static void each_case(const char *file, size_t count,
                      void (*check)(const struct json_value *line, struct text expression))
{
    const char *path =
        conformance_path(&arena, arena_format(&arena, "cucumber-expressions/%s", file).at);
    struct text rest = conformance_read(&arena, path);
    struct text line;
    size_t seen = 0;
    while (text_take_until(&rest, '\n', &line)) {
        const struct json_value *root = NULL;
        if (line.size == 0) {
            continue;
        }
        assert_true(json_parse_text(line, &arena, &root));
        struct text name = json_text(json_member_named(root, "case"));
        print_message("%.*s\n", TEXT_ARG(name));
        check(root, json_text(json_member_named(root, "expression")));
        seen++;
    }
    assert_int_equal(seen, count);
}

static void assert_text(struct text actual, const struct json_value *expected)
{
    assert_string_equal(arena_string(&arena, actual),
                        arena_string(&arena, json_text(expected)));
}

static void assert_number(size_t actual, const struct json_value *expected)
{
    uint64_t number = 0;
    assert_true(text_to_uint64(json_text(expected), &number));
    assert_int_equal(actual, number);
}

/* Offsets of the reference are code points. */
static void assert_offsets(struct text expression, size_t start, size_t end,
                           const struct json_value *expected)
{
    assert_number(utf8_count(text_slice(expression, 0, start)),
                  json_member_named(expected, "start"));
    assert_number(utf8_count(text_slice(expression, 0, end)),
                  json_member_named(expected, "end"));
}

static void assert_message(const struct expression_error *error,
                           const struct json_value *expected)
{
    struct buffer message CLEANUP(buffer_release);
    buffer_init(&message, MESSAGE_LIMIT_BYTES);
    expression_error_print(&message, error);
    assert_non_null(expected);
    assert_text(buffer_text(&message), expected);
}

static void check_tokens(const struct json_value *line, struct text expression)
{
    struct expression_tokens tokens;
    struct expression_error error;
    if (!expression_tokenize(expression, &arena, &arena, &tokens, &error)) {
        assert_message(&error, json_member_named(line, "exception"));
        return;
    }
    const struct json_value *expected = json_member_named(line, "expected_tokens");
    assert_non_null(expected);
    assert_int_equal(tokens.count, expected->count);
    for (size_t i = 0; i < tokens.count; i++) {
        const struct json_value *token = json_item(expected, i);
        assert_text(text_of(expression_token_type_name(tokens.list[i].type)),
                    json_member_named(token, "type"));
        assert_text(tokens.list[i].text, json_member_named(token, "text"));
        assert_offsets(expression, tokens.list[i].start, tokens.list[i].end, token);
    }
}

static void assert_tree(struct text expression, const struct expression_node *node,
                        const struct json_value *expected)
{
    assert_text(text_of(expression_node_type_name(node->type)),
                json_member_named(expected, "type"));
    assert_offsets(expression, node->start, node->end, expected);
    const struct json_value *token = json_member_named(expected, "token");
    if (token) {
        assert_text(node->text, token);
    }
    const struct json_value *nodes = json_member_named(expected, "nodes");
    size_t count = 0;
    for (const struct expression_node *child = node->first; child; child = child->next) {
        assert_non_null(json_item(nodes, count));
        assert_tree(expression, child, json_item(nodes, count++));
    }
    assert_int_equal(count, nodes ? nodes->count : 0);
}

static void check_tree(const struct json_value *line, struct text expression)
{
    const struct expression_node *tree = NULL;
    struct expression_error error;
    if (!expression_parse(expression, &arena, &tree, &error)) {
        assert_message(&error, json_member_named(line, "exception"));
        return;
    }
    const struct json_value *expected = json_member_named(line, "expected_ast");
    assert_non_null(expected);
    assert_tree(expression, tree, expected);
}

static void check_pattern(const struct json_value *line, struct text source)
{
    struct expression expression;
    struct expression_error error;
    assert_true(expression_compile(source, types, &arena, &expression, &error));
    assert_text(expression_pattern(&expression, &arena),
                json_member_named(line, "expected_regex"));
}

/* The text's groups for the pattern; false where it does not fit. */
static bool match(struct text pattern, struct text text, struct match_group *ret_whole)
{
    struct regex *regex CLEANUP(regex_release) = NULL;
    struct regex_capture captures[CAPTURES];
    struct capture_tree tree;
    assert_true(regex_compile(pattern, 0, &regex, NULL));
    capture_tree_make(pattern, &arena, &tree);
    assert_int_equal(tree.count, regex_group_count(regex) + 1);
    if (regex_match(regex, text, 0, captures, CAPTURES) != REGEX_MATCHED) {
        return false;
    }
    capture_tree_group(&tree, 0, text, captures, &arena, ret_whole);
    return true;
}

static void assert_value(const struct parameter_type *type, struct text value,
                         const struct json_value *expected)
{
    if (type->kind == PARAMETER_TEXT || type->kind == PARAMETER_STRING) {
        assert_int_equal(expected->type, JSON_STRING);
        assert_text(value, expected);
        return;
    }
    const struct json_value *number = NULL;
    assert_true(json_parse_text(value, &arena, &number));
    assert_true(json_equal(number, expected));
}

static void check_match(const struct json_value *line, struct text source)
{
    struct expression expression;
    struct expression_error error;
    if (!expression_compile(source, types, &arena, &expression, &error)) {
        assert_message(&error, json_member_named(line, "exception"));
        return;
    }
    const struct json_value *expected = json_member_named(line, "expected_args");
    struct match_group whole;
    assert_non_null(expected);
    if (!match(expression_pattern(&expression, &arena),
               json_text(json_member_named(line, "text")), &whole)) {
        assert_int_equal(expected->type, JSON_NULL);
        return;
    }
    assert_int_equal(expected->type, JSON_ARRAY);
    assert_int_equal(whole.child_count, expected->count);
    assert_int_equal(whole.child_count, expression.parameter_count);
    for (size_t i = 0; i < whole.child_count; i++) {
        const struct parameter_type *type = expression.parameters[i];
        assert_value(type, parameter_value(type, whole.children[i].value, &arena),
                     json_item(expected, i));
    }
}

static void check_regular_expression(const struct json_value *line, struct text pattern)
{
    const struct json_value *expected = json_member_named(line, "expected_args");
    struct match_group whole;
    assert_true(match(pattern, json_text(json_member_named(line, "text")), &whole));
    assert_int_equal(whole.child_count, expected->count);
    for (size_t i = 0; i < whole.child_count; i++) {
        const struct json_value *argument = json_item(expected, i);
        assert_int_equal(whole.children[i].is_set, argument->type == JSON_STRING);
        if (whole.children[i].is_set) {
            assert_text(whole.children[i].value, argument);
        }
    }
}

static void tokens_are_those_of_the_reference(void **state)
{
    (void)state;
    each_case("json-cucumber-expression-tokenizer.ndjson", 16, check_tokens);
}

static void trees_are_those_of_the_reference(void **state)
{
    (void)state;
    each_case("json-cucumber-expression-parser.ndjson", 28, check_tree);
}

static void patterns_are_those_of_the_reference(void **state)
{
    (void)state;
    each_case("json-cucumber-expression-transformation.ndjson", 8, check_pattern);
}

static void arguments_and_messages_are_those_of_the_reference(void **state)
{
    (void)state;
    each_case("json-cucumber-expression-matching.ndjson", 65, check_match);
}

static void regular_expressions_take_what_the_reference_takes(void **state)
{
    (void)state;
    each_case("json-regular-expression-matching.ndjson", 3, check_regular_expression);
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    types = parameter_types_new();
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
        cmocka_unit_test(tokens_are_those_of_the_reference),
        cmocka_unit_test(trees_are_those_of_the_reference),
        cmocka_unit_test(patterns_are_those_of_the_reference),
        cmocka_unit_test(arguments_and_messages_are_those_of_the_reference),
        cmocka_unit_test(regular_expressions_take_what_the_reference_takes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
