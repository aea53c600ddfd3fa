/* SPDX-License-Identifier: MIT */
#include "gherkin/suspicion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/feature.h"

static void assert_suspicions(const char *feature, const char *expected)
{
    struct feature_fixture fixture;
    feature_init(&fixture, text_of(feature));
    assert_true(fixture.is_compiled);
    suspicions_find(fixture.document, PROBLEM_INPUT, &fixture.problems);
    assert_string_equal(feature_problems(&fixture), expected);
    for (size_t i = 0; i < fixture.problems.count; i++) {
        bool is_stepless =
            text_ends_with(fixture.problems.list[i].message, TEXT("has no steps"));
        assert_int_equal(fixture.problems.list[i].kind,
                         is_stepless ? PROBLEM_WARNING : PROBLEM_INPUT);
        assert_true(fixture.problems.list[i].hint.size > 0);
    }
    feature_release(&fixture);
}

static void a_sound_feature_is_not_suspected(void **state)
{
    (void)state;
    assert_suspicions("Feature: a\n As a user\n When I come\n Then I see: all\n"
                      " Rules: two\n Examples: none\n"
                      " Background:\n  The shop is open\n  Given x\n"
                      " Scenario: b\n  The user may\n  and then also\n  They even do: this\n"
                      "  Given c\n"
                      " Scenario Outline: d\n  * <e>\n  Examples: f\n   Some text\n   |e|\n"
                      "   |1|\n",
                      "");
}

static void what_would_run_nothing_is_told(void **state)
{
    (void)state;
    assert_suspicions("", "1:1 file has no feature\n");
    assert_suspicions("Feature: a\n", "1:1 feature 'a' has no scenarios\n");
    assert_suspicions("Feature:\n Rule: b\n", "1:1 feature has no scenarios\n");
    assert_suspicions("Feature: a\n Scenario: b\n Scenario: c\n  * d\n",
                      "2:2 scenario 'b' has no steps\n");
    assert_suspicions("Feature: a\n Rule: r\n  Scenario:\n", "3:3 scenario has no steps\n");
    assert_suspicions("Feature: a\n Scenario Outline: b\n  * c\n",
                      "2:2 scenario outline 'b' has no examples\n");
    assert_suspicions("Feature: a\n Scenario: b\n  * c\n Examples:\n Examples: d\n |e|\n"
                      "Examples:\n|f|\n|g|\n",
                      "4:2 examples have no rows\n5:2 examples 'd' have no rows\n");
}

static void mistyped_steps_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *word;
        const char *wanted;
    } cases[] = {
        { "Whne GET /x", "Whne", "When" },
        { "Gievn a", "Gievn", "Given" },
        { "Give a", "Give", "Given" },
        { "Then: a", "Then", "Then" },
        { "Then : a", NULL, NULL },
        { "Given", "Given", "Given" },
        { "Given\ta", "Given", "Given" },
        { "given a", "given", "Given" },
        { "then: a", "then", "Then" },
        { "Adn a", "Adn", "And" },
        { "Btu a", "Btu", "But" },
        { "WHEN a", "WHEN", "When" },
        { "Thne the", "Thne", "Then" },
        { "Hten a", "Hten", "Then" },
        { "Wehn a", "Wehn", "When" },
        { "*: a", "*", "*" },
        { "The end", NULL, NULL },
        { "They", NULL, NULL },
        { "An apple", NULL, NULL },
        { "Any", NULL, NULL },
        { "End", NULL, NULL },
        { "Bug 12", NULL, NULL },
        { "Even so", NULL, NULL },
        { "Where", NULL, NULL },
        { "What: this", NULL, NULL },
        { "Note: this", NULL, NULL },
        { ": x", NULL, NULL },
        { "- x", NULL, NULL },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer text CLEANUP(buffer_release);
        buffer_init(&text, 1024);
        buffer_add_format(&text, "Feature: a\n Scenario: b\n  %s\n  Then c\n", cases[i].line);
        struct feature_fixture fixture;
        feature_init(&fixture, buffer_text(&text));
        suspicions_find(fixture.document, PROBLEM_WARNING, &fixture.problems);
        assert_int_equal(fixture.problems.count, cases[i].word ? 1 : 0);
        if (cases[i].word) {
            const struct problem *problem = &fixture.problems.list[0];
            assert_true(text_is(span_text(problem->at), cases[i].word));
            assert_true(text_contains(problem->message, text_of(cases[i].word)));
            assert_true(text_contains(problem->hint, text_of(cases[i].wanted)));
        }
        feature_release(&fixture);
    }
}

