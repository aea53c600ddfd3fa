/* SPDX-License-Identifier: MIT */
#include "gherkin/dialects/dialect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"
#include "base/utf8.h"

static void all_languages_are_there_in_order(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct dialect *dialect; (dialect = dialect_at(count)) != NULL; count++) {
        assert_ptr_equal(dialect_find(text_of(dialect->name)), dialect);
        assert_true(utf8_is_valid(text_of(dialect->native_name)));
        if (count > 0) {
            assert_true(
                text_compare(text_of(dialect_at(count - 1)->name), text_of(dialect->name)) < 0);
        }
    }
    assert_int_equal(count, 80);
    assert_null(dialect_find(TEXT("xx")));
    assert_null(dialect_find(TEXT("")));
}

static void each_language_has_all_keywords(void **state)
{
    (void)state;
    size_t words = 0;
    for (size_t i = 0; dialect_at(i); i++) {
        const struct dialect *dialect = dialect_at(i);
        for (size_t title = 0; title < TITLE_COUNT; title++) {
            const char *list = dialect->titles[title];
            struct text word;
            assert_true(keyword_next(&list, &word));
            do {
                assert_true(word.size > 0 && utf8_is_valid(word));
                words++;
            } while (keyword_next(&list, &word));
        }
    }
    assert_true(words > 500);
}

static void the_longest_step_keyword_wins(void **state)
{
    (void)state;
    for (size_t i = 0; dialect_at(i); i++) {
        const char *list = dialect_at(i)->steps;
        struct text word;
        enum step_type type;
        enum step_type found = STEP_OUTCOME;
        while (step_keyword_next(&list, &word, &type)) {
            assert_int_equal(dialect_step_size(dialect_at(i), word, &found), word.size);
            assert_int_equal(found, type);
        }
    }
}

static void keywords_have_types(void **state)
{
    (void)state;
    static const struct {
        const char *language;
        const char *line;
        size_t size;
        enum step_type type;
    } cases[] = {
        { "en", "Given x", 6, STEP_CONTEXT },
        { "en", "When x", 5, STEP_ACTION },
        { "en", "Then x", 5, STEP_OUTCOME },
        { "en", "And x", 4, STEP_CONJUNCTION },
        { "en", "But x", 4, STEP_CONJUNCTION },
        { "en", "* x", 2, STEP_UNKNOWN },
        { "en", "Given", 0, STEP_UNKNOWN },
        { "en", "given x", 0, STEP_UNKNOWN },
        { "en", "", 0, STEP_UNKNOWN },
        { "ja", "\xE3\x82\x82\xE3\x81\x97x", 6, STEP_ACTION },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        enum step_type type = STEP_UNKNOWN;
        const struct dialect *dialect = dialect_find(text_of(cases[i].language));
        assert_int_equal(dialect_step_size(dialect, text_of(cases[i].line), &type),
                         cases[i].size);
        assert_int_equal(type, cases[i].type);
    }
}

static void titles_need_their_colon(void **state)
{
    (void)state;
    const struct dialect *english = dialect_find(TEXT("en"));
    assert_int_equal(dialect_title_size(english, TITLE_FEATURE, TEXT("Business Need:")), 13);
    assert_int_equal(dialect_title_size(english, TITLE_SCENARIO, TEXT("Scenario: a")), 8);
    assert_int_equal(dialect_title_size(english, TITLE_SCENARIO, TEXT("Scenario : a")), 0);
    assert_int_equal(dialect_title_size(english, TITLE_SCENARIO, TEXT("Scenario")), 0);
    assert_int_equal(dialect_title_size(english, TITLE_SCENARIO, TEXT("Scenario Outline:")), 0);
    assert_int_equal(dialect_title_size(english, TITLE_OUTLINE, TEXT("Scenario Outline:")), 16);
    assert_int_equal(dialect_title_size(english, TITLE_RULE, TEXT("Feature:")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_languages_are_there_in_order),
        cmocka_unit_test(each_language_has_all_keywords),
        cmocka_unit_test(the_longest_step_keyword_wins),
        cmocka_unit_test(keywords_have_types),
        cmocka_unit_test(titles_need_their_colon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
