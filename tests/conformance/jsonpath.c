/* SPDX-License-Identifier: MIT */
/* The JSONPath Compliance Test Suite: results, normalised paths, and invalid selectors refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "format/json_path.h"
#include "support/conformance.h"

static bool lists_equal(const struct json_value *expected, struct json_nodes nodes)
{
    if (expected->count != nodes.count) {
        return false;
    }
    for (size_t i = 0; i < nodes.count; i++) {
        if (!json_equal(json_item(expected, i), nodes.list[i])) {
            return false;
        }
    }
    return true;
}

static bool paths_equal(const struct json_value *expected, const struct json_value *document,
                        struct json_nodes nodes)
{
    struct buffer printed;
    buffer_init(&printed, 1 << 16);
    bool is_equal = !expected || expected->count == nodes.count;
    for (size_t i = 0; expected && is_equal && i < nodes.count; i++) {
        buffer_clear(&printed);
        json_path_print(&printed, document, nodes.list[i]);
        is_equal = text_equal(buffer_text(&printed), json_text(json_item(expected, i)));
    }
    buffer_release(&printed);
    return is_equal;
}

/* One of several allowed orders, with the paths of the same order. */
static bool any_equal(const struct json_value *test, struct json_nodes nodes)
{
    const struct json_value *document = json_member_named(test, "document");
    const struct json_value *results = json_member_named(test, "results");
    const struct json_value *paths = json_member_named(test, "results_paths");
    for (size_t i = 0; results && i < results->count; i++) {
        if (lists_equal(json_item(results, i), nodes) &&
            paths_equal(json_item(paths, i), document, nodes)) {
            return true;
        }
    }
    const struct json_value *result = json_member_named(test, "result");
    return result && lists_equal(result, nodes) &&
           paths_equal(json_member_named(test, "result_paths"), document, nodes);
}

static bool passes(const struct json_value *test, struct arena *arena)
{
    bool is_invalid = json_is(json_member_named(test, "invalid_selector"), JSON_TRUE);
    struct text selector = json_text(json_member_named(test, "selector"));
    struct json_path *path = NULL;
    struct json_nodes nodes = { 0 };
    struct problems problems;
    problems_init(&problems);
    bool is_compiled = json_path_compile(selector, span_none(), &path, &problems);
    bool is_right = is_compiled != is_invalid && problems.count == (is_compiled ? 0 : 1);
    if (is_right && is_compiled) {
        is_right = json_path_select(path, json_member_named(test, "document"), arena, &nodes) &&
                   any_equal(test, nodes);
    }
    if (!is_right) {
        printf("  WRONG: %.*s: %.*s %s\n", TEXT_ARG(json_text(json_member_named(test, "name"))),
               TEXT_ARG(selector), problems.count ? problems.list[0].message.at : "");
    }
    json_path_free(path);
    problems_release(&problems);
    return is_right;
}

static void every_case_passes(void **state)
{
    (void)state;
    struct arena arena;
    struct source source;
    struct problems problems;
    const struct json_value *root = NULL;
    arena_init(&arena);
    problems_init(&problems);
    const char *file = conformance_path(&arena, "jsonpath-cts/cts.json");
    source_init(&source, text_of(file), conformance_read(&arena, file));
    assert_true(json_parse(&source, (struct json_limits){ 0 }, &arena, &root, &problems));
    const struct json_value *tests = json_member_named(root, "tests");
    size_t passed = 0;
    for (size_t i = 0; i < tests->count; i++) {
        passed += passes(json_item(tests, i), &arena);
    }
    printf("JSONPath compliance: %zu of %u cases\n", passed, tests->count);
    assert_true(tests->count >= 703);
    assert_int_equal(passed, tests->count);
    problems_release(&problems);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_case_passes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
