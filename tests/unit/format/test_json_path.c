/* SPDX-License-Identifier: MIT */
#include "format/json_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct problems problems;
    struct buffer shown;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena);
    problems_init(&fixture.problems);
    buffer_init(&fixture.shown, 1 << 16);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    problems_release(&fixture->problems);
    buffer_release(&fixture->shown);
    return 0;
}

/* The normalised paths of what is selected, with blanks between; "limit" when it is too much. */
static const char *select(struct fixture *fixture, const char *path, const char *json)
{
    const struct json_value *root = NULL;
    struct json_path *compiled = NULL;
    struct json_nodes nodes = { 0 };
    assert_true(json_parse_text(text_of(json), &fixture->arena, &root));
    if (!json_path_compile(text_of(path), span_none(), &compiled, &fixture->problems)) {
        fail_msg("%s: %s", path, fixture->problems.list[0].message.at);
    }
    buffer_clear(&fixture->shown);
    bool is_done = json_path_select(compiled, root, &fixture->arena, &nodes);
    for (size_t i = 0; i < nodes.count; i++) {
        buffer_add_string(&fixture->shown, i ? " " : "");
        json_path_print(&fixture->shown, root, nodes.list[i]);
    }
    json_path_release(&compiled);
    assert_null(compiled);
    return !is_done ? "limit" : fixture->shown.size ? fixture->shown.at : "";
}

static void paths_select_in_order_with_normalised_paths(void **state)
{
    static const struct {
        const char *path;
        const char *json;
        const char *selected;
    } cases[] = {
        { "$", "7", "$" },
        { "$.a", "{\"a\": 1}", "$['a']" },
        { "$.a", "[1]", "" },
        { "$[0]", "{\"0\": 1}", "" },
        { "$[-1]", "[1, 2]", "$[1]" },
        { "$[-3]", "[1, 2]", "" },
        { "$[::-1]", "[1, 2, 3]", "$[2] $[1] $[0]" },
        { "$[1:9:2]", "[0, 1, 2, 3]", "$[1] $[3]" },
        { "$[5:0:-3]", "[0, 1, 2, 3, 4, 5]", "$[5] $[2]" },
        { "$[::0]", "[1]", "" },
        { "$[:]", "{\"a\": 1}", "" },
        { "$[0:2:9007199254740991]", "[1, 2]", "$[0]" },
        { "$..a", "{\"a\": {\"a\": 1}, \"b\": [{\"a\": 2}]}",
          "$['a'] $['a']['a'] $['b'][0]['a']" },
        { "$.*", "[1, {\"a\": 1}]", "$[0] $[1]" },
        { "$['it\\'s \"x\\\\y']", "{\"it's \\\"x\\\\y\": 1}", "$['it\\'s \"x\\\\y']" },
        { "$[\"a\\nb\"]", "{\"a\\nb\": 1}", "$['a\\nb']" },
        { "$[0, 0]", "[1]", "$[0] $[0]" },
        { "$[?@.a == 1 || @.b]", "[{\"a\": 1}, {\"b\": 0}, {\"c\": 1}]", "$[0] $[1]" },
        { "$[?!(@.a > 1 && @.a <= 3)]", "[{\"a\": 1}, {\"a\": 3}]", "$[0]" },
        { "$[?@.a != 1]", "[{\"a\": 1.0}, {\"a\": 2}, {}]", "$[1] $[2]" },
        { "$[?@.a == @.b]", "[{}, {\"a\": 1}]", "$[0]" },
        { "$[?@ < 'b']", "[\"a\", \"b\", 1]", "$[0]" },
        { "$[?@ >= 9007199254740993]", "[9007199254740992, 9007199254740993]", "$[1]" },
        { "$[?search(@, $[0])]", "[\"b+\", \"abc\"]", "$[0] $[1]" },
        { "$[?match(@, $[0])]", "[\"(\", \"x\"]", "" },
        { "$[?count(@.*) == 2]", "[[1, 2], [1]]", "$[0]" },
        { "$[?length(@) == 2]", "[\"\xC3\xA9\xC3\xA9\", {\"a\": 1, \"b\": 2}, 2]",
          "$[0] $[1]" },
        { "$[?value(@..x) == 1]", "[{\"a\": {\"x\": 1}}, {\"x\": 1, \"y\": {\"x\": 1}}]",
          "$[0]" },
        { "$[?@[?@ > 1]]", "[[1], [2]]", "$[1]" },
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_string_equal(select(fixture, cases[i].path, cases[i].json), cases[i].selected);
    }
}

