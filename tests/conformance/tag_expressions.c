/* SPDX-License-Identifier: MIT */
/* The cases of tag-expressions: canonical forms, truth, messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "format/json.h"
#include "match/tag_expression.h"
#include "support/conformance.h"

enum { OUT_LIMIT_BYTES = 4096, TAGS = 8 };

static struct arena arena;

static void each_case(const char *file, size_t count,
                      void (*check)(const struct json_value *line, struct text expression))
{
    const char *path =
        conformance_path(&arena, arena_format(&arena, "tag-expressions/%s", file).at);
    struct text rest = conformance_read(&arena, path);
    struct text line;
    size_t seen = 0;
    while (text_take_until(&rest, '\n', &line)) {
        const struct json_value *root = NULL;
        if (line.size > 0) {
            assert_true(json_parse_text(line, &arena, &root));
            check(root, json_text(json_member_named(root, "expression")));
            seen++;
        }
    }
    assert_int_equal(seen, count);
}

static const struct tag_expression *parse(struct text source)
{
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    assert_true(tag_expression_parse(source, &arena, &expression, &error));
    return expression;
}

static void assert_printed(const struct buffer *out, const struct json_value *expected)
{
    assert_non_null(expected);
    assert_string_equal(arena_string(&arena, buffer_text(out)),
                        arena_string(&arena, json_text(expected)));
}

static void check_form(const struct json_value *line, struct text source)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, OUT_LIMIT_BYTES);
    tag_expression_print(&out, parse(source));
    assert_printed(&out, json_member_named(line, "formatted"));
    struct text printed = arena_text(&arena, buffer_text(&out));
    buffer_clear(&out);
    tag_expression_print(&out, parse(printed)); /* and the form is its own form */
    assert_printed(&out, json_member_named(line, "formatted"));
}

static size_t evaluations;

static void check_truth(const struct json_value *line, struct text source)
{
    const struct tag_expression *expression = parse(source);
    const struct json_value *tests = json_member_named(line, "tests");
    for (size_t i = 0; i < tests->count; i++) {
        const struct json_value *test = json_item(tests, i);
        const struct json_value *variables = json_member_named(test, "variables");
        struct text tags[TAGS];
        assert_true(variables->count <= TAGS);
        for (size_t j = 0; j < variables->count; j++) {
            tags[j] = json_text(json_item(variables, j));
        }
        assert_int_equal(tag_expression_is_true(expression, tags, variables->count),
                         json_is(json_member_named(test, "result"), JSON_TRUE));
        evaluations++;
    }
}

static void check_message(const struct json_value *line, struct text source)
{
    const struct tag_expression *expression = NULL;
    struct tag_expression_error error;
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, OUT_LIMIT_BYTES);
    assert_false(tag_expression_parse(source, &arena, &expression, &error));
    tag_expression_error_print(&out, source, &error);
    assert_printed(&out, json_member_named(line, "error"));
}

static void forms_are_those_of_the_reference(void **state)
{
    (void)state;
    each_case("json-parsing.ndjson", 23, check_form);
}

static void truth_is_that_of_the_reference(void **state)
{
    (void)state;
    each_case("json-evaluations.ndjson", 7, check_truth);
    assert_int_equal(evaluations, 26);
}

static void messages_are_those_of_the_reference(void **state)
{
    (void)state;
    each_case("json-errors.ndjson", 15, check_message);
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_those_of_the_reference),
        cmocka_unit_test(truth_is_that_of_the_reference),
        cmocka_unit_test(messages_are_those_of_the_reference),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
