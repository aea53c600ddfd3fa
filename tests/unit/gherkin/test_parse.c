/* SPDX-License-Identifier: MIT */
#include "gherkin/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "support/feature.h"

static void assert_text(struct text actual, const char *expected)
{
    assert_int_equal(actual.size, text_of(expected).size);
    assert_memory_equal(actual.at, expected, actual.size);
}

static void assert_problems(struct text feature, const char *expected)
{
    struct feature_fixture fixture;
    feature_init(&fixture, feature);
    assert_string_equal(feature_problems(&fixture), expected);
    assert_false(fixture.is_compiled);
    assert_null(fixture.document);
    assert_int_equal(problems_exit_code(&fixture.problems), EXIT_CODE_USAGE);
    feature_release(&fixture);
}

static const struct step_node *first_step(const struct feature_fixture *fixture)
{
    return fixture->document->feature->scenarios[0]->steps;
}

static void a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("\xEF\xBB\xBF"
                                "# language: fr\nFonctionnalit\xC3\xA9: a\n"));
    assert_true(fixture.is_compiled);
    assert_text(fixture.document->language, "fr");
    assert_text(document_text(fixture.document, fixture.document->feature->heading.name), "a");
    feature_release(&fixture);
}

static void bytes_that_are_no_text_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_problems(TEXT("Feature: a\n  Scenario: b\0c\n"), "2:14 NUL byte in a text file\n");
    assert_problems(TEXT("Feature: a\n  \xC3(\n"), "2:3 invalid UTF-8: byte 0xc3\n");
    assert_problems(TEXT("Feature: \xED\xA0\x80\n"), "1:10 invalid UTF-8: byte 0xed\n");
}

static void a_source_of_four_gibibytes_is_refused(void **state)
{
    (void)state;
    /* Refused by its size before a byte is read. */
    struct source source;
    source_init(&source, TEXT("a.feature"), text_make("", UINT32_MAX));
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    const struct document *document;
    assert_false(gherkin_parse(&source, &arena, &document, &problems));
    assert_text(problems.list[0].message, "file of 4294967295 bytes is too large");
}

static void an_empty_file_is_a_document_without_feature(void **state)
{
    (void)state;
    static const char *const empty[] = { "", "\n", "  \n \t", "\xEF\xBB\xBF" };
    for (size_t i = 0; i < ARRAY_SIZE(empty); i++) {
        struct feature_fixture fixture;
        feature_init(&fixture, text_of(empty[i]));
        assert_true(fixture.is_compiled);
        assert_null(fixture.document->feature);
        assert_int_equal(fixture.pickles.count, 0);
        assert_int_equal(fixture.document->id_count, 0);
        feature_release(&fixture);
    }
}

static void a_ragged_table_is_told_at_its_first_odd_row(void **state)
{
    (void)state;
    assert_problems(TEXT("Feature: a\n Scenario: b\n  Given c\n   | a | b |\n   | c |\n"
                         "   | d |\n  When e\n   | f |\n   | g | h |\n"),
                    "5:4 inconsistent cell count within the table\n"
                    "9:4 inconsistent cell count within the table\n");
}

static void a_ragged_table_before_tags_is_told_too(void **state)
{
    (void)state;
    assert_problems(TEXT("Feature: a\n Scenario: b\n  Given c\n  | a |\n  ||\n  |\n @d\n x\n"),
                    "6:3 inconsistent cell count within the table\n"
                    "8:2 expected: #TagLine, #RuleLine, #Comment, #Empty, got 'x'\n"
                    "9:1 unexpected end of file, expected: #TagLine, #RuleLine, #Comment, "
                    "#Empty\n");
}

static void reading_ends_after_more_than_ten_errors(void **state)
{
    (void)state;
    struct buffer feature CLEANUP(buffer_release);
    buffer_init(&feature, 4096);
    for (int i = 0; i < 20; i++) {
        buffer_add_format(&feature, i < 10 ? "bad %d\n" : "@bad %d\n", i);
    }
    struct feature_fixture fixture;
    feature_init(&fixture, buffer_text(&feature));
    assert_int_equal(fixture.problems.count, GHERKIN_ERROR_LIMIT + 1);
    assert_text(fixture.problems.list[10].message, "A tag may not contain whitespace");
    feature_release(&fixture);
}

