/* SPDX-License-Identifier: MIT */
#include "match/parameter_type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/regex.h"

static const struct parameter_pattern patterns[] = {
    { "DIGIT", "[0-9]", true, NULL },
    { "NUMBER", "<DIGIT>+(?:\\.<DIGIT>+)?", true, NULL },
    { "price", "\\$<NUMBER>|(?<!<)free", false, "$4" },
    { "actor", "[a-z]+", false, "bob" },
};

static void blocks_are_inserted_as_groups(void **state)
{
    (void)state;
    struct parameter_types *types CLEANUP(parameter_types_release) = parameter_types_new();
    parameter_types_add(types, patterns, ARRAY_SIZE(patterns));
    const struct parameter_type *price = parameter_types_find(types, TEXT("price"));
    assert_string_equal(price->patterns[0], "\\$(?:(?:[0-9])+(?:\\.(?:[0-9])+)?)|(?<!<)free");
    assert_null(price->patterns[1]);
    assert_string_equal(price->sample, "$4");
    assert_string_equal(parameter_types_block(types, "NUMBER"), "(?:[0-9])+(?:\\.(?:[0-9])+)?");
    assert_ptr_equal(parameter_types_find(types, TEXT("price")), price);
}

static void blocks_are_no_types_and_types_no_blocks(void **state)
{
    (void)state;
    struct parameter_types *types CLEANUP(parameter_types_release) = parameter_types_new();
    parameter_types_add(types, patterns, ARRAY_SIZE(patterns));
    assert_null(parameter_types_find(types, TEXT("NUMBER")));
    assert_null(parameter_types_block(types, "price"));
    assert_null(parameter_types_find(types, TEXT("nothing")));
}

static void a_later_type_takes_the_name(void **state)
{
    (void)state;
    static const struct parameter_pattern own[] = { { "int", "[0-9]+", false, "1" } };
    struct parameter_types *types CLEANUP(parameter_types_release) = parameter_types_new();
    assert_string_equal(parameter_types_find(types, TEXT("int"))->patterns[1], "\\d+");
    parameter_types_add(types, own, 1);
    assert_string_equal(parameter_types_find(types, TEXT("int"))->patterns[0], "[0-9]+");
}

static void every_built_in_type_matches_its_sample(void **state)
{
    (void)state;
    static const char *const names[] = { "int",   "float",  "word",       "string",
                                         "",      "double", "bigdecimal", "byte",
                                         "short", "long",   "biginteger" };
    struct parameter_types *types CLEANUP(parameter_types_release) = parameter_types_new();
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const struct parameter_type *type = parameter_types_find(types, text_of(names[i]));
        struct regex *regex CLEANUP(regex_release) = NULL;
        assert_non_null(type);
        assert_true(regex_compile(text_of(type->patterns[0]), REGEX_WHOLE, &regex, NULL));
        assert_int_equal(regex_match(regex, text_of(type->sample), 0, NULL, 0), REGEX_MATCHED);
    }
}

static void values_are_unquoted_and_numbers_plain(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        { "string", "\"a\"", "a" },
        { "string", "''", "" },
        { "string", "\"a \\\"b\\\" c\"", "a \"b\" c" },
        { "string", "'a \\'b\\' \\n'", "a 'b' \\n" },
        { "string", "\"ends in \\\\\"", "ends in \\\\" },
        { "string", "\"", "\"" },
        { "int", "-007", "-7" },
        { "int", "0", "0" },
        { "float", "+.5", "0.5" },
        { "float", "-.5E+3", "-0.5E+3" },
        { "word", "\"x\"", "\"x\"" },
        { "biginteger", "007", "007" },
        { "", "", "" },
    };
    struct parameter_types *types CLEANUP(parameter_types_release) = parameter_types_new();
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        const struct parameter_type *type = parameter_types_find(types, text_of(rows[i][0]));
        struct text value = parameter_value(type, text_of(rows[i][1]), &arena);
        assert_string_equal(arena_string(&arena, value), rows[i][2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_inserted_as_groups),
        cmocka_unit_test(blocks_are_no_types_and_types_no_blocks),
        cmocka_unit_test(a_later_type_takes_the_name),
        cmocka_unit_test(every_built_in_type_matches_its_sample),
        cmocka_unit_test(values_are_unquoted_and_numbers_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
