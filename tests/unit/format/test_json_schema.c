/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "format/json_schema.h"
#include "support/problem_text.h"

/* The violations as "path: expected …, found … (schema path)", a line each; "" when valid. */
static void assert_violations(const char *schema_text, const char *value_text,
                              const char *expected)
{
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct buffer out CLEANUP(buffer_release);
    struct json_schema *schema = NULL;
    struct json_violations violations;
    const struct json_value *value;
    struct source source;
    arena_init(&arena);
    problems_init(&problems);
    buffer_init(&out, 1 << 20);
    buffer_add_string(&out, "");
    source_init(&source, TEXT("s.json"), text_of(schema_text));
    if (!json_schema_compile(&source, &schema, &problems)) {
        assert_problems(&problems, "");
    }
    assert_true(json_parse_text(text_of(value_text), &arena, &value));
    bool is_valid = json_schema_validate(schema, value, &arena, &violations);
    json_schema_free(schema);
    for (size_t i = 0; i < violations.count; i++) {
        const struct json_violation *at = &violations.list[i];
        buffer_add_format(&out, "%.*s: expected %.*s, found %.*s (%.*s)\n",
                          TEXT_ARG(at->instance_path), TEXT_ARG(at->expected),
                          TEXT_ARG(at->found), TEXT_ARG(at->schema_path));
    }
    if (is_valid != (violations.count == 0)) {
        fail_msg("the verdict on %s by %s has %zu violations", value_text, schema_text,
                 violations.count);
    }
    struct text printed = buffer_text(&out);
    if (!text_is(printed, expected)) {
        fail_msg("%s by %s:\n%.*swanted:\n%s", value_text, schema_text, TEXT_ARG(printed),
                 expected);
    }
}

struct verdict {
    const char *schema;
    const char *value;
    const char *violations;
};

static void assert_verdicts(const struct verdict *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_violations(list[i].schema, list[i].value, list[i].violations);
    }
}

static void test_every_keyword_of_values_says_what_it_wanted_and_found(void **state)
{
    static const struct verdict verdicts[] = {
        { "true", "1", "" },
        { "false", "1", "$: expected nothing here, found 1 (#)\n" },
        { "{}", "{}", "" },
        { "{\"type\": \"integer\"}", "1.0", "" },
        { "{\"type\": \"integer\"}", "1.5", "$: expected type integer, found 1.5 (#/type)\n" },
        { "{\"type\": [\"string\", \"null\"]}", "null", "" },
        { "{\"type\": [\"string\", \"null\"]}", "true",
          "$: expected a type of [\"string\",\"null\"], found true (#/type)\n" },
        { "{\"const\": {\"a\": 1}}", "{\"a\": 1.0}", "" },
        { "{\"const\": 1}", "{\"a\": 1}",
          "$: expected 1, found an object of 1 member (#/const)\n" },
        { "{\"enum\": [1, \"a\"]}", "\"a\"", "" },
        { "{\"enum\": [1, \"a\"]}", "[1, 2]",
          "$: expected one of [1,\"a\"], found an array of 2 items (#/enum)\n" },
        { "{\"minimum\": 1}", "0.5", "$: expected at least 1, found 0.5 (#/minimum)\n" },
        { "{\"minimum\": 1}", "1", "" },
        { "{\"minimum\": 1}", "\"a\"", "" },
        { "{\"maximum\": 1}", "2", "$: expected at most 1, found 2 (#/maximum)\n" },
        { "{\"maximum\": 1}", "1", "" },
        { "{\"exclusiveMinimum\": 1}", "1",
          "$: expected greater than 1, found 1 (#/exclusiveMinimum)\n" },
        { "{\"exclusiveMinimum\": 1}", "1.1", "" },
        { "{\"exclusiveMaximum\": 1}", "1",
          "$: expected less than 1, found 1 (#/exclusiveMaximum)\n" },
        { "{\"exclusiveMaximum\": 1}", "-1", "" },
        { "{\"minLength\": 2}", "\"\xC3\xA4\"",
          "$: expected at least 2 characters, found \"\xC3\xA4\" (#/minLength)\n" },
        { "{\"maxLength\": 1.0}", "\"ab\"",
          "$: expected at most 1.0 characters, found \"ab\" (#/maxLength)\n" },
        { "{\"maxLength\": 1e30, \"minLength\": 0}", "\"ab\"", "" },
        { "{\"pattern\": \"^a+$\"}", "\"b\"",
          "$: expected a match of /^a+$/, found \"b\" (#/pattern)\n" },
        { "{\"pattern\": \"^a+$\"}", "7", "" },
        { "{\"pattern\": \"(a+)+$\"}", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
          "$: expected a match of /(a+)+$/, found a text that is too costly for it "
          "(#/pattern)\n" },
        { "{\"format\": \"uuid\"}", "\"x\"",
          "$: expected the format uuid, found \"x\" (#/format)\n" },
        { "{\"format\": \"uuid\"}", "5", "" },
        { "{\"title\": \"a\", \"x-note\": 1, \"default\": 3, \"$comment\": \"c\"}", "5", "" },
    };
    (void)state;
    assert_verdicts(verdicts, ARRAY_SIZE(verdicts));
}

