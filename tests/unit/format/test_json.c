/* SPDX-License-Identifier: MIT */
#include "format/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"

struct fixture {
    struct arena arena;
    struct problems problems;
    struct source source;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    problems_init(&fixture.problems);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    problems_release(&fixture->problems);
    return 0;
}

static const struct json_value *parse(struct fixture *fixture, const char *json)
{
    const struct json_value *root = NULL;
    source_init(&fixture->source, TEXT("x.json"), arena_text(&fixture->arena, text_of(json)));
    assert_true(json_parse(&fixture->source, (struct json_limits){ 0 }, &fixture->arena, &root,
                           &fixture->problems));
    return root;
}

static void values_keep_their_text_order_and_place(void **state)
{
    struct fixture *fixture = *state;
    const struct json_value *root =
        parse(fixture, " {\"b\": [1.10, true, null], \"a\\u0041\": \"x\\n\\u20ac\", \"\": {}}");
    assert_int_equal(root->type, JSON_OBJECT);
    assert_int_equal(root->count, 3);
    const struct json_value *array = json_member_named(root, "b");
    assert_true(text_is(json_text(json_item(array, 0)), "1.10"));
    assert_true(json_is_boolean(json_item(array, 1)));
    assert_true(json_is(json_item(array, 2), JSON_NULL));
    assert_null(json_item(array, 3));
    assert_null(json_item(root, 0));
    assert_null(json_item(NULL, 0));
    const struct json_value *text = json_member_named(root, "aA");
    assert_true(text_is(json_text(text), "x\n\xE2\x82\xAC"));
    assert_true(text_is(span_text(json_span(&fixture->source, text)), "\"x\\n\\u20ac\""));
    assert_true(text_is(span_text(json_key_span(&fixture->source, text)), "\"a\\u0041\""));
    assert_true(text_is(span_text(json_span(&fixture->source, array)), "[1.10, true, null]"));
    assert_true(text_is(json_key(text), "aA"));
    assert_int_equal(json_key(root).size, 0);
    assert_int_equal(json_text(root).size, 0);
    assert_int_equal(json_member_named(root, "")->count, 0);
    assert_null(json_member_named(root, "x"));
    assert_null(json_member_named(array, "x"));
    assert_false(json_is(NULL, JSON_NULL));
    assert_false(root->has_repeated_keys);
    assert_true(sizeof *root <= 48);
}

static void types_have_names(void **state)
{
    (void)state;
    static const char *const names[] = { "null",   "boolean", "boolean", "number",
                                         "string", "array",   "object" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        assert_string_equal(json_type_name((enum json_type)i), names[i]);
    }
}

static void repeated_keys_are_flagged_and_the_last_is_found(void **state)
{
    struct fixture *fixture = *state;
    const struct json_value *root = parse(fixture, "{\"a\": 1, \"b\": 2, \"\\u0061\": 3}");
    assert_true(root->has_repeated_keys);
    assert_int_equal(root->count, 3);
    assert_false(root->children[0].is_repeated);
    assert_false(root->children[1].is_repeated);
    assert_true(root->children[2].is_repeated);
    assert_true(text_is(json_text(json_member_named(root, "a")), "3"));
    assert_true(text_is(json_text(json_member_named(root, "b")), "2"));
    assert_null(json_member_named(root, "c"));
    assert_null(json_member_named(root, ""));
}

static struct text many_members(struct fixture *fixture, size_t count, size_t step)
{
    struct buffer buffer;
    buffer_init(&buffer, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&buffer, "%s\"k%zu\": %zu", i ? "," : "{", i * step % count,
                          i * step % count);
    }
    buffer_add_byte(&buffer, '}');
    struct text made = arena_text(&fixture->arena, buffer_text(&buffer));
    buffer_release(&buffer);
    return made;
}

static void large_objects_find_every_member(void **state)
{
    struct fixture *fixture = *state;
    const struct json_value *a = parse(fixture, many_members(fixture, 1000, 1).at);
    const struct json_value *b = parse(fixture, many_members(fixture, 1000, 7).at);
    for (size_t i = 0; i < 1000; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%zu", i);
        assert_true(text_is(json_text(json_member_named(b, key)), key + 1));
    }
    assert_null(json_member_named(b, "k1000"));
    assert_true(json_equal(a, b));
    assert_false(json_equal(a, parse(fixture, many_members(fixture, 999, 1).at)));
}