static void a_mistyped_step_is_told_in_full(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("Feature: a\n  Scenario: b\n    Whne GET /x\n    Then c\n"));
    suspicions_find(fixture.document, PROBLEM_INPUT, &fixture.problems);
    assert_int_equal(fixture.problems.count, 1);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    buffer_add(&out, fixture.problems.list[0].message);
    buffer_add_byte(&out, '\n');
    buffer_add(&out, fixture.problems.list[0].hint);
    assert_string_equal(out.at,
                        "mistyped step 'Whne': the line is only a description\n"
                        "a step starts with 'When' and a blank; begin a line of a description "
                        "with another word");
    feature_release(&fixture);
}

static void a_sentence_may_go_on_in_lower_case(void **state)
{
    (void)state;
    assert_suspicions("Feature: a\n Scenario: b\n  This works\n  when asked\n  Given c\n", "");
    assert_suspicions("Feature: a\n Scenario: b\n  given c\n  when d\n  Then e\n",
                      "3:3 mistyped step 'given': the line is only a description\n"
                      "4:3 mistyped step 'when': the line is only a description\n");
    assert_suspicions("Feature: a\n Scenario: b\n  Prose\n  Whne d\n  Then e\n",
                      "4:3 mistyped step 'Whne': the line is only a description\n");
}

static void a_scenario_of_mistyped_steps_only_is_not_also_empty(void **state)
{
    (void)state;
    assert_suspicions("Feature: a\n Scenario: b\n  # c\n\n  Whne d\n # e\n\n  Thne f\n\n",
                      "5:3 mistyped step 'Whne': the line is only a description\n"
                      "8:3 mistyped step 'Thne': the line is only a description\n");
}

static void mistyped_headings_are_told(void **state)
{
    (void)state;
    assert_suspicions("Feature: a\n Scenaro: b\n  Given c\n",
                      "2:2 mistyped heading 'Scenaro': the line is only a description\n");
    assert_suspicions("Feature: a\n Scenario: b\n  Background: c\n  * d\n",
                      "3:3 mistyped heading 'Background': the line is only a description\n");
    assert_suspicions(
        "Feature: a\n Scenario Outlin: b\n Scenario: c\n  * d\n",
        "2:2 mistyped heading 'Scenario Outlin': the line is only a description\n");
    assert_suspicions("Feature: a\n Rule: b\n  scenario: c\n",
                      "3:3 mistyped heading 'scenario': the line is only a description\n");
    assert_suspicions("Feature: a\n Scenario: b\n  * <c>\n  Examples:\n  Exampels: e\n  |c|\n"
                      "  |d|\n",
                      "5:3 mistyped heading 'Exampels': the line is only a description\n");
}

static void a_heading_without_colon_before_steps_is_told(void **state)
{
    (void)state;
    assert_suspicions("Feature: a\n Scenario one\n  Given b\n Scenario: two\n  Given c\n",
                      "2:2 mistyped heading 'Scenario': the line is only a description\n");
    assert_suspicions("Feature: a\n Scenario outlines are good\n Scenario: two\n  Given c\n",
                      "");
    assert_suspicions("Feature: a\n Background\n  Given b\n",
                      "2:2 mistyped heading 'Background': the line is only a description\n");
}

static void lines_of_a_description_are_found_in_the_file(void **state)
{
    (void)state;
    assert_suspicions(
        "Feature: a\r\n Scenario: b\r\n\r\n # Whne no\r\n  Whne d\r\n  Then e\r\n",
        "5:3 mistyped step 'Whne': the line is only a description\n");
    assert_suspicions("Feature: a\n Background:\n  Gvien d\n Scenario: b\n  Then e\n",
                      "3:3 mistyped step 'Gvien': the line is only a description\n");
}

static void other_languages_have_their_own_keywords(void **state)
{
    (void)state;
    assert_suspicions("# language: de\nFunktionalit\xC3\xA4t: a\n Szenario: b\n  Wnen c\n"
                      "  Denn d\n  Angenomen e\n  Dann f\n",
                      "4:3 mistyped step 'Wnen': the line is only a description\n"
                      "6:3 mistyped step 'Angenomen': the line is only a description\n");
    /* One word for scenario and outline. */
    assert_suspicions("# language: zh-CN\n\xE5\x8A\x9F\xE8\x83\xBD: a\n"
                      "\xE5\x9C\xBA\xE6\x99\xAF: b\n* c\n",
                      "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_feature_is_not_suspected),
        cmocka_unit_test(what_would_run_nothing_is_told),
        cmocka_unit_test(mistyped_steps_are_told),
        cmocka_unit_test(a_mistyped_step_is_told_in_full),
        cmocka_unit_test(a_sentence_may_go_on_in_lower_case),
        cmocka_unit_test(a_scenario_of_mistyped_steps_only_is_not_also_empty),
        cmocka_unit_test(mistyped_headings_are_told),
        cmocka_unit_test(a_heading_without_colon_before_steps_is_told),
        cmocka_unit_test(lines_of_a_description_are_found_in_the_file),
        cmocka_unit_test(other_languages_have_their_own_keywords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
