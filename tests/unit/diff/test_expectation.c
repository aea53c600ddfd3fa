/* SPDX-License-Identifier: MIT */
#include "diff/expectation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/buffer.h"

/* 2026-11-23T10:00:00Z */
#define NOW_NS UINT64_C(1795428000000000000)

struct fixture {
    struct arena arena;
    struct problems problems;
    struct source source;
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

static void show(struct fixture *fixture, const struct mismatches *mismatches)
{
    for (size_t i = 0; i < mismatches->count; i++) {
        const struct mismatch *d = &mismatches->list[i];
        struct position position = source_position(d->at.source, d->at.start);
        buffer_add_format(&fixture->shown, "%zu:%zu %.*s: expected %.*s, actual %.*s",
                          position.line, position.column, TEXT_ARG(d->path),
                          TEXT_ARG(d->expected), TEXT_ARG(d->actual));
        if (d->note.size) {
            buffer_add_format(&fixture->shown, " (%.*s)", TEXT_ARG(d->note));
        }
        buffer_add_byte(&fixture->shown, '\n');
    }
}

/* "" when it fits, else a line for each difference. */
static const char *match(struct fixture *fixture, const char *expected, const char *actual,
                         enum expectation_mode mode)
{
    struct expectation *expectation = NULL;
    struct mismatches mismatches;
    const struct json_value *root = NULL;
    problems_clear(&fixture->problems);
    buffer_clear(&fixture->shown);
    source_init(&fixture->source, TEXT("x"), text_of(expected));
    if (!expectation_compile(&fixture->source, &expectation, &fixture->problems)) {
        fail_msg("%s: %s", expected, fixture->problems.list[0].message.at);
    }
    assert_true(json_parse_text(text_of(actual), &fixture->arena, &root));
    bool fits =
        expectation_match(expectation, root, mode, NOW_NS, &fixture->arena, &mismatches);
    assert_true(fits == (mismatches.count == 0));
    assert_true(fits == expectation_accepts(expectation, root, mode, NOW_NS));
    show(fixture, &mismatches);
    expectation_free(expectation);
    return fixture->shown.size ? fixture->shown.at : "";
}

struct acceptance {
    const char *expected;
    const char *actual;
    bool fits;
};

static void check_all(struct fixture *fixture, const struct acceptance *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *mismatches =
            match(fixture, cases[i].expected, cases[i].actual, EXPECTATION_MATCHES);
        if ((*mismatches == '\0') != cases[i].fits) {
            fail_msg("%s and %s: %s", cases[i].expected, cases[i].actual, mismatches);
        }
    }
}