static void reading_ends_also_when_the_list_of_problems_is_full(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("Feature: a\n"));
    for (int i = 0; i < PROBLEMS_LIMIT; i++) {
        problems_add(&fixture.problems, PROBLEM_INPUT, span_none(), "", "%d", i);
    }
    struct source bad;
    source_init(&bad, TEXT("b.feature"), TEXT("x\n"));
    assert_false(gherkin_parse(&bad, &fixture.arena, &fixture.document, &fixture.problems));
    assert_int_equal(fixture.problems.dropped, 1);
    feature_release(&fixture);
}

static void what_is_expected_depends_on_the_place(void **state)
{
    (void)state;
    assert_problems(TEXT("# language: en\nx\n"),
                    "2:1 expected: #TagLine, #FeatureLine, #Comment, #Empty, got 'x'\n"
                    "3:1 unexpected end of file, expected: #TagLine, #FeatureLine, #Comment, "
                    "#Empty\n");
    assert_problems(TEXT("Feature: a\n Background:\n  Given b\n  Examples:\n"),
                    "4:3 expected: #EOF, #TableRow, #DocStringSeparator, #StepLine, #TagLine, "
                    "#ScenarioLine, #RuleLine, #Comment, #Empty, got 'Examples:'\n");
    assert_problems(TEXT("Feature: a\n Scenario: s\n  Given b\n   | c |\n   \"\"\"\n   \"\"\"\n"
                         "   | d |\n"),
                    "7:4 expected: #EOF, #StepLine, #TagLine, #ExamplesLine, #ScenarioLine, "
                    "#RuleLine, #Comment, #Empty, got '| d |'\n");
    assert_problems(TEXT("Feature: a\n Scenario: s\n  Given b\n  Examples:\n  | c |\n  x\n"),
                    "6:3 expected: #EOF, #TableRow, #TagLine, #ExamplesLine, #ScenarioLine, "
                    "#RuleLine, #Comment, #Empty, got 'x'\n");
    assert_problems(TEXT("Feature: a\n Scenario: s\n  Given b\n @c\n x\n"),
                    "5:2 expected: #TagLine, #RuleLine, #Comment, #Empty, got 'x'\n"
                    "6:1 unexpected end of file, expected: #TagLine, #RuleLine, #Comment, "
                    "#Empty\n");
}

static void a_bad_tag_line_is_told_once_and_read_as_another_line(void **state)
{
    (void)state;
    assert_problems(TEXT("Feature: a\n Scenario: s\n  Given b\n @c d\n Scenario: t\n"),
                    "4:2 A tag may not contain whitespace\n"
                    "4:2 expected: #EOF, #TableRow, #DocStringSeparator, #StepLine, #TagLine, "
                    "#ExamplesLine, #ScenarioLine, #RuleLine, #Comment, #Empty, got '@c d'\n");
    assert_problems(TEXT("@x\n@c d\nFeature: a\n"),
                    "2:1 A tag may not contain whitespace\n"
                    "2:1 expected: #TagLine, #FeatureLine, #Comment, #Empty, got '@c d'\n");
}

static void an_unknown_language_is_told(void **state)
{
    (void)state;
    assert_problems(TEXT("# language: xx\nFeature: a\n"), "1:1 Language not supported: xx\n");
}

static void a_huge_line_is_cut_in_the_message(void **state)
{
    (void)state;
    struct buffer feature CLEANUP(buffer_release);
    buffer_init(&feature, 1 << 20);
    for (int i = 0; i < 100000; i++) {
        buffer_add_string(&feature, "\xC3\xA9");
    }
    struct feature_fixture fixture;
    feature_init(&fixture, buffer_text(&feature));
    struct text message = fixture.problems.list[0].message;
    assert_true(message.size < 5000);
    assert_true(text_ends_with(message, TEXT("\xC3\xA9...'")));
    feature_release(&fixture);
}

static void a_problem_is_printed_with_its_line(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("Feature: a\n  Scenario: b\n    Given c\n      | x | y |\n"
                                "      | z |\n"));
    struct buffer out CLEANUP(buffer_release);
    buffer_init(&out, 4096);
    problem_print(&out, &fixture.problems.list[0], false);
    assert_non_null(strstr(out.at, "a.feature:5:7"));
    assert_non_null(strstr(out.at, "\n        | z |\n        ^^^^^\n"));
    feature_release(&fixture);
}