static void a_path_of_names_and_indexes_is_singular(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *path;
        bool is_singular;
    } cases[] = {
        { "$", true },       { "$.a[0]['b']", true }, { "$.*", false },     { "$..a", false },
        { "$[0:1]", false }, { "$[0,1]", false },     { "$[?@.a]", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct json_path *path = NULL;
        assert_true(
            json_path_compile(text_of(cases[i].path), span_none(), &path, &fixture->problems));
        assert_true(json_path_is_singular(path) == cases[i].is_singular);
        json_path_free(path);
    }
    json_path_free(NULL);
}

static void mistakes_are_told_with_their_character(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *path;
        const char *problem;
    } cases[] = {
        { "", "JSONPath '': expected '$' (character 1)" },
        { "a.b", "JSONPath 'a.b': expected '$', found 'a' (character 1)" },
        { "$.", "JSONPath '$.': expected a name or '*' (character 3)" },
        { "$a",
          "JSONPath '$a': expected '.', '[' or the end of the path, found 'a' (character 2)" },
        { "$ ",
          "JSONPath '$ ': expected '.', '[' or the end of the path, found ' ' (character 2)" },
        { "$[a]",
          "JSONPath '$[a]': expected a selector (a quoted name, an index, a slice, '*' or "
          "'?'), found 'a' (character 3)" },
        { "$[0", "JSONPath '$[0': expected ',' or ']' (character 4)" },
        { "$[01]",
          "JSONPath '$[01]': an index has no leading zero and is never -0 (character 3)" },
        { "$[-0]",
          "JSONPath '$[-0]': an index has no leading zero and is never -0 (character 3)" },
        { "$[-]", "JSONPath '$[-]': expected a digit, found ']' (character 4)" },
        { "$[9007199254740992]", "JSONPath '$[9007199254740992]': an index is at most "
                                 "9007199254740991 (character 3)" },
        { "$['a", "JSONPath '$['a': the string is not closed (character 3)" },
        { "$['\\x']",
          "JSONPath '$['\\x']': a character that a JSONPath string cannot hold (a quote "
          "of the same kind, \\, and control characters are written as escapes: \\' "
          "\\\\ \\n \\u00e9) (character 4)" },
        { "$['\\ud800']",
          "JSONPath '$['\\ud800']': a character that a JSONPath string cannot hold "
          "(a quote of the same kind, \\, and control characters are written as "
          "escapes: \\' \\\\ \\n \\u00e9) (character 4)" },
        { "$[?1]", "JSONPath '$[?1]': a literal alone is no test (compare it with a path) "
                   "(character 4)" },
        { "$[?length(@)]", "JSONPath '$[?length(@)]': the value of a function alone is no test "
                           "(compare its result) (character 4)" },
        { "$[?@.* == 1]",
          "JSONPath '$[?@.* == 1]': a path that may select several nodes cannot be compared "
          "(compare a path of names and indexes, or use count() or value()) (character 4)" },
        { "$[?match(@, 'a') == 1]", "JSONPath '$[?match(@, 'a') == 1]': the result of this "
                                    "function is no value to compare "
                                    "(use it alone, or with '!') (character 4)" },
        { "$[?size(@) == 1]",
          "JSONPath '$[?size(@) == 1]': unknown function (the functions are "
          "length, count, match, search and value) (character 4)" },
        { "$[?count(1) == 1]",
          "JSONPath '$[?count(1) == 1]': this argument must be a path (character 10)" },
        { "$[?length(@.*) == 1]",
          "JSONPath '$[?length(@.*) == 1]': this argument must be a single value: a literal, a "
          "path of names and indexes, or a function (character 11)" },
        { "$[?match(@)]", "JSONPath '$[?match(@)]': expected ',' and one more argument, found "
                          "')' (character 11)" },
        { "$[?count(@.a, 1) == 1]",
          "JSONPath '$[?count(@.a, 1) == 1]': expected ')', found ',' (character 13)" },
        { "$[?match(@, '\\\\d')]",
          "JSONPath '$[?match(@, '\\\\d')]': the pattern is no I-Regexp (RFC 9485 has . [] () "
          "| * + "
          "? {n,m} and \\p{L}, but no \\d, \\w or \\s) (character 13)" },
        { "$[?(@.a]", "JSONPath '$[?(@.a]': expected ')', found ']' (character 8)" },
        { "$[?@.a == ]",
          "JSONPath '$[?@.a == ]': expected '@', '$', a literal, a function or '(', "
          "found ']' (character 11)" },
        { "$[?@.a == 01]",
          "JSONPath '$[?@.a == 01]': this is not a JSON number (character 11)" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct json_path *path = NULL;
        problems_clear(&fixture->problems);
        assert_false(
            json_path_compile(text_of(cases[i].path), span_none(), &path, &fixture->problems));
        assert_null(path);
        assert_int_equal(fixture->problems.count, 1);
        const struct problem *problem = &fixture->problems.list[0];
        struct text shown = problem->message;
        if (problem->hint.size) {
            size_t end = text_find(shown, TEXT(" (character"), 0);
            shown = arena_format(&fixture->arena, "%.*s (%.*s)%.*s", (int)end, shown.at,
                                 TEXT_ARG(problem->hint), TEXT_ARG(text_from(shown, end)));
        }
        assert_string_equal(shown.at, cases[i].problem);
    }
}