static void test_multiples_are_exact_at_any_size(void **state)
{
    static const struct {
        const char *divisor;
        const char *number;
        bool is_multiple;
    } rows[] = {
        { "2", "4", true },
        { "2", "3", false },
        { "0.01", "19.99", true },
        { "0.01", "19.999", false },
        { "0.0001", "75e-4", true },
        { "1e-8", "12391239123", true },
        { "3", "0.0", true },
        { "100", "1e2", true },
        { "100", "10", false },
        { "7", "1e400", false },
        { "8", "1E+400", true },
        { "8", "100", false },
        { "3", "9007199254740993", true },
        { "2.5", "1e999999999999999999999", true },
        { "2.5", "1e-999999999999999999999", false },
        { "99999999999999999", "199999999999999998", true },
        { "99999999999999999", "199999999999999999", false },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        char schema[100];
        char violation[200];
        snprintf(schema, sizeof schema, "{\"multipleOf\": %s}", rows[i].divisor);
        snprintf(violation, sizeof violation,
                 "$: expected a multiple of %s, found %s (#/multipleOf)\n", rows[i].divisor,
                 rows[i].number);
        assert_violations(schema, rows[i].number, rows[i].is_multiple ? "" : violation);
    }
}

static void test_every_keyword_of_arrays_says_what_it_wanted_and_found(void **state)
{
    static const struct verdict verdicts[] = {
        { "{\"minItems\": 1}", "[]",
          "$: expected at least 1 items, found an array of 0 items (#/minItems)\n" },
        { "{\"maxItems\": 1}", "[1, 2]",
          "$: expected at most 1 items, found an array of 2 items (#/maxItems)\n" },
        { "{\"minItems\": 1, \"maxItems\": 0, \"uniqueItems\": true}", "{}", "" },
        { "{\"uniqueItems\": true}", "[1, 2, 1.0]",
          "$: expected no item twice, found items 0 and 2 are equal (#/uniqueItems)\n" },
        { "{\"uniqueItems\": false}", "[1, 1]", "" },
        { "{\"prefixItems\": [{\"type\": \"number\"}, true], \"items\": false}",
          "[\"a\", 1, 2]",
          "$[0]: expected type number, found \"a\" (#/prefixItems/0/type)\n"
          "$[2]: expected nothing here, found 2 (#/items)\n" },
        { "{\"prefixItems\": [true], \"items\": false, \"unevaluatedItems\": false, "
          "\"contains\": false}",
          "{}", "" },
        { "{\"contains\": {\"const\": 1}}", "[2]",
          "$: expected at least 1 item as 'contains' says, found 0 such items "
          "(#/contains)\n" },
        { "{\"contains\": {\"const\": 1}, \"minContains\": 2}", "[1]",
          "$: expected at least 2 items as 'contains' says, found 1 such items "
          "(#/minContains)\n" },
        { "{\"contains\": {\"const\": 1}, \"maxContains\": 1}", "[1, 1]",
          "$: expected at most 1 items as 'contains' says, found 2 such items "
          "(#/maxContains)\n" },
        { "{\"contains\": {\"const\": 1}, \"minContains\": 0}", "[]", "" },
        { "{\"contains\": {\"const\": 1}, \"unevaluatedItems\": false}", "[1, 2]",
          "$[1]: expected nothing here, found 2 (#/unevaluatedItems)\n" },
        { "{\"allOf\": [{\"prefixItems\": [true]}], \"unevaluatedItems\": false}", "[1]", "" },
    };
    (void)state;
    assert_verdicts(verdicts, ARRAY_SIZE(verdicts));
}