static void equality_follows_the_values(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *a;
        const char *b;
        bool is_equal;
    } cases[] = {
        { "1", "1.0", true },
        { "1", "1e0", true },
        { "0.1", "1E-1", true },
        { "-0", "0", true },
        { "9007199254740993", "9007199254740992", false },
        { "1", "\"1\"", false },
        { "true", "true", true },
        { "true", "false", false },
        { "null", "null", true },
        { "\"\\u00e9\"", "\"\xC3\xA9\"", true },
        { "\"e\\u0301\"", "\"\xC3\xA9\"", false },
        { "[1, 2]", "[1, 2.0]", true },
        { "[1, 2]", "[2, 1]", false },
        { "[1]", "[1, 1]", false },
        { "{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", true },
        { "{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 2}", false },
        { "{\"a\": 1}", "{\"b\": 1}", false },
        { "{\"a\": 1}", "{\"a\": 1, \"b\": 1}", false },
        { "{\"a\": 1, \"a\": 2}", "{\"a\": 1, \"a\": 2}", true },
        { "{\"a\": 1, \"a\": 2}", "{\"a\": 2, \"a\": 1}", false },
        { "{\"a\": 1, \"a\": 2}", "{\"a\": 2, \"b\": 1}", false },
        { "{}", "[]", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct json_value *a = parse(fixture, cases[i].a);
        const struct json_value *b = parse(fixture, cases[i].b);
        if (json_equal(a, b) != cases[i].is_equal || json_equal(b, a) != cases[i].is_equal) {
            fail_msg("%s and %s", cases[i].a, cases[i].b);
        }
    }
}

static void what_is_no_json_is_refused_with_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *json;
        const char *problem; /* column, message, hint */
    } cases[] = {
        { "", "1 no JSON, the text is empty (expected a value)" },
        { " \n", "1 no JSON, the text is empty (expected a value)" },
        { "[1, 2", "6 the JSON ends too early: expected ',' or ']'" },
        { "{\"a\": 1", "8 the JSON ends too early: expected ',' or '}'" },
        { "[1, ]", "5 expected a value, found ']' (remove the comma before it)" },
        { "{\"a\": 1, }", "10 expected a key in double quotes, found '}' (remove the comma "
                          "before it)" },
        { "{'a': 1}",
          "2 expected a key in double quotes or '}', found ''a'' (JSON strings stand "
          "in double quotes)" },
        { "[1 // x", "4 expected ',' or ']', found '//' (JSON has no comments)" },
        { "{\"a\" 1}", "6 expected ':' after the key, found '1'" },
        { "{\"a\"", "5 the JSON ends too early: expected ':' after the key" },
        { "[nul]", "2 expected a value or ']', found 'nul'" },
        { "{} {}", "4 expected nothing more, found '{'" },
        { "[01]", "2 '01' is not a JSON number" },
        { "[1}", "3 expected ',' or ']', found '}'" },
        { "]", "1 expected a value, found ']'" },
        { "\"a", "1 the string is not closed" },
        { "\"a\\", "1 the string is not closed" },
        { "\"a\\x\"",
          "3 unknown escape in a string (the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r "
          "\\t and \\u with four hex digits)" },
        { "\"a\\u12g4\"",
          "3 unknown escape in a string (the escapes are \\\" \\\\ \\/ \\b \\f \\n "
          "\\r \\t and \\u with four hex digits)" },
        { "\"a\n\"", "3 control character must be written as '\\u000a' in a string (is the "
                     "closing quote missing? a line end is written \\n)" },
        { "\"a\x01\"", "3 control character must be written as '\\u0001' in a string" },
        { "\"a\xFF\"", "3 byte 0xff in a string is not UTF-8" },
        { "[[[[1]]]]", "4 the JSON is nested deeper than 3 levels" },
        { "\"0123456789012345678901234567890\"",
          "1 the JSON of 33 bytes is larger than the limit of 32 bytes" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct json_value *root = NULL;
        source_init(&fixture->source, TEXT("x.json"), text_of(cases[i].json));
        problems_clear(&fixture->problems);
        assert_false(json_parse(&fixture->source, (struct json_limits){ 3, 32 },
                                &fixture->arena, &root, &fixture->problems));
        assert_null(root);
        assert_int_equal(fixture->problems.count, 1);
        const struct problem *problem = &fixture->problems.list[0];
        assert_int_equal(problem->kind, PROBLEM_INPUT);
        struct text shown =
            arena_format(&fixture->arena, problem->hint.size ? "%zu %s (%s)" : "%zu %s%s",
                         source_position(&fixture->source, problem->at.start).column,
                         problem->message.at, problem->hint.at);
        assert_string_equal(shown.at, cases[i].problem);
    }
}