static void line_ends_of_other_systems_do_not_matter(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(
        &fixture,
        TEXT("Feature: a \r\n one \r\n\r\n # c\r\n two\r\n\r\n Scenario: b\r\n  Given c\r\n"
             "  ```\r\n  x\r\n\r\n   y\r\n  ```\r\n  | d |\r\n"));
    assert_true(fixture.is_compiled);
    const struct feature *feature = fixture.document->feature;
    assert_text(document_text(fixture.document, feature->heading.name), "a");
    assert_text(*feature->heading.description, " one \n\n two");
    const struct step_argument *argument =
        step_node_argument(fixture.document, first_step(&fixture));
    assert_text(argument->doc_string->content, "x\n\n y");
    assert_text(argument->table->rows[0].cells[0].value, "d");
    assert_false(argument->is_table_first);
    feature_release(&fixture);
}

static void a_doc_string_loses_its_indent_and_escapes(void **state)
{
    (void)state;
    static const struct {
        const char *feature;
        const char *content;
    } cases[] = {
        { "\"\"\"\n   \"\"\"", "" },
        { "\"\"\"\n\n   \"\"\"", "" },
        { "\"\"\"\n\n\n   \"\"\"", "\n" },
        { "\"\"\"\n  less\n     more\n   \"\"\"", "less\n  more" },
        { "\"\"\"\n   a\\\"\\\"\\\"b\\\"\\\"\\\"\n   \"\"\"", "a\"\"\"b\"\"\"" },
        { "\"\"\"\n   \\`\\`\\` \\n \\\\\n   \"\"\"", "\\`\\`\\` \\n \\\\" },
        { "```\n   \\`\\`\\`\n   # no comment\n   | no row |\n   ```",
          "```\n# no comment\n| no row |" },
        { "\"\"\"\n   trailing  \n   \"\"\" ignored", "trailing  " },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer text CLEANUP(buffer_release);
        buffer_init(&text, 4096);
        buffer_add_format(&text, "Feature: a\n Scenario: b\n  Given c\n   %s\n",
                          cases[i].feature);
        struct feature_fixture fixture;
        feature_init(&fixture, buffer_text(&text));
        assert_true(fixture.is_compiled);
        const struct step_argument *argument =
            step_node_argument(fixture.document, first_step(&fixture));
        assert_text(argument->doc_string->content, cases[i].content);
        feature_release(&fixture);
    }
}

static void a_doc_string_without_indent_borrows_the_file(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture,
                 TEXT("Feature: a\nScenario: b\nGiven c\n\"\"\" json \n{\n}\n\"\"\"\n"));
    const struct step_argument *argument =
        step_node_argument(fixture.document, first_step(&fixture));
    assert_ptr_equal(argument->doc_string->content.at, fixture.source.bytes.at + 41);
    assert_text(argument->doc_string->content, "{\n}");
    assert_text(argument->doc_string->media_type, "json");
    feature_release(&fixture);
}

static void a_place_in_a_doc_string_is_shown_in_the_file(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("Feature: a\n Scenario: b\n  Given c\n    \"\"\"\n    {\n"
                                "      \"x\": 1\n    }\n    \"\"\"\n"));
    const struct step_argument *argument =
        step_node_argument(fixture.document, first_step(&fixture));
    struct source part;
    doc_string_source(&fixture.source, argument->doc_string, &part);
    struct position position = source_position(&part, text_find(part.bytes, TEXT("1"), 0));
    assert_int_equal(position.line, 6);
    assert_int_equal(position.column, 12);
    position = source_position(&part, 0);
    assert_int_equal(position.line, 5);
    assert_int_equal(position.column, 5);
    feature_release(&fixture);
}

static void cells_are_unescaped_and_trimmed(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        const char *value;
    } cases[] = {
        { "| a |", "a" },
        { "||", "" },
        { "|  |", "" },
        { "| \\| |", "|" },
        { "| \\\\ |", "\\" },
        { "| a\\nb |", "a\nb" },
        { "|\\n|", "\n" },
        { "| \\x |", "\\x" },
        { "| \\ |", "\\" },
        { "|\xC2\xA0"
          "a\xC2\xA0|",
          "a" },
        { "|\xC2\x85\xC3\xA9|", "\xC3\xA9" },
        { "|\t\v\f a \r\t|", "a" },
        { "| a | b", "a" },
        { "| \\\\\\|\\\\n | tail \\", "\\|\\n" },
        { "|\xE3\x80\x80|", "\xE3\x80\x80" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer text CLEANUP(buffer_release);
        buffer_init(&text, 4096);
        buffer_add_format(&text, "Feature: a\n Scenario: b\n  Given c\n   %s\n", cases[i].cell);
        struct feature_fixture fixture;
        feature_init(&fixture, buffer_text(&text));
        const struct step_argument *argument =
            step_node_argument(fixture.document, first_step(&fixture));
        assert_int_equal(argument->table->rows[0].cell_count, 1);
        assert_text(argument->table->rows[0].cells[0].value, cases[i].value);
        feature_release(&fixture);
    }
}