static void test_every_keyword_of_objects_says_what_it_wanted_and_found(void **state)
{
    static const struct verdict verdicts[] = {
        { "{\"minProperties\": 2}", "{\"a\": 1, \"a\": 2}",
          "$: expected at least 2 members, found an object of 2 members (#/minProperties)\n" },
        { "{\"maxProperties\": 0}", "{\"a\": 1}",
          "$: expected at most 0 members, found an object of 1 member (#/maxProperties)\n" },
        { "{\"required\": [\"a\", \"b\"]}", "{\"a\": 1}",
          "$: expected a member 'b', found no such member (#/required)\n" },
        { "{\"required\": [\"a\"], \"minProperties\": 1, \"maxProperties\": 0}", "[]", "" },
        { "{\"dependentRequired\": {\"a\": [\"b\"], \"c\": [\"d\"]}}", "{\"a\": 1}",
          "$: expected a member 'b', as there is a member 'a', found no such member "
          "(#/dependentRequired)\n" },
        { "{\"propertyNames\": {\"maxLength\": 1}}", "{\"a\": 1, \"bc\": 2}",
          "$: expected only names that fit 'propertyNames', found \"bc\" "
          "(#/propertyNames)\n" },
        { "{\"properties\": {\"a/b~\": {\"type\": \"null\"}, \"c\": false}}", "{\"a/b~\": 1}",
          "$['a/b~']: expected type null, found 1 (#/properties/a~1b~0/type)\n" },
        { "{\"patternProperties\": {\"^a\": {\"type\": \"null\"}}}", "{\"ab\": 1, \"b\": 1}",
          "$['ab']: expected type null, found 1 (#/patternProperties/^a/type)\n" },
        { "{\"patternProperties\": {\"(a+)+$\": true}}",
          "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\": 1}",
          "$: expected names that can be matched, found a name that is too costly for the "
          "pattern (#/patternProperties)\n" },
        { "{\"properties\": {\"a\": true}, \"patternProperties\": {\"^b\": true}, "
          "\"additionalProperties\": false}",
          "{\"a\": 1, \"b\": 2, \"c\": 3}",
          "$['c']: expected nothing here, found 3 (#/additionalProperties)\n" },
        { "{\"anyOf\": [{\"properties\": {\"a\": true}}, {\"properties\": {\"b\": false}}], "
          "\"unevaluatedProperties\": false}",
          "{\"a\": 1, \"b\": 2}",
          "$['b']: expected nothing here, found 2 (#/unevaluatedProperties)\n" },
        { "{\"unevaluatedProperties\": false, \"additionalProperties\": true, "
          "\"propertyNames\": false}",
          "7", "" },
        { "{\"dependentSchemas\": {\"a\": {\"required\": [\"b\"]}}}", "{\"a\": 1}",
          "$: expected a member 'b', found no such member (#/dependentSchemas/a/required)\n" },
    };
    (void)state;
    assert_verdicts(verdicts, ARRAY_SIZE(verdicts));
}

