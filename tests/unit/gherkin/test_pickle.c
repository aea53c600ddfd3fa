/* SPDX-License-Identifier: MIT */
#include "gherkin/pickle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/feature.h"

#define FULL_FEATURE                                                                           \
    TEXT("@f\n"                                                                                \
         "Feature: shop\n"                                                                     \
         "  Background:\n"                                                                     \
         "    Given a clean shop\n"                                                            \
         "  Scenario: first\n"                                                                 \
         "    And more\n"                                                                      \
         "    When it opens\n"                                                                 \
         "    But not all\n"                                                                   \
         "  Scenario: empty\n"                                                                 \
         "  @r\n"                                                                              \
         "  Rule: prices\n"                                                                    \
         "    Background:\n"                                                                   \
         "      * a price list\n"                                                              \
         "      And a currency\n"                                                              \
         "    @s @t\n"                                                                         \
         "    Scenario Outline: buy <what>\n"                                                  \
         "      And <what> costs <price>\n"                                                    \
         "        | <what> | x |\n"                                                            \
         "        \"\"\" <what>\n"                                                             \
         "        <price>\n"                                                                   \
         "        \"\"\"\n"                                                                    \
         "      Then no placeholder\n"                                                         \
         "        | kept |\n"                                                                  \
         "      @e\n"                                                                          \
         "      Examples: fruit\n"                                                             \
         "        | what  | price |\n"                                                         \
         "        | apple | 1     |\n"                                                         \
         "        | pear  | 2     |\n"                                                         \
         "      Examples:\n"                                                                   \
         "        | what  | price |\n"                                                         \
         "        | <price> | 3     |\n")

static void assert_text(struct text actual, const char *expected)
{
    assert_int_equal(actual.size, text_of(expected).size);
    assert_memory_equal(actual.at, expected, actual.size);
}

static void assert_name(const struct pickle *pickle, const char *expected)
{
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 1024);
    pickle_print_name(&out, pickle);
    assert_text(buffer_text(&out), expected);
}

static void names_tell_where_a_pickle_comes_from(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    assert_true(fixture.is_compiled);
    assert_int_equal(fixture.pickles.count, 5);
    const struct pickle *list = fixture.pickles.list;
    assert_name(&list[0], "first");
    assert_name(&list[2], "prices - buy <what> - fruit - #1.1: buy apple");
    assert_name(&list[3], "prices - buy <what> - fruit - #1.2: buy pear");
    assert_name(&list[4], "prices - buy <what> - #2.1: buy 3");
    assert_text(pickle_name(&list[2]), "buy apple");
    assert_text(pickle_name(&list[0]), "first");
    assert_text(pickle_feature_name(&list[2]), "shop");
    assert_text(pickle_rule_name(&list[2]), "prices");
    assert_text(pickle_rule_name(&list[0]), "");
    assert_text(pickle_scenario_name(&list[2]), "buy <what>");
    assert_text(pickle_examples_name(&list[2]), "fruit");
    assert_text(pickle_examples_name(&list[0]), "");
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(list[i].index, i);
    }
    feature_release(&fixture);
}

static void a_row_that_changes_no_name_is_only_numbered(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("Feature:\nScenario:\n* <a>\nExamples:\n|a|\n|b|\n"));
    assert_name(&fixture.pickles.list[0], "#1.1");
    feature_release(&fixture);
}

static void steps_of_the_backgrounds_come_first(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    const struct pickle *pickle = &fixture.pickles.list[2];
    static const struct {
        const char *text;
        const char *keyword;
        enum step_type type;
        bool is_background;
        uint32_t line;
    } expected[] = {
        { "a clean shop", "Given ", STEP_CONTEXT, true, 4 },
        { "a price list", "* ", STEP_UNKNOWN, true, 13 },
        { "a currency", "And ", STEP_UNKNOWN, true, 14 },
        { "apple costs 1", "And ", STEP_UNKNOWN, false, 17 },
        { "no placeholder", "Then ", STEP_OUTCOME, false, 22 },
    };
    assert_int_equal(pickle->step_count, ARRAY_SIZE(expected));
    assert_int_equal(pickle->background_step_count, 3);
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        struct pickle_step step = pickle_step(pickle, i);
        assert_text(step.text, expected[i].text);
        assert_text(step.keyword, expected[i].keyword);
        assert_int_equal(step.type, expected[i].type);
        assert_int_equal(step.is_background, expected[i].is_background);
        assert_int_equal(step.line, expected[i].line);
        assert_int_equal(step.id, pickle->id - ARRAY_SIZE(expected) + i);
    }
    feature_release(&fixture);
}