static void literals_are_equal_without_coercion(void **state)
{
    static const struct acceptance cases[] = {
        { "1", "1.0", true },
        { "9007199254740993", "9007199254740992", false },
        { "\"1\"", "1", false },
        { "1", "\"1\"", false },
        { "true", "true", true },
        { "null", "false", false },
        { "\"a\"", "\"\\u0061\"", true },
        { "\"\\\\#text\"", "\"#text\"", true },
        { "\"\\\\#text\"", "\"\\\\#text\"", false },
        { "\"\\\\\\\\#text\"", "\"\\\\#text\"", true },
        { "\"a#b\"", "\"a#b\"", true },
        { "\"\\\\a\"", "\"\\\\a\"", true },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void type_markers_accept_their_type(void **state)
{
    static const struct acceptance cases[] = {
        { "\"#string\"", "\"\"", true },
        { "\"#string\"", "1", false },
        { "\"#number\"", "1.5", true },
        { "\"#number\"", "\"1\"", false },
        { "\"#integer\"", "1.0", true },
        { "\"#integer\"", "1.5", false },
        { "\"#boolean\"", "false", true },
        { "\"#boolean\"", "null", false },
        { "\"#array\"", "[]", true },
        { "\"#array\"", "{}", false },
        { "\"#object\"", "{}", true },
        { "\"#object\"", "[]", false },
        { "\"#null\"", "null", true },
        { "\"#null\"", "0", false },
        { "\"#not null\"", "0", true },
        { "\"#not null\"", "null", false },
        { "\"#uuid\"", "\"123e4567-e89b-12d3-a456-426614174000\"", true },
        { "\"#uuid\"", "\"123e4567\"", false },
        { "\"#uuid\"", "1", false },
        { "\"#url\"", "\"https://arena.example/x\"", true },
        { "\"#url\"", "\"/x\"", false },
        { "\"#email\"", "\"alice@arena.test\"", true },
        { "\"#email\"", "\"alice\"", false },
        { "\"#ignore\"", "null", true },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void ranges_bound_numbers_and_lengths(void **state)
{
    static const struct acceptance cases[] = {
        { "\"#number > 0\"", "0.1", true },
        { "\"#number > 0\"", "0", false },
        { "\"#number >= 0\"", "0", true },
        { "\"#number < 2\"", "1.9", true },
        { "\"#number < 2\"", "2", false },
        { "\"#number <= 2\"", "2.0", true },
        { "\"#number <= 2\"", "\"1\"", false },
        { "\"#integer 1..9\"", "9", true },
        { "\"#integer 1..9\"", "1.5", false },
        { "\"#integer 1..9\"", "10", false },
        { "\"#integer 1..\"", "100", true },
        { "\"#integer ..-1\"", "-5", true },
        { "\"#integer ..-1\"", "0", false },
        { "\"#integer 7\"", "7", true },
        { "\"#integer 7\"", "8", false },
        { "\"#number \xC2\xB1 1 % of 250\"", "252.5", true },
        { "\"#number \xC2\xB1 1 % of 250\"", "247.4", false },
        { "\"#number \xC2\xB1 2 of -10\"", "-12", true },
        { "\"#number \xC2\xB1 2 of -10\"", "-7.9", false },
        { "\"#string 3..20\"", "\"\xC3\xA9\xC3\xA9\xC3\xA9\"", true },
        { "\"#string 3..20\"", "\"ab\"", false },
        { "\"#string 3\"", "\"abcd\"", false },
        { "\"#array 3\"", "[1, 2, 3]", true },
        { "\"#array 3\"", "[1, 2]", false },
        { "\"#array 1..\"", "[]", false },
        { "\"#array ..2\"", "[1]", true },
        { "\"#object 2\"", "{\"a\": 1, \"b\": 2}", true },
        { "\"#object 2\"", "{\"a\": 1}", false },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void dates_are_strings_or_epoch_numbers(void **state)
{
    static const struct acceptance cases[] = {
        { "\"#date\"", "\"2026-01-31T10:00:00Z\"", true },
        { "\"#date\"", "\"2026-01-31T10:00:00.5+02:00\"", true },
        { "\"#date\"", "\"yesterday\"", false },
        { "\"#date\"", "true", false },
        { "\"#date\"", "1795428000", true },
        { "\"#date within 5 s\"", "1795428004", true },
        { "\"#date within 5 s\"", "1795428006", false },
        { "\"#date within 5 s\"", "1795427996000", true },
        { "\"#date within 5 s of now\"", "\"2026-11-23T09:59:56Z\"", true },
        { "\"#date within 1 day of 2026-01-31\"", "\"2026-01-30T12:00:00Z\"", true },
        { "\"#date within 1 day of 2026-01-31\"", "\"2026-02-01T12:00:00Z\"", false },
        { "\"#date before now\"", "\"2026-11-23T09:59:59Z\"", true },
        { "\"#date before now\"", "\"2026-11-23T10:00:01Z\"", false },
        { "\"#date after 2026-11-23T09:00:00Z\"", "\"2026-11-23T10:00:01Z\"", true },
        { "\"#date after now\"", "\"2026-11-23T09:00:01Z\"", false },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void patterns_and_choices(void **state)
{
    static const struct acceptance cases[] = {
        { "\"#regex ^T-\\\\d+$\"", "\"T-12\"", true },
        { "\"#regex ^T-\\\\d+$\"", "\"xT-12\"", false },
        { "\"#regex b\"", "\"abc\"", true },
        { "\"#regex b\"", "5", false },
        { "\"#one of \\\"won\\\", \\\"lost\\\", null\"", "\"lost\"", true },
        { "\"#one of \\\"won\\\", \\\"lost\\\", null\"", "null", true },
        { "\"#one of \\\"won\\\", \\\"lost\\\", null\"", "\"drawn\"", false },
        { "\"#one of 1, {\\\"a\\\": [2]}\"", "{\"a\": [2.0]}", true },
        { "\"#one of 1\"", "\"1\"", false },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void objects_are_partial_unless_said(void **state)
{
    static const struct acceptance cases[] = {
        { "{\"a\": 1}", "{\"b\": 2, \"a\": 1}", true },
        { "{\"a\": 1}", "{\"b\": 2}", false },
        { "{\"a\": 1, \"#exact\": true}", "{\"b\": 2, \"a\": 1}", false },
        { "{\"a\": 1, \"#exact\": true}", "{\"a\": 1}", true },
        { "{\"a?\": \"#string\"}", "{}", true },
        { "{\"a?\": \"#string\"}", "{\"a\": \"x\"}", true },
        { "{\"a?\": \"#string\"}", "{\"a\": 1}", false },
        { "{\"why\\\\?\": 1}", "{\"why?\": 1}", true },
        { "{\"why\\\\?\": 1}", "{\"why\": 1}", false },
        { "{\"a\": \"#absent\"}", "{\"b\": 1}", true },
        { "{\"a\": \"#absent\"}", "{\"a\": null}", false },
        { "{\"a\": \"#ignore\"}", "{\"a\": null}", true },
        { "{\"a\": \"#ignore\"}", "{}", false },
        { "{\"a\": null}", "{}", false },
        { "{\"\\\\#a\": 1}", "{\"#a\": 1}", true },
        { "{}", "[]", false },
        { "{\"a\": 1}", "{\"a\": 1, \"a\": 1}", false },
        { "{\"a\": 1}", "{\"a\": 1, \"b\": 1, \"b\": 2}", true },
    };
    struct fixture *fixture = *state;
    check_all(fixture, cases, ARRAY_SIZE(cases));
    assert_string_equal(
        match(fixture, "{\"a\": {\"b\": 1}}", "{\"a\": {\"b\": 1, \"c\": 2}}", EXPECTATION_IS),
        "1:7 $.a.c: expected no such key, actual 2\n");
    assert_string_equal(match(fixture, "{\"a?\": 1}", "{}", EXPECTATION_IS), "");
}

static void arrays_are_whole_and_ordered_unless_said(void **state)
{
    static const struct acceptance cases[] = {
        { "[1, 2]", "[1, 2]", true },
        { "[1, 2]", "[2, 1]", false },
        { "[1, 2]", "[1, 2, 3]", false },
        { "[]", "[]", true },
        { "[]", "{}", false },
        { "[{\"a\": 1}]", "[{\"a\": 1, \"b\": 2}]", true },
        { "[\"#any order\", 1, 2]", "[2, 1]", true },
        { "[\"#any order\", 1, 2]", "[2, 1, 1]", false },
        { "[\"#any order\", 1, 1]", "[1, 2]", false },
        { "[\"#any order\"]", "[]", true },
        { "[\"#any order\"]", "[1]", false },
        { "[\"#contains\", 3, 1]", "[1, 2, 3]", true },
        { "[\"#contains\", 1, 1]", "[1, 2, 3]", false },
        { "[\"#contains\", 1]", "[]", false },
        { "[\"#each\", \"#number\"]", "[1, 2]", true },
        { "[\"#each\", \"#number\"]", "[1, \"2\"]", false },
        { "[\"#each\", \"#number\"]", "[]", false },
        { "[\"#each 0..\", \"#number\"]", "[]", true },
        { "[\"#each 2..9\", \"#number\"]", "[1]", false },
        { "[\"#each 2\", \"#number\"]", "[1, 2]", true },
        { "[\"\\\\#each\", 1]", "[\"#each\", 1]", true },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void items_are_assigned_not_taken_by_the_first_that_fits(void **state)
{
    static const struct acceptance cases[] = {
        { "[\"#any order\", \"#number\", 1]", "[1, 2]", true },
        { "[\"#any order\", \"#number\", \"#integer\", 1]", "[1, 2, 2.5]", true },
        { "[\"#any order\", \"#number\", \"#integer\", 1]", "[1, 2.5, 2.5]", false },
        { "[\"#contains\", \"#ignore\", \"#number\", \"#string\"]", "[1, \"a\", null, 2]",
          true },
        { "[\"#any order\", {\"a\": \"#ignore\"}, {\"a\": 1, \"b\": 2}, {\"b\": 2}]",
          "[{\"a\": 1, \"b\": 2}, {\"b\": 2}, {\"a\": 3}]", true },
    };
    check_all(*state, cases, ARRAY_SIZE(cases));
}

static void every_difference_is_reported_with_both_places(void **state)
{
    struct fixture *fixture = *state;
    static const char expected[] = "{\n"
                                   "  \"id\": \"#uuid\",\n"
                                   "  \"seat no\": 3,\n"
                                   "  \"gone\": \"#absent\",\n"
                                   "  \"players\": [\"#each\", {\"name\": \"#string\"}],\n"
                                   "  \"cards\": [1, 2, 3]\n"
                                   "}";
    static const char actual[] =
        "{\"id\": \"x\", \"gone\": [], \"players\": [{\"name\": 1}, {}], "
        "\"cards\": [1, 9, 2, 3]}";
    assert_string_equal(match(fixture, expected, actual, EXPECTATION_MATCHES),
                        "2:9 $.id: expected \"#uuid\", actual \"x\"\n"
                        "3:14 $['seat no']: expected 3, actual absent\n"
                        "4:11 $.gone: expected \"#absent\", actual []\n"
                        "5:33 $.players[0].name: expected \"#string\", actual 1\n"
                        "5:33 $.players[1].name: expected \"#string\", actual absent\n"
                        "6:12 $.cards[1]: expected no such item, actual 9\n");
    assert_string_equal(match(fixture, "[1, 2, 3]", "[2, 3]", EXPECTATION_MATCHES),
                        "1:2 $[0]: expected 1, actual absent\n");
    assert_string_equal(match(fixture, "[\"#any order\", {\"a\": 1, \"b\": 2}, 3]",
                              "[3, {\"a\": 1, \"b\": 4}]", EXPECTATION_MATCHES),
                        "1:30 $[1].b: expected 2, actual 4\n");
    assert_string_equal(
        match(fixture, "[\"#any order\", 1, 2]", "[3, 4, 5]", EXPECTATION_MATCHES),
        "1:16 $: expected 1, actual absent (no item is left that fits)\n"
        "1:19 $: expected 2, actual absent (no item is left that fits)\n"
        "1:1 $[0]: expected no such item, actual 3\n"
        "1:1 $[1]: expected no such item, actual 4\n"
        "1:1 $[2]: expected no such item, actual 5\n");
    assert_string_equal(
        match(fixture, "{\"a\": [\"#each\", 1]}", "{\"a\": []}", EXPECTATION_MATCHES),
        "1:7 $.a: expected [\"#each\",1], actual [] (the array is empty)\n");
    assert_string_equal(match(fixture, "[\"#each 2\", 1]", "[1]", EXPECTATION_MATCHES),
                        "1:1 $: expected [\"#each 2\",1], actual [1] (not this number of "
                        "items)\n");
    assert_string_equal(
        match(fixture, "{\"a\": 1}", "{\"a\": 1, \"a\": 2}", EXPECTATION_MATCHES),
        "1:7 $.a: expected 1, actual 2 (the key is there more than once)\n");
    assert_string_equal(match(fixture, "\"#regex (a+)+$\"",
                              "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
                              EXPECTATION_MATCHES),
                        "1:1 $: expected \"#regex (a+)+$\", actual "
                        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\" (the expression needs "
                        "too many steps)\n");
}

static void long_values_are_shortened_between_code_points(void **state)
{
    struct fixture *fixture = *state;
    struct buffer actual;
    buffer_init(&actual, 4096);
    buffer_add_byte(&actual, '"');
    for (int i = 0; i < 400; i++) {
        buffer_add_string(&actual, "\xC3\xA9");
    }
    buffer_add_byte(&actual, '"');
    struct text shown = text_of(match(fixture, "1", actual.at, EXPECTATION_MATCHES));
    assert_true(shown.size < 400);
    assert_true(text_ends_with(shown, TEXT("\xC3\xA9\xE2\x80\xA6\n")));
    buffer_release(&actual);
}

static void beyond_the_limit_differences_are_counted(void **state)
{
    struct fixture *fixture = *state;
    struct buffer actual;
    struct expectation *expectation = NULL;
    struct mismatches mismatches;
    const struct json_value *root = NULL;
    buffer_init(&actual, 4096);
    for (int i = 0; i < 150; i++) {
        buffer_add_string(&actual, i ? ",1" : "[1");
    }
    buffer_add_byte(&actual, ']');
    source_init(&fixture->source, TEXT("x"), TEXT("[\"#each\", 2]"));
    assert_true(expectation_compile(&fixture->source, &expectation, &fixture->problems));
    assert_true(json_parse_text(buffer_text(&actual), &fixture->arena, &root));
    assert_false(expectation_match(expectation, root, EXPECTATION_IS, NOW_NS, &fixture->arena,
                                   &mismatches));
    assert_int_equal(mismatches.count, MISMATCHES_LIMIT);
    assert_int_equal(mismatches.dropped, 50);
    expectation_release(&expectation);
    assert_null(expectation);
    expectation_free(NULL);
    buffer_release(&actual);
}

static void too_many_items_for_any_order_are_a_difference(void **state)
{
    struct fixture *fixture = *state;
    struct buffer many;
    buffer_init(&many, 1 << 16);
    buffer_add_string(&many, "[\"#any order\"");
    for (int i = 0; i < 4100; i++) {
        buffer_add_string(&many, ",1");
    }
    buffer_add_byte(&many, ']');
    const char *shown = match(fixture, many.at, many.at, EXPECTATION_MATCHES);
    assert_true(text_contains(text_of(shown), TEXT("too many items")));
    buffer_release(&many);
}

struct mistake {
    const char *expected;
    const char *problem;
};

static void mistakes_are_found_before_anything_runs(void **state)
{
    struct fixture *fixture = *state;
    static const struct mistake cases[] = {
        { "{\"a\": \"#uid\"}",
          "1:7 unknown marker: '#uid' (did you mean 'uuid'? the text itself is written with "
          "\"\\\\#\")" },
        { "\"##\"", "1:1 unknown marker: '##' (the text itself is written with \"\\\\#\")" },
        { "\"#\"", "1:1 unknown marker: '#' (the text itself is written with \"\\\\#\")" },
        { "\"#String\"",
          "1:1 unknown marker: '#String' (did you mean 'string'? the text itself "
          "is written with \"\\\\#\")" },
        { "\"#uuid 4\"", "1:1 nothing may stand behind this marker: '#uuid 4'" },
        { "\"#string x\"", "1:1 not a range: '#string x' (a length is 3, 3.., ..20 or 3..20)" },
        { "\"#string 5..3\"",
          "1:1 not a range: '#string 5..3' (a length is 3, 3.., ..20 or 3..20)" },
        { "\"#string -1\"",
          "1:1 not a range: '#string -1' (a length is 3, 3.., ..20 or 3..20)" },
        { "\"#string ..\"",
          "1:1 not a range: '#string ..' (a length is 3, 3.., ..20 or 3..20)" },
        { "\"#number > x\"", "1:1 not a range: '#number > x' (a range is > 0, >= 0, < 9, <= 9, "
                             "1..9, 1.., ..9 or \xC2\xB1 1 % of 250)" },
        { "\"#number \xC2\xB1 -1 of 3\"",
          "1:1 not a range: '#number \xC2\xB1 -1 of 3' (a range is > 0, >= 0, < 9, <= 9, 1..9, "
          "1.., ..9 or \xC2\xB1 1 % of 250)" },
        { "\"#date soon\"",
          "1:1 not a date marker: '#date soon' (write \"#date\", \"#date before now\", \"#date "
          "after 2026-01-31\", \"#date within 5 s\" or \"#date within 1 day of 2026-01-31\")" },
        { "\"#date within 5\"",
          "1:1 not a date marker: '#date within 5' (write \"#date\", \"#date before now\", "
          "\"#date after 2026-01-31\", \"#date within 5 s\" or \"#date within 1 day of "
          "2026-01-31\")" },
        { "\"#regex (\"",
          "1:1 not a regular expression: '#regex (' (missing closing parenthesis)" },
        { "\"#regex\"",
          "1:1 unknown marker: '#regex' (did you mean 'regex'? the text itself is "
          "written with \"\\\\#\")" },
        { "\"#one of won\"", "1:1 not a list of JSON values: '#one of won' (write \"#one of "
                             "\\\"won\\\", 3, null\")" },
        { "\"#one of\"",
          "1:1 not a list of JSON values: '#one of' (write \"#one of \\\"won\\\", "
          "3, null\")" },
        { "[\"#absent\"]", "1:2 this marker stands for a member of an object: '#absent'" },
        { "[1, \"#each\"]", "1:5 this marker stands first in an array, alone: '#each'" },
        { "[\"#each\", 1, 2]",
          "1:2 exactly one item, which all must match, stands behind: \"#each\"" },
        { "[\"#each x\", 1]", "1:2 not a number of items: \"#each x\" (write \"#each 3\", "
                              "\"#each 1..\" or \"#each 2..9\")" },
        { "[\"#contains\"]",
          "1:2 at least one item stands behind: \"#contains\" (\"#array\" is "
          "any array)" },
        { "{\"#exact\": 1}",
          "1:12 '#exact' can only be true: 1 (leave it out where further keys "
          "are allowed)" },
        { "{\"#other\": 1}",
          "1:2 unknown marker as a key '#other' (the key #x itself is written \"\\\\#x\")" },
        { "{\"a\": 1, \"a?\": 2}", "1:10 the key stands here twice: 'a?'" },
        { "{\"a\": 1,}",
          "1:9 expected a key in double quotes, found '}' (remove the comma before it)" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct expectation *expectation = NULL;
        problems_clear(&fixture->problems);
        source_init(&fixture->source, TEXT("x"), text_of(cases[i].expected));
        assert_false(expectation_compile(&fixture->source, &expectation, &fixture->problems));
        assert_null(expectation);
        assert_int_equal(fixture->problems.count, 1);
        const struct problem *problem = &fixture->problems.list[0];
        struct position position = source_position(problem->at.source, problem->at.start);
        struct text shown = arena_format(
            &fixture->arena, problem->hint.size ? "%zu:%zu %s (%s)" : "%zu:%zu %s%s",
            position.line, position.column, problem->message.at, problem->hint.at);
        assert_string_equal(shown.at, cases[i].problem);
        assert_int_equal(problem->kind, PROBLEM_INPUT);
        problems_clear(&fixture->problems);
        assert_false(expectation_check(&fixture->source, &fixture->problems));
        assert_int_equal(fixture->problems.count, 1);
    }
}

static void all_mistakes_of_a_document_are_reported(void **state)
{
    struct fixture *fixture = *state;
    struct expectation *expectation = NULL;
    source_init(&fixture->source, TEXT("x"),
                TEXT("{\"a\": \"#x1\", \"b\": [\"#y1\", {\"c\": \"#z1\"}], \"d\": \"#uuid\"}"));
    assert_false(expectation_compile(&fixture->source, &expectation, &fixture->problems));
    assert_int_equal(fixture->problems.count, 3);
}

static void holes_fit_anywhere_in_a_check(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *expected;
        size_t problem_count;
    } cases[] = {
        { "{\"a\": ${x}, \"b\": [${alice.ticket}, 1]}", 0 },
        { "{\"a\": \"#number > ${x}\", \"${key}\": \"${v}\", \"${key}?\": 1}", 0 },
        { "[\"#each ${n}\", 1]", 0 },
        { "${whole}", 0 },
        { "{\"a\": ${x} ${y}}", 1 },
        { "{\"a\": ${}}", 1 },
        { "{\"a\": \"#numbr\", \"b\": ${x}}", 1 },
        { "{\"a\": \"#x $${y}\"}", 1 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        problems_clear(&fixture->problems);
        source_init(&fixture->source, TEXT("x"), text_of(cases[i].expected));
        assert_true(expectation_check(&fixture->source, &fixture->problems) ==
                    (cases[i].problem_count == 0));
        assert_int_equal(fixture->problems.count, cases[i].problem_count);
        if (cases[i].problem_count) {
            assert_ptr_equal(fixture->problems.list[0].at.source, &fixture->source);
        }
    }
}

static void the_example_of_the_vocabulary_fits(void **state)
{
    struct fixture *fixture = *state;
    static const char expected[] =
        "{\"table\": 7, \"id\": \"#uuid\", \"state\": \"#one of \\\"open\\\", \\\"full\\\"\", "
        "\"nick?\": \"#string 3..20\", \"opened\": \"#date within 5 s\", "
        "\"players\": [\"#each\", {\"name\": \"#string\", \"chips\": \"#number > 0\", "
        "\"password\": \"#absent\"}], \"tags\": [\"#any order\", \"omaha\", \"fast\"]}";
    static const char actual[] =
        "{\"table\": 7, \"id\": \"123e4567-e89b-12d3-a456-426614174000\", \"state\": \"full\", "
        "\"opened\": \"2026-11-23T10:00:03Z\", \"players\": [{\"name\": \"alice\", \"chips\": "
        "10.5}], \"tags\": [\"fast\", \"omaha\"]}";
    assert_string_equal(match(fixture, expected, actual, EXPECTATION_MATCHES), "");
    assert_string_equal(match(fixture, expected, actual, EXPECTATION_IS), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(literals_are_equal_without_coercion),
        TEST(type_markers_accept_their_type),
        TEST(ranges_bound_numbers_and_lengths),
        TEST(dates_are_strings_or_epoch_numbers),
        TEST(patterns_and_choices),
        TEST(objects_are_partial_unless_said),
        TEST(arrays_are_whole_and_ordered_unless_said),
        TEST(items_are_assigned_not_taken_by_the_first_that_fits),
        TEST(every_difference_is_reported_with_both_places),
        TEST(long_values_are_shortened_between_code_points),
        TEST(beyond_the_limit_differences_are_counted),
        TEST(too_many_items_for_any_order_are_a_difference),
        TEST(mistakes_are_found_before_anything_runs),
        TEST(all_mistakes_of_a_document_are_reported),
        TEST(holes_fit_anywhere_in_a_check),
        TEST(the_example_of_the_vocabulary_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