static void test_schemas_are_combined(void **state)
{
    static const struct verdict verdicts[] = {
        { "{\"allOf\": [{\"minimum\": 1}, {\"maximum\": -1}]}", "0",
          "$: expected at least 1, found 0 (#/allOf/0/minimum)\n"
          "$: expected at most -1, found 0 (#/allOf/1/maximum)\n" },
        { "{\"anyOf\": [{\"minimum\": 1}, {\"maximum\": -1}]}", "0",
          "$: expected what fits at least one of the 2 schemas of 'anyOf', found 0 "
          "(#/anyOf)\n" },
        { "{\"anyOf\": [{\"minimum\": 1}, {\"maximum\": -1}]}", "2", "" },
        { "{\"oneOf\": [{\"minimum\": 1}, {\"maximum\": -1}]}", "0",
          "$: expected what fits exactly one of the 2 schemas of 'oneOf', found 0 "
          "(#/oneOf)\n" },
        { "{\"oneOf\": [true, {\"maximum\": 1}]}", "0",
          "$: expected what fits exactly one of the 2 schemas of 'oneOf', found what fits 2 of "
          "them (#/oneOf)\n" },
        { "{\"not\": {\"type\": \"null\"}}", "null",
          "$: expected what does not fit the schema of 'not', found null (#/not)\n" },
        { "{\"if\": {\"type\": \"null\"}, \"then\": false, \"else\": {\"const\": 1}}", "null",
          "$: expected nothing here, found null (#/then)\n" },
        { "{\"if\": {\"type\": \"null\"}, \"then\": false, \"else\": {\"const\": 1}}", "2",
          "$: expected 1, found 2 (#/else/const)\n" },
        { "{\"if\": {\"type\": \"null\"}}", "2", "" },
    };
    (void)state;
    assert_verdicts(verdicts, ARRAY_SIZE(verdicts));
}

static void test_references_lead_to_pointers_and_anchors_of_the_same_file(void **state)
{
    static const struct verdict verdicts[] = {
        { "{\"$ref\": \"#/$defs/a~1b%25\", \"$defs\": {\"a/b%\": {\"type\": \"null\"}}}", "1",
          "$: expected type null, found 1 (#/$defs/a~1b%/type)\n" },
        { "{\"allOf\": [{\"type\": \"null\"}, {\"$ref\": \"#/allOf/0\"}]}", "null", "" },
        { "{\"$ref\": \"#n\", \"$defs\": {\"x\": {\"$anchor\": \"n\", \"const\": 1}}}", "2",
          "$: expected 1, found 2 (#/$defs/x/const)\n" },
        { "{\"$dynamicRef\": \"#n\", \"$defs\": {\"x\": {\"$dynamicAnchor\": \"n\", "
          "\"const\": 1}}}",
          "1", "" },
        { "{\"$id\": \"https://x.test/a\", \"$schema\": "
          "\"https://json-schema.org/draft/2020-12/schema\", "
          "\"properties\": {\"a\": {\"$ref\": \"https://x.test/a#\"}}, "
          "\"additionalProperties\": false}",
          "{\"a\": {\"a\": {\"b\": 1}}}",
          "$['a']['a']['b']: expected nothing here, found 1 (#/additionalProperties)\n" },
    };
    (void)state;
    assert_verdicts(verdicts, ARRAY_SIZE(verdicts));
}

static void test_a_circle_of_references_ends(void **state)
{
    (void)state;
    assert_violations("{\"not\": {\"anyOf\": [{\"$ref\": \"#\"}]}}", "1",
                      "$: expected a schema that comes to an end, found references that go "
                      "round in a circle, or too deep (#)\n");
}

static void test_many_items_are_compared_at_once(void **state)
{
    struct buffer value CLEANUP(buffer_release);
    (void)state;
    buffer_init(&value, 1 << 20);
    buffer_add_byte(&value, '[');
    for (int i = 0; i < 7000; i++) {
        buffer_add_format(&value, "%s%d", i ? "," : "", i);
    }
    buffer_add_byte(&value, ']');
    assert_violations("{\"uniqueItems\": true}", value.at, "");
    value.at[value.size - 1] = ',';
    buffer_add_string(&value, "70e2, 7e1]");
    assert_violations("{\"uniqueItems\": true}", value.at,
                      "$: expected no item twice, found items 70 and 7001 are equal "
                      "(#/uniqueItems)\n");
}

static void test_violations_beyond_the_limit_are_counted(void **state)
{
    struct arena arena CLEANUP(arena_release);
    struct problems problems CLEANUP(problems_release);
    struct json_schema *schema CLEANUP(json_schema_release) = NULL;
    struct json_violations violations;
    const struct json_value *value;
    struct source source;
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    struct buffer text CLEANUP(buffer_release);
    buffer_init(&text, 1000);
    buffer_add_string(&text, "[0");
    for (int i = 1; i < 130; i++) {
        buffer_add_string(&text, ",0");
    }
    buffer_add_byte(&text, ']');
    source_init(&source, TEXT("s.json"), TEXT("{\"items\": false}"));
    assert_true(json_schema_compile(&source, &schema, &problems));
    assert_true(json_parse_text(buffer_text(&text), &arena, &value));
    assert_false(json_schema_validate(schema, value, &arena, &violations));
    assert_int_equal(violations.count, JSON_SCHEMA_VIOLATIONS_LIMIT);
    assert_int_equal(violations.dropped, 30);
}