static void spans_name_what_was_written(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("@t  @u #c\nFeature:  a  \n  Scenario:  b\n    Given   c d \n"
                                "     |  x\\n | y |  z\n  # comment\n"));
    const struct document *document = fixture.document;
    const struct feature *feature = document->feature;
    assert_text(span_text(heading_span(document, &feature->heading)), "Feature:  a");
    assert_text(heading_keyword(document, &feature->heading), "Feature");
    assert_int_equal(feature->heading.tags->count, 2);
    assert_text(span_text(document_span(document, feature->heading.tags->list[1].name)), "@u");
    const struct step_node *step = first_step(&fixture);
    assert_text(step_node_keyword(document, step), "Given ");
    assert_text(step_node_text(document, step), "c d");
    assert_text(span_text(step_node_span(document, step)), "Given   c d");
    const struct row *row = step_node_argument(document, step)->table->rows;
    assert_text(document_text(document, row->place), "|  x\\n | y |  z");
    assert_text(document_text(document, row->cells[0].place), "x\\n");
    assert_text(document_text(document, document->comments[0].place), "  # comment");
    feature_release(&fixture);
}

static void a_description_keeps_its_lines(void **state)
{
    (void)state;
    static const struct {
        const char *lines;
        const char *description;
    } cases[] = {
        { "\n  a\n\n  b\n\n", "  a\n\n  b" },
        { "# c\n\n  a\n", "\n  a" },
        { "  a # no comment\n # c\n\n", "  a # no comment" },
        { " a\n@b c\n", NULL },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buffer text CLEANUP(buffer_release);
        buffer_init(&text, 4096);
        buffer_add_format(&text, "Feature: a\n%s", cases[i].lines);
        struct feature_fixture fixture;
        feature_init(&fixture, buffer_text(&text));
        assert_int_equal(fixture.is_compiled, cases[i].description != NULL);
        if (cases[i].description) {
            assert_text(*fixture.document->feature->heading.description, cases[i].description);
        }
        feature_release(&fixture);
    }
}

static void a_comment_alone_is_no_description(void **state)
{
    (void)state;
    struct feature_fixture fixture;
    feature_init(&fixture, TEXT("Feature: a\n # c\n\n Scenario: b\n # d\n\n  Given c\n"));
    assert_null(fixture.document->feature->heading.description);
    assert_null(fixture.document->feature->scenarios[0]->heading.description);
    assert_int_equal(fixture.document->comment_count, 2);
    feature_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(bytes_that_are_no_text_are_refused_with_their_place),
        cmocka_unit_test(a_source_of_four_gibibytes_is_refused),
        cmocka_unit_test(an_empty_file_is_a_document_without_feature),
        cmocka_unit_test(a_ragged_table_is_told_at_its_first_odd_row),
        cmocka_unit_test(a_ragged_table_before_tags_is_told_too),
        cmocka_unit_test(reading_ends_after_more_than_ten_errors),
        cmocka_unit_test(reading_ends_also_when_the_list_of_problems_is_full),
        cmocka_unit_test(what_is_expected_depends_on_the_place),
        cmocka_unit_test(a_bad_tag_line_is_told_once_and_read_as_another_line),
        cmocka_unit_test(an_unknown_language_is_told),
        cmocka_unit_test(a_huge_line_is_cut_in_the_message),
        cmocka_unit_test(a_problem_is_printed_with_its_line),
        cmocka_unit_test(line_ends_of_other_systems_do_not_matter),
        cmocka_unit_test(a_doc_string_loses_its_indent_and_escapes),
        cmocka_unit_test(a_doc_string_without_indent_borrows_the_file),
        cmocka_unit_test(a_place_in_a_doc_string_is_shown_in_the_file),
        cmocka_unit_test(cells_are_unescaped_and_trimmed),
        cmocka_unit_test(spans_name_what_was_written),
        cmocka_unit_test(a_description_keeps_its_lines),
        cmocka_unit_test(a_comment_alone_is_no_description),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