static void a_mistake_points_into_the_quoted_text(void **state)
{
    struct fixture *fixture = *state;
    struct source source;
    struct json_path *path = NULL;
    source_init(&source, TEXT("x"), TEXT("the JSON at \"$.a[x]\" exists"));
    assert_false(json_path_compile(TEXT("$.a[x]"), span_make(&source, 12, 20), &path,
                                   &fixture->problems));
    assert_int_equal(fixture->problems.list[0].at.start, 17);
    assert_int_equal(fixture->problems.list[0].at.end, 18);
    assert_false(json_path_compile(TEXT("$.b[x]"), span_make(&source, 12, 20), &path,
                                   &fixture->problems));
    assert_int_equal(fixture->problems.list[1].at.start, 12);
    assert_int_equal(fixture->problems.list[1].at.end, 20);
}

static void deep_nesting_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct buffer path_text;
    struct json_path *path = NULL;
    buffer_init(&path_text, 4096);
    buffer_add_string(&path_text, "$[?");
    buffer_add_repeated(&path_text, '(', 1000);
    assert_false(
        json_path_compile(buffer_text(&path_text), span_none(), &path, &fixture->problems));
    assert_true(text_contains(fixture->problems.list[0].message, TEXT("nested too deeply")));
    buffer_release(&path_text);
}

static void no_path_can_hang(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;
    buffer_init(&json, 1 << 16);
    buffer_add_repeated(&json, '[', 400);
    buffer_add_string(&json, "1");
    buffer_add_repeated(&json, ']', 400);
    assert_string_equal(select(fixture, "$..*..*..*..*", json.at), "limit");
    assert_string_equal(select(fixture, "$..[?@..[?@..[?@..*]]]", json.at), "limit");
    buffer_clear(&json);
    buffer_add_string(&json, "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"]");
    assert_string_equal(select(fixture, "$[?match(@, '(a*)*c')]", json.at), "");
    buffer_release(&json);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(paths_select_in_order_with_normalised_paths),
        TEST(a_path_of_names_and_indexes_is_singular),
        TEST(mistakes_are_told_with_their_character),
        TEST(a_mistake_points_into_the_quoted_text),
        TEST(deep_nesting_is_refused),
        TEST(no_path_can_hang),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