static void test_long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    assert_violations(
        "false",
        "\"123456789.123456789.123456789.123456789.123456789.123456789.123456789.12345678"
        "\xC3\xA4\xC3\xA4\"",
        "$: expected nothing here, found \"123456789.123456789.123456789.123456789."
        "123456789.123456789.123456789.12345678… (#)\n");
}

static void test_formats_are_told_apart(void **state)
{
    static const struct {
        const char *format;
        const char *text;
        bool fits;
    } rows[] = {
        { "date-time", "2026-11-23T10:00:00Z", true },
        { "date-time", "2026-11-23t10:00:00.5+10:30", true },
        { "date-time", "2026-11-23 10:00:00Z", false },
        { "date-time", "2026-11-23T10:00:00", false },
        { "date-time", "1998-12-31T23:59:60Z", true },
        { "date-time", "1998-12-31T15:59:60.1-08:00", true },
        { "date-time", "1998-12-31T22:59:60Z", false },
        { "date-time", "2026-11-23T10:00:00.Z", false },
        { "date", "2024-02-29", true },
        { "date", "2023-02-29", false },
        { "date", "1900-02-29", false },
        { "date", "2000-02-29", true },
        { "date", "2026-00-01", false },
        { "date", "2026-13-01", false },
        { "date", "2026-01-32", false },
        { "date", "2026-1-1", false },
        { "time", "24:00:00Z", false },
        { "time", "10:60:00Z", false },
        { "time", "10:00:00z", true },
        { "time", "10:00:00+24:00", false },
        { "time", "10:00:0", false },
        { "uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true },
        { "uuid", "2eb8aa08aaa98-11ea-b4aa-73b441d16380", false },
        { "uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g", false },
        { "email", "joe@example.com", true },
        { "email", "\\\"joe bloggs\\\"@example.com", true },
        { "email", "\\\"a\\\\\\\"b\\\"@[127.0.0.1]", true },
        { "email", "joe@[IPv6:::1]", true },
        { "email", "joe@[IPv6:x]", false },
        { "email", ".joe@example.com", false },
        { "email", "jo e@example.com", false },
        { "email", "\\\"jo\\\"e\\\"@example.com", false },
        { "email", "@example.com", false },
        { "email", "example.com", false },
        { "hostname", "www.example.com", true },
        { "hostname", "xn--4gbwdl.xn--wgbh1c", true },
        { "hostname", "ab--c.com", false },
        { "hostname", "-a.com", false },
        { "hostname", "", false },
        { "hostname", "a..b", false },
        { "ipv4", "127.0.0.1", true },
        { "ipv4", "127.0.0.256", false },
        { "ipv4", "127.0.0.1\\u0000", false },
        { "ipv6", "::1", true },
        { "ipv6", "1::2::3", false },
        { "ipv6", "1111111111111111111111111111111111111111111111111111111111111111111",
          false },
        { "uri", "http://u:p@x.test:80/a%20b?c=d#e", true },
        { "uri", "http://[::1]:80/", true },
        { "uri", "http://[v1.a:b]/", true },
        { "uri", "http://[::x]/", false },
        { "uri", "http://[::1/", false },
        { "uri", "http://x:8x/", false },
        { "uri", "http://u<@x/", false },
        { "uri", "urn:a:b", true },
        { "uri", "/a", false },
        { "uri", "1a:b", false },
        { "uri", ":b", false },
        { "uri", "http://x/%zz", false },
        { "uri", "http://x/?\\\\", false },
        { "uri", "http://x/#a#b", false },
        { "uri", "http://x y/", false },
        { "json-pointer", "", true },
        { "json-pointer", "/a~0~1", true },
        { "json-pointer", "/a~2", false },
        { "json-pointer", "a", false },
        { "regex", "a+", true },
        { "regex", "(a", false },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        char schema[100];
        char value[200];
        char violation[400];
        snprintf(schema, sizeof schema, "{\"format\": \"%s\"}", rows[i].format);
        snprintf(value, sizeof value, "\"%s\"", rows[i].text);
        snprintf(violation, sizeof violation,
                 "$: expected the format %s, found \"%s\" (#/format)\n", rows[i].format,
                 rows[i].text);
        assert_violations(schema, value, rows[i].fits ? "" : violation);
    }
}

static void assert_refused(const char *schema_text, const char *expected)
{
    struct problems problems CLEANUP(problems_release);
    struct json_schema *schema = NULL;
    struct source source;
    problems_init(&problems);
    source_init(&source, TEXT("s.json"), text_of(schema_text));
    assert_false(json_schema_compile(&source, &schema, &problems));
    assert_null(schema);
    assert_problems(&problems, expected);
}

static void test_what_would_change_a_verdict_is_refused_at_its_place(void **state)
{
    (void)state;
    assert_refused("{\"requred\": [\"a\"]}",
                   "s.json:1:2: error: 'requred' is no keyword of JSON Schema 2020-12\n"
                   "  {\"requred\": [\"a\"]}\n"
                   "   ^^^^^^^^^\n"
                   "  hint: did you mean 'required'?\n");
}

/* The first problem's message and hint. */
static void assert_first_problem(const char *schema_text, size_t column, const char *message,
                                 const char *hint)
{
    struct problems problems CLEANUP(problems_release);
    struct json_schema *schema = NULL;
    struct source source;
    problems_init(&problems);
    source_init(&source, TEXT("s.json"), text_of(schema_text));
    if (json_schema_compile(&source, &schema, &problems)) {
        json_schema_free(schema);
        fail_msg("%s was not refused", schema_text);
    }
    const struct problem *problem = &problems.list[0];
    assert_int_equal(source_position(&source, problem->at.start).column, column);
    if (!text_is(problem->message, message) || !text_contains(problem->hint, text_of(hint))) {
        fail_msg("%s: '%.*s' (%.*s)", schema_text, TEXT_ARG(problem->message),
                 TEXT_ARG(problem->hint));
    }
}

static void test_problems_of_a_schema_have_a_place_and_a_hint(void **state)
{
    static const struct {
        const char *schema;
        size_t column;
        const char *message;
        const char *hint;
    } rows[] = {
        { "[]", 1, "a schema is no array", "an object of keywords" },
        { "{\"qwertyuiop\": 1}", 2, "'qwertyuiop' is no keyword of JSON Schema 2020-12",
          "start with 'x-'" },
        { "{\"dependencies\": {}}", 2, "the keyword 'dependencies' is not supported",
          "dependentRequired" },
        { "{\"nullable\": true}", 2, "the keyword 'nullable' is not supported", "OpenAPI" },
        { "{\"type\": 1}", 10,
          "the value of 'type' is not null, boolean, object, array, number, string or integer, "
          "or an array of some of these",
          "write null" },
        { "{\"type\": []}", 10,
          "the value of 'type' is not null, boolean, object, array, number, string or integer, "
          "or an array of some of these",
          "write null" },
        { "{\"type\": [\"text\"]}", 10,
          "the value of 'type' is not null, boolean, object, array, number, string or integer, "
          "or an array of some of these",
          "write null" },
        { "{\"minimum\": \"1\"}", 13, "the value of 'minimum' is not a number",
          "write a number" },
        { "{\"minLength\": -1}", 15, "the value of 'minLength' is not a whole number from 0",
          "whole number" },
        { "{\"minLength\": 1.5}", 15, "the value of 'minLength' is not a whole number from 0",
          "whole number" },
        { "{\"multipleOf\": 0}", 16,
          "the value of 'multipleOf' is not a number above 0 of at most 17 digits", "above 0" },
        { "{\"multipleOf\": 123456789012345678}", 16,
          "the value of 'multipleOf' is not a number above 0 of at most 17 digits", "17" },
        { "{\"uniqueItems\": 1}", 17, "the value of 'uniqueItems' is not true or false",
          "true or false" },
        { "{\"title\": 1}", 11, "the value of 'title' is not a string", "a string" },
        { "{\"enum\": 1}", 10, "the value of 'enum' is not an array", "an array" },
        { "{\"required\": [\"a\", \"a\"]}", 14,
          "the value of 'required' is not an array of different strings", "different" },
        { "{\"required\": [1]}", 14,
          "the value of 'required' is not an array of different strings", "different" },
        { "{\"dependentRequired\": {\"a\": 1}}", 23,
          "the value of 'dependentRequired' is not an object of arrays of different strings",
          "an object" },
        { "{\"pattern\": 1}", 13, "'pattern' is number, not a string", "a string" },
        { "{\"pattern\": \"(\"}", 13,
          "'(' is no regular expression: missing closing parenthesis", "regular expression" },
        { "{\"patternProperties\": {\"(\": true}}", 24,
          "'(' is no regular expression: missing closing parenthesis", "regular expression" },
        { "{\"properties\": []}", 16, "'properties' is array, not an object of schemas",
          "an object of schemas" },
        { "{\"allOf\": []}", 11, "'allOf' is array, not an array of at least one schema",
          "at least one" },
        { "{\"not\": 1}", 9, "a schema is no number", "true or false" },
        { "{\"format\": 1}", 12, "the value of 'format' is not a string", "a string" },
        { "{\"format\": \"colour\"}", 12, "the format 'colour' is not supported", "'pattern'" },
        { "{\"$anchor\": \"1a\"}", 13,
          "the value of '$anchor' is not a name of letters, digits, '_', '-' and '.'",
          "letters" },
        { "{\"$anchor\": \"\"}", 13,
          "the value of '$anchor' is not a name of letters, digits, '_', '-' and '.'",
          "letters" },
        { "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}", 13,
          "the value of '$schema' is not https://json-schema.org/draft/2020-12/schema",
          "2020-12" },
        { "{\"$id\": \"https://x.test/a#b\"}", 9,
          "the value of '$id' is not a URI without a fragment", "without" },
        { "{\"not\": {\"$id\": \"https://x.test/a\"}}", 10,
          "'$id' inside of a schema is not supported", "$anchor" },
        { "{\"$ref\": 1}", 10, "the reference is no string", "#/$defs/name" },
        { "{\"$ref\": \"other.json\"}", 10,
          "the reference 'other.json' leads out of this file, which is not supported",
          "copy it" },
        { "{\"$ref\": \"#/$defs/a\"}", 10, "the reference '#/$defs/a' leads nowhere",
          "#/$defs/name" },
        { "{\"allOf\": [{\"$ref\": \"#/allOf/7\"}]}", 21,
          "the reference '#/allOf/7' leads nowhere", "#/$defs/name" },
        { "{\"$ref\": \"#a\", \"const\": {\"$anchor\": \"a\"}}", 10,
          "the reference '#a' leads nowhere", "$anchor" },
        { "{\"$ref\": \"#/title\", \"title\": \"a\"}", 30, "a schema is no string",
          "true or false" },
        { "{\"minimum\": 1, \"minimum\": 2}", 16, "the keyword 'minimum' stands here twice",
          "keep one" },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        assert_first_problem(rows[i].schema, rows[i].column, rows[i].message, rows[i].hint);
    }
}

static void test_nothing_may_be_freed(void **state)
{
    (void)state;
    json_schema_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_keyword_of_values_says_what_it_wanted_and_found),
        cmocka_unit_test(test_multiples_are_exact_at_any_size),
        cmocka_unit_test(test_every_keyword_of_arrays_says_what_it_wanted_and_found),
        cmocka_unit_test(test_every_keyword_of_objects_says_what_it_wanted_and_found),
        cmocka_unit_test(test_schemas_are_combined),
        cmocka_unit_test(test_references_lead_to_pointers_and_anchors_of_the_same_file),
        cmocka_unit_test(test_a_circle_of_references_ends),
        cmocka_unit_test(test_many_items_are_compared_at_once),
        cmocka_unit_test(test_violations_beyond_the_limit_are_counted),
        cmocka_unit_test(test_long_texts_are_cut_between_characters),
        cmocka_unit_test(test_formats_are_told_apart),
        cmocka_unit_test(test_what_would_change_a_verdict_is_refused_at_its_place),
        cmocka_unit_test(test_problems_of_a_schema_have_a_place_and_a_hint),
        cmocka_unit_test(test_nothing_may_be_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
