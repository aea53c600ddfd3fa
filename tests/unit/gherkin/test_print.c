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

/* Checked against the official JavaScript parser. */
static void all_kinds_of_nodes_are_printed(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, text_of("@f\n"
                                   "Feature: shop\n"
                                   "  text\n"
                                   "  Background:\n"
                                   "    Given a\n"
                                   "      | r |\n"
                                   "\n"
                                   "  Rule: prices\n"
                                   "    more\n"
                                   "    Background:\n"
                                   "      * b\n"
                                   "    @s @t\n"
                                   "    Scenario Outline: buy <w>\n"
                                   "      When c <w>\n"
                                   "        \"\"\"json\n"
                                   "        {\"w\": \"<w>\"}\n"
                                   "        \"\"\"\n"
                                   "        | x | <w> |\n"
                                   "        | y | z |\n"
                                   "      Then d\n"
                                   "        | k |\n"
                                   "        \"\"\"\n"
                                   "        e\n"
                                   "        \"\"\"\n"
                                   "      @e\n"
                                   "      Examples: fruit\n"
                                   "        | w | p |\n"
                                   "        | 1 | 2 |\n"
                                   "      Examples:\n"
                                   "  # end\n"
                                   "  Rule:\n"
                                   "    Scenario:\n"));
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 16384);
    gherkin_print_document(&out, fixture.document, TEXT("u"), 0);
    assert_string_equal(
        out.at,
        "{\"gherkinDocument\":{\"uri\":\"u\",\"feature\":{\"tags\":[{\"location\":{\"line"
        "\":1,\"column\":1},\"name\":\"@f\",\"id\":\"21\"}],\"location\":{\"line\":2,\"co"
        "lumn\":1},\"keyword\":\"Feature\",\"name\":\"shop\",\"description\":\"  text\","
        "\"language\":\"en\",\"children\":[{\"background\":{\"location\":{\"line\":4,\"co"
        "lumn\":3},\"keyword\":\"Background\",\"name\":\"\",\"description\":\"\",\"steps"
        "\":[{\"location\":{\"line\":5,\"column\":5},\"keyword\":\"Given \",\"keywordType"
        "\":\"Context\",\"text\":\"a\",\"dataTable\":{\"location\":{\"line\":6,\"column\""
        ":7},\"rows\":[{\"location\":{\"line\":6,\"column\":7},\"cells\":[{\"location\":{"
        "\"line\":6,\"column\":9},\"value\":\"r\"}],\"id\":\"0\"}]},\"id\":\"1\"}],\"id\""
        ":\"2\"}},{\"rule\":{\"tags\":[],\"location\":{\"line\":8,\"column\":3},\"keyword"
        "\":\"Rule\",\"name\":\"prices\",\"description\":\"    more\",\"children\":[{\"ba"
        "ckground\":{\"location\":{\"line\":10,\"column\":5},\"keyword\":\"Background\","
        "\"name\":\"\",\"description\":\"\",\"steps\":[{\"location\":{\"line\":11,\"colum"
        "n\":7},\"keyword\":\"* \",\"keywordType\":\"Unknown\",\"text\":\"b\",\"id\":\"3"
        "\"}],\"id\":\"4\"}},{\"scenario\":{\"tags\":[{\"location\":{\"line\":12,\"column"
        "\":5},\"name\":\"@s\",\"id\":\"15\"},{\"location\":{\"line\":12,\"column\":8},\""
        "name\":\"@t\",\"id\":\"16\"}],\"location\":{\"line\":13,\"column\":5},\"keyword"
        "\":\"Scenario Outline\",\"name\":\"buy <w>\",\"description\":\"\",\"steps\":[{\""
        "location\":{\"line\":14,\"column\":7},\"keyword\":\"When \",\"keywordType\":\"Ac"
        "tion\",\"text\":\"c <w>\",\"dataTable\":{\"location\":{\"line\":18,\"column\":9}"
        ",\"rows\":[{\"location\":{\"line\":18,\"column\":9},\"cells\":[{\"location\":{\""
        "line\":18,\"column\":11},\"value\":\"x\"},{\"location\":{\"line\":18,\"column\":"
        "15},\"value\":\"<w>\"}],\"id\":\"5\"},{\"location\":{\"line\":19,\"column\":9},"
        "\"cells\":[{\"location\":{\"line\":19,\"column\":11},\"value\":\"y\"},{\"locatio"
        "n\":{\"line\":19,\"column\":15},\"value\":\"z\"}],\"id\":\"6\"}]},\"docString\":"
        "{\"location\":{\"line\":15,\"column\":9},\"mediaType\":\"json\",\"content\":\"{"
        "\\\"w\\\": \\\"<w>\\\"}\",\"delimiter\":\"\\\"\\\"\\\"\"},\"id\":\"7\"},{\"locat"
        "ion\":{\"line\":20,\"column\":7},\"keyword\":\"Then \",\"keywordType\":\"Outcome"
        "\",\"text\":\"d\",\"dataTable\":{\"location\":{\"line\":21,\"column\":9},\"rows"
        "\":[{\"location\":{\"line\":21,\"column\":9},\"cells\":[{\"location\":{\"line\":"
        "21,\"column\":11},\"value\":\"k\"}],\"id\":\"8\"}]},\"docString\":{\"location\":"
        "{\"line\":22,\"column\":9},\"content\":\"e\",\"delimiter\":\"\\\"\\\"\\\"\"},\"i"
        "d\":\"9\"}],\"examples\":[{\"tags\":[{\"location\":{\"line\":25,\"column\":7},\""
        "name\":\"@e\",\"id\":\"12\"}],\"location\":{\"line\":26,\"column\":7},\"keyword"
        "\":\"Examples\",\"name\":\"fruit\",\"description\":\"\",\"tableHeader\":{\"locat"
        "ion\":{\"line\":27,\"column\":9},\"cells\":[{\"location\":{\"line\":27,\"column"
        "\":11},\"value\":\"w\"},{\"location\":{\"line\":27,\"column\":15},\"value\":\"p"
        "\"}],\"id\":\"10\"},\"tableBody\":[{\"location\":{\"line\":28,\"column\":9},\"ce"
        "lls\":[{\"location\":{\"line\":28,\"column\":11},\"value\":\"1\"},{\"location\":"
        "{\"line\":28,\"column\":15},\"value\":\"2\"}],\"id\":\"11\"}],\"id\":\"13\"},{\""
        "tags\":[],\"location\":{\"line\":29,\"column\":7},\"keyword\":\"Examples\",\"nam"
        "e\":\"\",\"description\":\"\",\"tableBody\":[],\"id\":\"14\"}],\"id\":\"17\"}}],"
        "\"id\":\"18\"}},{\"rule\":{\"tags\":[],\"location\":{\"line\":31,\"column\":3},"
        "\"keyword\":\"Rule\",\"name\":\"\",\"description\":\"\",\"children\":[{\"scenari"
        "o\":{\"tags\":[],\"location\":{\"line\":32,\"column\":5},\"keyword\":\"Scenario"
        "\",\"name\":\"\",\"description\":\"\",\"steps\":[],\"examples\":[],\"id\":\"19\""
        "}}],\"id\":\"20\"}}]},\"comments\":[{\"location\":{\"line\":30,\"column\":1},\"t"
        "ext\":\"  # end\"}]}}");
    buffer_clear(&out);
    assert_int_equal(fixture.pickles.count, 2);
    gherkin_print_pickle(&out, &fixture.pickles.list[0], TEXT("u"), 0);
    assert_string_equal(
        out.at,
        "{\"pickle\":{\"id\":\"26\",\"uri\":\"u\",\"location\":{\"line\":28,\"column\":9}"
        ",\"astNodeIds\":[\"17\",\"11\"],\"name\":\"buy 1\",\"language\":\"en\",\"steps\""
        ":[{\"id\":\"22\",\"text\":\"a\",\"type\":\"Context\",\"argument\":{\"dataTable\""
        ":{\"rows\":[{\"cells\":[{\"value\":\"r\"}]}]}},\"astNodeIds\":[\"1\"]},{\"id\":"
        "\"23\",\"text\":\"b\",\"type\":\"Unknown\",\"astNodeIds\":[\"3\"]},{\"id\":\"24"
        "\",\"text\":\"c 1\",\"type\":\"Action\",\"argument\":{\"docString\":{\"argumentI"
        "ndex\":1,\"content\":\"{\\\"w\\\": \\\"1\\\"}\",\"mediaType\":\"json\"},\"dataTa"
        "ble\":{\"argumentIndex\":2,\"rows\":[{\"cells\":[{\"value\":\"x\"},{\"value\":\""
        "1\"}]},{\"cells\":[{\"value\":\"y\"},{\"value\":\"z\"}]}]}},\"astNodeIds\":[\"7"
        "\",\"11\"]},{\"id\":\"25\",\"text\":\"d\",\"type\":\"Outcome\",\"argument\":{\"d"
        "ocString\":{\"argumentIndex\":2,\"content\":\"e\"},\"dataTable\":{\"argumentInde"
        "x\":1,\"rows\":[{\"cells\":[{\"value\":\"k\"}]}]}},\"astNodeIds\":[\"9\",\"11\"]"
        "}],\"tags\":[{\"name\":\"@f\",\"astNodeId\":\"21\"},{\"name\":\"@s\",\"astNodeId"
        "\":\"15\"},{\"name\":\"@t\",\"astNodeId\":\"16\"},{\"name\":\"@e\",\"astNodeId\""
        ":\"12\"}]}}");
    buffer_clear(&out);
    gherkin_print_pickle(&out, &fixture.pickles.list[1], TEXT("u"), 0);
    assert_string_equal(
        out.at,
        "{\"pickle\":{\"id\":\"27\",\"uri\":\"u\",\"location\":{\"line\":32,\"column\":5}"
        ",\"astNodeIds\":[\"19\"],\"name\":\"\",\"language\":\"en\",\"steps\":[],\"tags\""
        ":[{\"name\":\"@f\",\"astNodeId\":\"21\"}]}}");
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
        cmocka_unit_test(all_kinds_of_nodes_are_printed),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(a_byte_order_mark_is_neither_data_nor_column),
        cmocka_unit_test(errors_are_printed_as_the_official_parsers_do),
        cmocka_unit_test(a_problem_without_place_is_printed_without_one),
        cmocka_unit_test(tokens_are_printed_also_of_a_file_with_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
