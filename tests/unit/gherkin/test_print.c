/* SPDX-License-Identifier: MIT */
#include "gherkin/print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/feature.h"

static void ids_are_counted_on_from_the_callers(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("@a\nFeature: b\n Scenario: c\n  * d\n"));
    assert_int_equal(fixture.document->id_count, 3);
    assert_int_equal(fixture.pickles.id_count, 5);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    gherkin_print_document(&out, fixture.document, TEXT("u"), 100);
    assert_string_equal(
        out.at,
        "{\"gherkinDocument\":{\"uri\":\"u\",\"feature\":{\"tags\":[{\"location\":{\"line\":1,"
        "\"column\":1},\"name\":\"@a\",\"id\":\"102\"}],\"location\":{\"line\":2,\"column\":1},"
        "\"keyword\":\"Feature\",\"name\":\"b\",\"description\":\"\",\"language\":\"en\","
        "\"children\":[{\"scenario\":{\"tags\":[],\"location\":{\"line\":3,\"column\":2},"
        "\"keyword\":\"Scenario\",\"name\":\"c\",\"description\":\"\",\"steps\":[{\"location\":"
        "{"
        "\"line\":4,\"column\":3},\"keyword\":\"* "
        "\",\"keywordType\":\"Unknown\",\"text\":\"d\","
        "\"id\":\"100\"}],\"examples\":[],\"id\":\"101\"}}]},\"comments\":[]}}");
    buffer_clear(&out);
    gherkin_print_pickle(&out, &fixture.pickles.list[0], TEXT("u"), 100);
    assert_string_equal(
        out.at,
        "{\"pickle\":{\"id\":\"104\",\"uri\":\"u\",\"location\":{\"line\":3,\"column\":2},"
        "\"astNodeIds\":[\"101\"],\"name\":\"c\",\"language\":\"en\",\"steps\":[{\"id\":"
        "\"103\",\"text\":\"d\",\"type\":\"Unknown\",\"astNodeIds\":[\"100\"]}],\"tags\":"
        "[{\"name\":\"@a\",\"astNodeId\":\"102\"}]}}");
    feature_release(&fixture);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    struct source source;
    source_init(&source, TEXT("a"), TEXT("\"\\\b\f\n\r\t\v\x1f\x7f\xC3\xA9\xFF/"));
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    gherkin_print_source(&out, &source, TEXT("a\"b"));
    assert_string_equal(out.at,
                        "{\"source\":{\"uri\":\"a\\\"b\",\"data\":"
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u000b\\u001f\x7f\xC3\xA9\xEF\xBF\xBD/\","
                        "\"mediaType\":\"text/x.cucumber.gherkin+plain\"}}");
}

static void a_byte_order_mark_is_neither_data_nor_column(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("\xEF\xBB\xBF  Feature: a\n"));
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    gherkin_print_source(&out, &fixture.source, TEXT("u"));
    assert_non_null(strstr(out.at, "\"data\":\"  Feature: a\\n\""));
    buffer_clear(&out);
    gherkin_print_document(&out, fixture.document, TEXT("u"), 0);
    assert_non_null(strstr(out.at, "{\"line\":1,\"column\":3}"));
    feature_release(&fixture);
}

static void errors_are_printed_as_the_official_parsers_do(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("\xEF\xBB\xBF \xC3\xA9\n@x\n"));
    assert_int_equal(fixture.problems.count, 2);
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    gherkin_print_parse_error(&out, &fixture.problems.list[0], TEXT("u"));
    assert_string_equal(
        out.at, "{\"parseError\":{\"source\":{\"uri\":\"u\",\"location\":{\"line\":1,"
                "\"column\":2}},\"message\":\"(1:2): expected: #EOF, #Language, #TagLine, "
                "#FeatureLine, #Comment, #Empty, got '\xC3\xA9'\"}}");
    buffer_clear(&out);
    gherkin_print_parse_error(&out, &fixture.problems.list[1], TEXT("u"));
    assert_string_equal(out.at,
                        "{\"parseError\":{\"source\":{\"uri\":\"u\",\"location\":{\"line\":3}},"
                        "\"message\":\"(3:0): unexpected end of file, expected: #TagLine, "
                        "#FeatureLine, #Comment, #Empty\"}}");
    feature_release(&fixture);
}

static void a_problem_without_place_is_printed_without_one(void **state)
{
    (void)state;
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    problems_add(&problems, PROBLEM_INPUT, span_none(), NULL, "cannot read");
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    gherkin_print_parse_error(&out, &problems.list[0], TEXT("u"));
    assert_string_equal(out.at, "{\"parseError\":{\"source\":{\"uri\":\"u\",\"location\":{"
                                "\"line\":0}},\"message\":\"(0:0): cannot read\"}}");
}

static void tokens_are_printed_also_of_a_file_with_errors(void **state)
{
    (void)state;
    struct source source;
    source_init(&source, TEXT("a"),
                TEXT("bad\n@a @b #c\nFeature: d\n\n Scenario:\n  Given e\n"
                     "   ``` x\n    y\n   ```\n  bad\n  |f\\n|g|\n@h"));
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    gherkin_print_tokens(&out, &source);
    assert_string_equal(out.at, "(2:1)TagLine://1:@a,4:@b\n"
                                "(3:1)FeatureLine:()Feature/d/\n"
                                "(4:1)Empty://\n"
                                "(5:2)ScenarioLine:()Scenario//\n"
                                "(6:3)StepLine:(Context)Given /e/\n"
                                "(7:4)DocStringSeparator:()```/x/\n"
                                "(8:1)Other:/ y/\n"
                                "(9:4)DocStringSeparator:()```//\n"
                                "(11:3)TableRow://4:f\n,8:g\n"
                                "(12:1)TagLine://1:@h\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_counted_on_from_the_callers),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(a_byte_order_mark_is_neither_data_nor_column),
        cmocka_unit_test(errors_are_printed_as_the_official_parsers_do),
        cmocka_unit_test(a_problem_without_place_is_printed_without_one),
        cmocka_unit_test(tokens_are_printed_also_of_a_file_with_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