static void ten_thousand_levels_are_refused(void **state)
{
    struct fixture *fixture = *state;
    char *deep = malloc(10001);
    assert_non_null(deep);
    memset(deep, '[', 10000);
    const struct json_value *root = NULL;
    source_init(&fixture->source, TEXT("x.json"), text_make(deep, 10000));
    assert_false(json_parse(&fixture->source, (struct json_limits){ 0 }, &fixture->arena, &root,
                            &fixture->problems));
    assert_string_equal(fixture->problems.list[0].message.at,
                        "the JSON is nested deeper than 512 levels");
    assert_false(json_parse(&fixture->source, (struct json_limits){ .depth = 20000 },
                            &fixture->arena, &root, &fixture->problems));
    assert_string_equal(fixture->problems.list[1].message.at,
                        "the JSON is nested deeper than 4096 levels");
    free(deep);
}

static void lone_surrogates_and_nul_are_kept(void **state)
{
    struct fixture *fixture = *state;
    const struct json_value *root =
        parse(fixture, "[\"\\ud800x\", \"\\ud83d\\ude00\", \"a\\u0000b\", \"\\ud800\\u0041\", "
                       "\"\\/\\b\\f\\r\\t\\\\\\\"\"]");
    assert_true(text_is(json_text(json_item(root, 0)), "\xED\xA0\x80x"));
    assert_true(text_is(json_text(json_item(root, 1)), "\xF0\x9F\x98\x80"));
    assert_true(text_equal(json_text(json_item(root, 2)), TEXT("a\0b")));
    assert_true(text_is(json_text(json_item(root, 3)), "\xED\xA0\x80"
                                                       "A"));
    assert_true(text_is(json_text(json_item(root, 4)), "/\b\f\r\t\\\""));
}

static void text_is_parsed_without_a_source(void **state)
{
    struct fixture *fixture = *state;
    const struct json_value *root = NULL;
    assert_true(json_parse_text(TEXT("\xEF\xBB\xBF[7]"), &fixture->arena, &root));
    assert_int_equal(root->count, 1);
    assert_false(json_parse_text(TEXT("[7"), &fixture->arena, &root));
    assert_int_equal(root->count, 1);
}

static void equal_values_have_equal_hashes_and_others_differ(void **state)
{
    struct fixture *fixture = *state;
    static const char *const equal[][2] = {
        { "1", "1.0" },
        { "100", "1e2" },
        { "0", "-0.0" },
        { "{\"a\": 1, \"b\": [null, true]}", "{\"b\": [null, true], \"a\": 1.00}" },
        { "\"\\u0061\"", "\"a\"" },
    };
    static const char *const different[][2] = {
        { "1", "\"1\"" },
        { "[]", "{}" },
        { "[1, 2]", "[2, 1]" },
        { "[[1], 2]", "[1, [2]]" },
        { "{\"a\": 1}", "{\"b\": 1}" },
        { "true", "false" },
        { "null", "false" },
        { "{\"a\": {}}", "{\"a\": []}" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(equal); i++) {
        uint64_t first = json_hash(parse(fixture, equal[i][0]));
        assert_true(first == json_hash(parse(fixture, equal[i][1])));
    }
    for (size_t i = 0; i < ARRAY_SIZE(different); i++) {
        uint64_t first = json_hash(parse(fixture, different[i][0]));
        assert_true(first != json_hash(parse(fixture, different[i][1])));
    }
}

static void duplicates_are_found_in_large_arrays(void **state)
{
    enum { ITEMS = 200000 };
    struct fixture *fixture = *state;
    struct buffer text;
    size_t first = 0;
    size_t second = 0;
    buffer_init(&text, 1 << 24);
    for (int i = 0; i < ITEMS; i++) {
        buffer_add_format(&text, "%s{\"id\": %d}", i ? ", " : "[", i);
    }
    buffer_add_string(&text, ", {\"id\": 777.0}]");
    const struct json_value *root = parse(fixture, text.at);
    assert_true(json_find_duplicate(root, &first, &second));
    assert_int_equal(first, 777);
    assert_int_equal(second, ITEMS);
    assert_false(json_find_duplicate(parse(fixture, "[]"), &first, &second));
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_keep_their_text_order_and_place, set_up,
                                        tear_down),
        cmocka_unit_test(types_have_names),
        cmocka_unit_test_setup_teardown(repeated_keys_are_flagged_and_the_last_is_found, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(large_objects_find_every_member, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equality_follows_the_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_json_is_refused_with_its_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(ten_thousand_levels_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lone_surrogates_and_nul_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_is_parsed_without_a_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(equal_values_have_equal_hashes_and_others_differ,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(duplicates_are_found_in_large_arrays, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