static void conjunctions_are_of_the_type_before_them(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    const struct pickle *pickle = &fixture.pickles.list[0];
    assert_int_equal(pickle_step(pickle, 1).type, STEP_CONTEXT);
    assert_int_equal(pickle_step(pickle, 3).type, STEP_ACTION);
    feature_release(&fixture);
    feature_init(&fixture, TEXT("Feature:\nScenario:\nAnd a\nBut b\n"));
    assert_int_equal(pickle_step(&fixture.pickles.list[0], 1).type, STEP_UNKNOWN);
    feature_release(&fixture);
}

static void a_scenario_without_steps_gets_none_from_backgrounds(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    assert_int_equal(fixture.pickles.list[1].step_count, 0);
    assert_int_equal(fixture.pickles.list[1].background_step_count, 0);
    feature_release(&fixture);
}

static void values_are_filled_into_arguments(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    struct pickle_step step = pickle_step(&fixture.pickles.list[3], 3);
    assert_text(step.table->rows[0].cells[0].value, "pear");
    assert_text(step.table->rows[0].cells[1].value, "x");
    assert_text(step.doc_string->content, "2");
    assert_text(step.doc_string->media_type, "pear");
    assert_true(step.is_table_first);
    struct span place = document_span(fixture.document, step.table->rows[0].cells[0].place);
    assert_text(span_text(place), "<what>");
    feature_release(&fixture);
}

static void what_names_no_header_is_shared(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    struct pickle_step one = pickle_step(&fixture.pickles.list[2], 4);
    struct pickle_step other = pickle_step(&fixture.pickles.list[3], 4);
    assert_ptr_equal(one.text.at, other.text.at);
    assert_ptr_equal(one.table, other.table);
    assert_ptr_equal(fixture.pickles.list[2].tags, fixture.pickles.list[3].tags);
    assert_ptr_equal(fixture.pickles.list[0].tags, fixture.pickles.list[1].tags);
    feature_release(&fixture);
}

static void a_value_may_name_a_later_header(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    assert_text(pickle_step(&fixture.pickles.list[4], 3).text, "3 costs 3");
    feature_release(&fixture);
    feature_init(&fixture, TEXT("Feature:\nScenario: <a><b><>\n* <a> <A> <b>\nExamples:\n"
                                "|a|b||\n|<b>|<a>|x|\n"));
    assert_text(pickle_step(&fixture.pickles.list[0], 0).text, "<a> <A> <a>");
    assert_text(pickle_name(&fixture.pickles.list[0]), "<a><a>x");
    feature_release(&fixture);
}

static void tags_are_inherited(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    const struct pickle *pickle = &fixture.pickles.list[2];
    static const char *const names[] = { "@f", "@r", "@s", "@t", "@e" };
    assert_int_equal(pickle->tags->count, ARRAY_SIZE(names));
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        assert_text(pickle_tag_name(pickle, i), names[i]);
        assert_text(span_text(pickle_tag_span(pickle, i)), names[i]);
        assert_true(pickle_has_tag(pickle, text_of(names[i])));
    }
    assert_false(pickle_has_tag(pickle, TEXT("@x")));
    assert_false(pickle_has_tag(&fixture.pickles.list[4], TEXT("@e")));
    feature_release(&fixture);
}

static void the_place_of_a_row_is_its_line(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    const struct pickle *pickle = &fixture.pickles.list[3];
    assert_int_equal(pickle_line(pickle), 28);
    assert_int_equal(pickle_scenario_line(pickle), 16);
    assert_text(span_text(pickle_span(pickle)), "| pear  | 2     |");
    assert_int_equal(pickle_line(&fixture.pickles.list[0]), 5);
    assert_text(span_text(pickle_span(&fixture.pickles.list[0])), "Scenario: first");
    feature_release(&fixture);
}

/* One letter per line of FULL_FEATURE for each pickle that is selected by that line. */
static void lines_select_pickles(void **state)
{
    (void)state;
    static const struct {
        uint32_t line;
        const char *pickles;
    } cases[] = {
        { 1, "" },    { 4, "" },     { 5, "0" },    { 8, "0" },    { 9, "1" },   { 10, "" },
        { 13, "" },   { 15, "234" }, { 16, "234" }, { 20, "234" }, { 24, "23" }, { 25, "23" },
        { 26, "23" }, { 27, "2" },   { 28, "3" },   { 29, "4" },   { 31, "4" },  { 32, "" },
    };
    struct feature_fixture fixture;
    feature_init(&fixture, FULL_FEATURE);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char found[8] = { 0 };
        size_t count = 0;
        for (size_t j = 0; j < fixture.pickles.count; j++) {
            if (pickle_is_at_line(&fixture.pickles.list[j], cases[i].line)) {
                found[count++] = (char)('0' + j);
            }
        }
        assert_string_equal(found, cases[i].pickles);
    }
    feature_release(&fixture);
}

