/* SPDX-License-Identifier: MIT */
#include "diff/comparison.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/json.h"

/* 2026-11-23T10:00:00Z */
#define NOW_NS UINT64_C(1795428000000000000)

struct fixture {
    struct arena arena;
    struct problems problems;
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

static bool expand(void *context, struct text text, bool as_json, struct text *ret_text)
{
    (void)context;
    (void)as_json;
    *ret_text = text;
    return true;
}

static bool value(void *context, struct text variable, struct text *ret_text, bool *ret_is_json)
{
    (void)context;
    *ret_is_json = text_is(variable, "${json}") || text_is(variable, "${seven}");
    *ret_text = text_is(variable, "${json}")    ? TEXT("{\"a\": 1}")
                : text_is(variable, "${seven}") ? TEXT("7")
                : text_is(variable, "${limit}") ? TEXT("300")
                : text_is(variable, "${time}")  ? TEXT("300 ms")
                : text_is(variable, "${size}")  ? TEXT("20 kB")
                : text_is(variable, "${half}")  ? TEXT("0.5")
                                                : TEXT("lobby");
    return true;
}

static struct comparison parse(struct fixture *fixture, const char *text)
{
    struct comparison comparison;
    if (!comparison_parse(&fixture->arena, text_of(text), span_none(), &comparison,
                          &fixture->problems)) {
        fail_msg("%s: %s", text, fixture->problems.list[0].message.at);
    }
    return comparison;
}

static bool holds(struct fixture *fixture, const char *text, struct subject subject)
{
    struct comparison comparison = parse(fixture, text);
    struct comparison_resolver resolver = { .expand = expand,
                                            .value = value,
                                            .now_ns = NOW_NS };
    struct comparison_result result = { 0 };
    return comparison_check(&comparison, &subject, &resolver, &fixture->arena, &result) &&
           result.holds;
}

static struct subject json_subject(struct fixture *fixture, const char *json)
{
    struct subject subject = { .nature = NATURE_JSON };
    assert_true(json_parse_text(text_of(json), &fixture->arena, &subject.json));
    return subject;
}

struct judgement {
    const char *comparison;
    const char *actual;
    bool holds;
};

static void json_is_compared_without_coercion(void **state)
{
    struct fixture *fixture = *state;
    static const struct judgement cases[] = {
        { "contains \"a\"", "5", false },
        { "does not contain \"a\"", "5", false },
        { "does not contain \"a\"", "null", false },
        { "does not contain \"a\"", "{\"a\": 1}", false },
        { "does not contain {\"a\": 2}", "{\"a\": 1}", true },
        { "does not contain \"b\"", "[\"a\"]", true },
        { "is 1", "1.0", true },
        { "is 1", "\"1\"", false },
        { "is \"1\"", "1", false },
        { "is not \"1\"", "1", true },
        { "is 9007199254740993", "9007199254740992", false },
        { "is true", "true", true },
        { "is true", "\"true\"", false },
        { "is null", "null", true },
        { "is null", "0", false },
        { "is {\"seat\": 3}", "{\"seat\": 3.0}", true },
        { "is {\"seat\": 3}", "{\"seat\": 3, \"x\": 1}", false },
        { "is ${json}", "{\"a\": 1}", true },
        { "is ${seven}", "7", true },
        { "is ${seven}", "\"7\"", false },
        { "is ${name}", "\"lobby\"", true },
        { "is one of 200, \"a\" or null", "null", true },
        { "is one of 200, 201", "202", false },
        { "is not one of \"won\", \"lost\"", "\"drawn\"", true },
        { "is a number", "1", true },
        { "is not a number", "\"1\"", true },
        { "is an integer", "1.5", false },
        { "is a string", "\"\"", true },
        { "is a boolean", "false", true },
        { "is an array", "[]", true },
        { "is an object", "[]", false },
        { "is a uuid", "\"123e4567-e89b-12d3-a456-426614174000\"", true },
        { "is a URL", "\"https://arena.example/\"", true },
        { "is an email address", "\"alice@arena.test\"", true },
        { "is a date", "\"2026-01-31T10:00:00Z\"", true },
        { "is a number greater than 0", "1", true },
        { "is a number greater than 0", "\"1\"", false },
        { "is an integer between 1 and 9", "9", true },
        { "is an integer between 1 and 9", "1.5", false },
        { "is greater than 0", "0", false },
        { "is less than 0.5", "0.4", true },
        { "is at least 5", "5", true },
        { "is at most ${limit}", "301", false },
        { "is at most 5", "\"4\"", false },
        { "is before now", "\"2026-11-23T09:59:59Z\"", true },
        { "is after \"2026-01-01T00:00:00Z\"", "1795428000", true },
        { "is within 5 seconds of now", "1795428006", false },
        { "is a date within 5 seconds of now", "\"2026-11-23T10:00:04Z\"", true },
        { "is before now", "\"soon\"", false },
        { "is empty", "[]", true },
        { "is empty", "0", false },
        { "is not empty", "\"x\"", true },
        { "is in ascending order", "[1, 2, 2]", true },
        { "is in descending order", "[\"b\", \"a\"]", true },
        { "is in ascending order", "[1, \"a\"]", false },
        { "is in ascending order", "[1]", true },
        { "is in ascending order", "[]", false }, /* nothing is in order */
        { "is in descending order", "[]", false },
        { "contains \"lic\"", "\"alice\"", true },
        { "contains 7", "[1, 7.0]", true },
        { "contains 7", "\"a7\"", false }, /* a number is no text */
        { "does not contain 7", "\"a\"", false },
        { "contains true", "\"is true\"", false },
        { "contains ${seven}", "\"a7\"", false }, /* a variable of JSON */
        { "contains ${name}", "\"the lobby\"", true },
        { "contains {\"role\": \"bot\"}", "[{\"role\": \"bot\", \"x\": 1}]", true },
        { "does not contain {\"role\": \"#string\"}", "[{\"role\": \"bot\"}]", false },
        { "does not contain \"x\"", "[\"xy\"]", true },
        { "starts with \"al\"", "\"alice\"", true },
        { "does not end with \"ce\"", "\"alice\"", false },
        { "starts with \"1\"", "12", false },
        { "does not start with \"1\"", "12", false },
        { "matches /^T-\\d+$/i", "\"t-12\"", true },
        { "does not match /error/", "\"an error\"", false },
        { "matches /1/", "1", false },
        { "has 3 items", "[1, 2, 3]", true },
        { "has at least 1 item", "[]", false },
        { "has at most 2 items", "{\"a\": 1, \"b\": 2}", true },
        { "has between 3 and 20 characters", "\"\xC3\xA9\xC3\xA9\xC3\xA9\"", true },
        { "has 1 item", "\"a\"", false },
        { "has no duplicates", "[1, 2]", true },
        { "has no duplicates", "[1, 2, 1.0]", false },
        { "has no duplicates", "[0, {\"a\": 1, \"b\": [2]}, -0.0]", false },
        { "has no duplicates", "[{\"a\": 1, \"b\": [2]}, {\"b\": [2e0], \"a\": 1.0}]", false },
        { "has no duplicates", "[[1, 2], [2, 1], \"1\", 1, null, true, false, {}, []]", true },
        { "has no duplicates", "[]", false },
        { "exists", "null", true },
        { "does not exist", "null", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct subject subject = json_subject(fixture, cases[i].actual);
        if (holds(fixture, cases[i].comparison, subject) != cases[i].holds) {
            fail_msg("%s, %s", cases[i].actual, cases[i].comparison);
        }
    }
}

static void text_by_nature_is_read_as_a_number_only_against_one(void **state)
{
    struct fixture *fixture = *state;
    static const struct judgement cases[] = {
        { "is 7", "7.0", true },
        { "is 7", "7 apples", false },
        { "is \"7\"", "7.0", false },
        { "is \"7\"", "7", true },
        { "is true", "true", true }, /* as a variable of the configuration says it */
        { "is true", "True", false },
        { "is not false", "true", true },
        { "is null", "null", false }, /* a text is never null */
        { "contains 7", "a7", false },
        { "contains ${seven}", "a7", true },
        { "is greater than 5", "10", true },
        { "is less than 5", "four", false },
        { "is ${seven}", "7.0", true },
        { "is a number", "12", true },
        { "is a string", "12", true },
        { "is an array", "[]", false },
        { "is empty", "", true },
        { "contains \"b\"", "abc", true },
        { "is within 1 min of now", "Mon, 23 Nov 2026 10:00:30 GMT", true },
        { "has 3 characters", "abc", true },
        { "has 3 items", "abc", false },
        { "has no duplicates", "abc", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct subject subject = { .nature = NATURE_TEXT, .text = text_of(cases[i].actual) };
        if (holds(fixture, cases[i].comparison, subject) != cases[i].holds) {
            fail_msg("%s, %s", cases[i].actual, cases[i].comparison);
        }
    }
}

static void amounts_are_compared_with_their_units(void **state)
{
    struct fixture *fixture = *state;
    struct subject duration = { .nature = NATURE_DURATION, .number = 250000000 };
    struct subject size = { .nature = NATURE_SIZE, .number = 20000 };
    struct subject status = { .nature = NATURE_STATUS, .number = 201 };
    assert_true(holds(fixture, "is less than 300 ms", duration));
    assert_true(holds(fixture, "is 0.25 s", duration));
    assert_true(holds(fixture, "is at most ${limit} ms", duration));
    assert_false(holds(fixture, "is greater than 1 s", duration));
    assert_true(holds(fixture, "is less than ${time}", duration));
    assert_true(holds(fixture, "is ${size}", size));
    assert_false(holds(fixture, "is less than ${size}", duration));
    assert_false(holds(fixture, "is less than ${limit}", duration)); /* without its unit */
    struct subject short_duration = { .nature = NATURE_DURATION, .number = 500000 };
    assert_true(holds(fixture, "is 0.5 ms", short_duration));
    assert_true(holds(fixture, "is greater than 0.4999 ms", short_duration));
    assert_true(holds(fixture, "is less than ${half} ms",
                      (struct subject){ .nature = NATURE_DURATION, .number = 499999 }));
    assert_true(holds(fixture, "is 20 kB", size));
    assert_true(holds(fixture, "is between 1 byte and 1 MB", size));
    assert_false(holds(fixture, "is less than 1 KiB", size));
    assert_true(holds(fixture, "is 2xx", status));
    assert_false(holds(fixture, "is 4xx", status));
    assert_true(holds(fixture, "is not one of 4xx, 500", status));
    assert_true(holds(fixture, "is one of 200, 201 or 204", status));
}

static void what_is_absent_satisfies_only_its_absence(void **state)
{
    struct fixture *fixture = *state;
    struct subject absent = { .nature = NATURE_TEXT, .is_absent = true };
    static const char *const others[] = {
        "is \"\"",         "is not \"x\"",           "is empty",           "is not empty",
        "is not a number", "does not contain \"x\"", "does not match /x/", "exists",
        "is null"
    };
    assert_true(holds(fixture, "does not exist", absent));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        assert_false(holds(fixture, others[i], absent));
    }
}

static void units_that_do_not_fit_are_told_before_the_run(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *comparison;
        enum subject_nature nature;
        bool fits;
    } cases[] = {
        { "is less than 300", NATURE_DURATION, false },
        { "is less than 300 ms", NATURE_DURATION, true },
        { "is less than 300 ms", NATURE_SIZE, false },
        { "is 20 kB", NATURE_SIZE, true },
        { "is 20 kB", NATURE_JSON, false },
        { "is 20", NATURE_SIZE, false },
        { "is one of 1, 2 s", NATURE_NUMBER, false },
        { "is 2xx", NATURE_STATUS, true },
        { "is 2xx", NATURE_JSON, false },
        { "is 300 ms", NATURE_TEXT, false },
        { "contains 7", NATURE_TEXT, false },
        { "contains 7", NATURE_JSON, true },
        { "contains 7", NATURE_VARIABLE, true },
        { "contains \"7\"", NATURE_TEXT, true },
        { "contains ${x}", NATURE_TEXT, true },
        { "is less than 0.5 ms", NATURE_DURATION, true },
        { "is ${x}", NATURE_DURATION, true },
        { "is within 5 seconds of now", NATURE_JSON, true },
        { "has 3 items", NATURE_JSON, true },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct comparison comparison = parse(fixture, cases[i].comparison);
        problems_clear(&fixture->problems);
        bool fits = comparison_check_nature(&comparison, cases[i].nature, span_none(),
                                            &fixture->problems);
        if (fits != cases[i].fits || fixture->problems.count != !cases[i].fits) {
            fail_msg("%s", cases[i].comparison);
        }
    }
}

static void what_is_no_comparison_is_refused(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = { "",          "is",       "equals 3",    "is 3 of",
                                         "is {\"a\"", "has many", "matches /(/", "is a thing" };
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        struct comparison comparison;
        problems_clear(&fixture->problems);
        if (comparison_parse(&fixture->arena, text_of(texts[i]), span_none(), &comparison,
                             &fixture->problems)) {
            fail_msg("%s", texts[i]);
        }
        assert_int_equal(fixture->problems.count, 1);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_is_compared_without_coercion),
        TEST(text_by_nature_is_read_as_a_number_only_against_one),
        TEST(amounts_are_compared_with_their_units),
        TEST(what_is_absent_satisfies_only_its_absence),
        TEST(units_that_do_not_fit_are_told_before_the_run),
        TEST(what_is_no_comparison_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
