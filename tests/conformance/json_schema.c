/* SPDX-License-Identifier: MIT */
/* The JSON Schema Test Suite, draft 2020-12: every verdict right, or the schema refused, and
 * refused only for what this version says it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "format/json_schema.h"
#include "format/json_writer.h"
#include "support/conformance.h"

enum { EXIT_SKIPPED = 77 };

#define FOLDER "json-schema-test-suite/tests/draft2020-12/"

struct tally {
    size_t right;
    size_t wrong;
    size_t refused;
};

/* What a schema of the suite may be refused for. */
static const char *const refusals[] = {
    "leads out of this file",         "'$id' inside of a schema is not supported",
    "is no keyword of JSON Schema",   "the value of '$schema' is not",
    "the keyword 'dependencies'",     "the format '",
    "the keyword 'additionalItems'",  "the value of '$id' is not",
    "the keyword '$recursiveAnchor'", "the value of 'multipleOf' is not a number above 0 of at",
    "is no regular expression",
};

static bool may_be_refused(struct text message)
{
    for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
        if (text_contains(message, text_of(refusals[i]))) {
            return true;
        }
    }
    return false;
}

static void try_tests(const struct json_schema *schema, const struct json_value *group,
                      struct tally *tally)
{
    const struct json_value *tests = json_member_named(group, "tests");
    for (size_t i = 0; i < tests->count; i++) {
        const struct json_value *test = json_item(tests, i);
        struct arena arena CLEANUP(arena_release);
        struct json_violations violations;
        arena_init(&arena);
        bool is_valid =
            json_schema_validate(schema, json_member_named(test, "data"), &arena, &violations);
        bool wanted = json_is(json_member_named(test, "valid"), JSON_TRUE);
        bool is_right = is_valid == wanted && (violations.count == 0) == is_valid;
        tally->right += is_right;
        tally->wrong += !is_right;
        if (!is_right) {
            printf("  WRONG: %.*s: %.*s: %zu violations\n",
                   TEXT_ARG(json_text(json_member_named(group, "description"))),
                   TEXT_ARG(json_text(json_member_named(test, "description"))),
                   violations.count);
        }
    }
}

static void try_group(const struct json_value *group, struct tally *tally)
{
    struct buffer printed CLEANUP(buffer_release);
    struct problems problems CLEANUP(problems_release);
    struct json_schema *schema = NULL;
    struct source source;
    buffer_init(&printed, 1 << 20);
    problems_init(&problems);
    json_print(&printed, json_member_named(group, "schema"));
    source_init(&source, TEXT("schema.json"), buffer_text(&printed));
    if (json_schema_compile(&source, &schema, &problems)) {
        assert_int_equal(problems.count, 0);
        try_tests(schema, group, tally);
        json_schema_free(schema);
        return;
    }
    assert_true(problems.count > 0);
    bool is_right = false; /* one reason may bring others with it */
    for (size_t i = 0; i < problems.count; i++) {
        is_right = may_be_refused(problems.list[i].message) || is_right;
    }
    tally->refused += is_right;
    tally->wrong += !is_right;
    if (!is_right) {
        printf("  WRONG: %.*s: refused: %.*s\n",
               TEXT_ARG(json_text(json_member_named(group, "description"))),
               TEXT_ARG(problems.list[0].message));
    }
}

/* The suite is younger than the rest of the data, and may be missing. */
static void skip_without_suite(void)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    const char *folder = conformance_path(&arena, "json-schema-test-suite");
    if (!file_is_folder(text_of(folder))) {
        printf("skipped: no '%s'\n", folder);
        arena_release(&arena);
        exit(EXIT_SKIPPED);
    }
}

static void try_file(const char *name, struct tally *tally)
{
    struct arena arena CLEANUP(arena_release);
    const struct json_value *groups;
    arena_init(&arena);
    struct text path = arena_format(&arena, FOLDER "%s.json", name);
    struct text bytes = conformance_read(&arena, conformance_path(&arena, path.at));
    assert_true(json_parse_text(bytes, &arena, &groups));
    for (size_t i = 0; i < groups->count; i++) {
        try_group(json_item(groups, i), tally);
    }
}

static void test_every_verdict_is_right(void **state)
{
    static const char *const files[] = {
        "additionalProperties",
        "allOf",
        "anchor",
        "anyOf",
        "boolean_schema",
        "const",
        "contains",
        "content",
        "default",
        "defs",
        "dependentRequired",
        "dependentSchemas",
        "dynamicRef",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "if-then-else",
        "infinite-loop-detection",
        "items",
        "maxContains",
        "maximum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "minContains",
        "minimum",
        "minItems",
        "minLength",
        "minProperties",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "patternProperties",
        "prefixItems",
        "properties",
        "propertyNames",
        "ref",
        "refRemote",
        "required",
        "type",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
        "vocabulary",
        "optional/anchor",
        "optional/bignum",
        "optional/float-overflow",
        "optional/non-bmp-regex",
        "optional/format/date",
        "optional/format/date-time",
        "optional/format/time",
        "optional/format/uuid",
        "optional/format/uri",
        "optional/format/email",
        "optional/format/ipv4",
        "optional/format/ipv6",
        "optional/format/json-pointer",
    };
    struct tally tally = { 0 };
    (void)state;
    skip_without_suite();
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        try_file(files[i], &tally);
    }
    printf("  %zu verdicts right, %zu wrong, %zu schemas refused\n", tally.right, tally.wrong,
           tally.refused);
    assert_int_equal(tally.wrong, 0);
    assert_true(tally.right > 1000);
    assert_true(tally.refused < 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_verdict_is_right) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