static void a_scenario_ends_with_the_argument_of_its_last_step(void **state)
{
    (void)state;
    static const struct {
        const char *argument;
        uint32_t last;
    } cases[] = {
        { "", 3 },
        { "|a|\n|b|\n", 5 },
        { "```\n\n\n```\n", 7 },
        { "```\n```\n|a|\n", 6 },
        { "|a|\n```\n\n```\n", 7 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer text CLEANUP(buffer_release);
        buffer_init(&text, 1024);
        buffer_add_format(&text, "Feature:\nScenario:\n* a\n%s\n\n", cases[i].argument);
        struct feature_fixture fixture;
        feature_init(&fixture, buffer_text(&text));
        assert_true(pickle_is_at_line(&fixture.pickles.list[0], cases[i].last));
        assert_false(pickle_is_at_line(&fixture.pickles.list[0], cases[i].last + 1));
        feature_release(&fixture);
    }
}

static void a_line_of_examples_without_rows_selects_nothing(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(
        &fixture,
        TEXT("Feature:\nScenario:\n* <a>\nExamples:\n|a|\n|b|\nExamples:\n\nExamples:\n"));
    assert_int_equal(fixture.pickles.count, 1);
    assert_true(pickle_is_at_line(&fixture.pickles.list[0], 3));
    assert_false(pickle_is_at_line(&fixture.pickles.list[0], 7));
    assert_true(pickle_is_at_line(&fixture.pickles.list[0], 8));
    feature_release(&fixture);
}

/* The sanitizers' memmem looks at its whole haystack at every call: hours for 16 MiB of finds. */
#ifndef BDDRUN_SANITIZED
static void values_that_double_again_and_again_are_refused(void **state)
{
    (void)state;
    struct buffer text CLEANUP(buffer_release);
    buffer_init(&text, 4096);
    buffer_add_string(&text, "Feature:\nScenario:\n* <0>\n* after\nExamples:\n|");
    for (int i = 0; i <= 40; i++) {
        buffer_add_format(&text, "%d|", i);
    }
    buffer_add_string(&text, "\n|");
    for (int i = 1; i <= 40; i++) {
        buffer_add_format(&text, "<%d><%d>|", i, i);
    }
    buffer_add_string(&text, "x|\n");
    struct feature_fixture fixture;
    feature_init(&fixture, buffer_text(&text));
    assert_non_null(fixture.document);
    assert_false(fixture.is_compiled);
    assert_string_equal(feature_problems(&fixture),
                        "7:1 the values of the examples make a text of more than 16 MiB, or "
                        "256 in all\n");
    feature_release(&fixture);
}
#endif

static void many_headers_are_filled_in_one_after_the_other(void **state)
{
    (void)state;
    struct buffer text CLEANUP(buffer_release);
    buffer_init(&text, 65536);
    buffer_add_string(&text, "Feature:\nScenario:\n* <0>\nExamples:\n|");
    for (int i = 0; i <= 1000; i++) {
        buffer_add_format(&text, "%d|", i);
    }
    buffer_add_string(&text, "\n|");
    for (int i = 1; i <= 1000; i++) {
        buffer_add_format(&text, "a<%d>|", i);
    }
    buffer_add_string(&text, "end|\n");
    struct feature_fixture fixture;
    feature_init(&fixture, buffer_text(&text));
    struct text filled = pickle_step(&fixture.pickles.list[0], 0).text;
    assert_int_equal(filled.size, 1003);
    assert_true(text_ends_with(filled, TEXT("aaend")));
    feature_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_tell_where_a_pickle_comes_from),
        cmocka_unit_test(a_row_that_changes_no_name_is_only_numbered),
        cmocka_unit_test(steps_of_the_backgrounds_come_first),
        cmocka_unit_test(conjunctions_are_of_the_type_before_them),
        cmocka_unit_test(a_scenario_without_steps_gets_none_from_backgrounds),
        cmocka_unit_test(values_are_filled_into_arguments),
        cmocka_unit_test(what_names_no_header_is_shared),
        cmocka_unit_test(a_value_may_name_a_later_header),
        cmocka_unit_test(tags_are_inherited),
        cmocka_unit_test(the_place_of_a_row_is_its_line),
        cmocka_unit_test(lines_select_pickles),
        cmocka_unit_test(a_scenario_ends_with_the_argument_of_its_last_step),
        cmocka_unit_test(a_line_of_examples_without_rows_selects_nothing),
#ifndef BDDRUN_SANITIZED
        cmocka_unit_test(values_that_double_again_and_again_are_refused),
#endif
        cmocka_unit_test(many_headers_are_filled_in_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
