/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"

static void every_scalar_value_survives_a_round_trip(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        char encoded[4];
        uint32_t decoded = 0;
        size_t size = utf8_encode(c, encoded);
        if (utf8_decode(text_make(encoded, size), &decoded) != size || decoded != c) {
            fail_msg("U+%04X", c);
        }
    }
}

static void invalid_sequences_are_refused(void **state)
{
    (void)state;
    static const struct text cases[] = {
        TEXT_STATIC(""),
        TEXT_STATIC("\x80"),     /* continuation without a start */
        TEXT_STATIC("\xC0\x80"), /* overlong NUL */
        TEXT_STATIC("\xC1\xBF"),
        TEXT_STATIC("\xE0\x80\x80"),
        TEXT_STATIC("\xE0\x9F\xBF"),
        TEXT_STATIC("\xF0\x8F\xBF\xBF"),
        TEXT_STATIC("\xED\xA0\x80"), /* surrogates */
        TEXT_STATIC("\xED\xBF\xBF"),
        TEXT_STATIC("\xF4\x90\x80\x80"), /* above U+10FFFF */
        TEXT_STATIC("\xF5\x80\x80\x80"),
        TEXT_STATIC("\xFF"),
        TEXT_STATIC("\xC3"), /* cut */
        TEXT_STATIC("\xE2\x82"),
        TEXT_STATIC("\xE2\x28\xA1"),
        TEXT_STATIC("\xF0\x9F\x98"),
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint32_t untouched = 7;
        assert_int_equal(utf8_decode(cases[i], &untouched), 0);
        assert_int_equal(untouched, 7);
    }
    assert_int_equal(utf8_decode(TEXT("\xE2\x82\xAC"), NULL), 3);
}

static void what_is_no_scalar_value_becomes_a_replacement_character(void **state)
{
    (void)state;
    char encoded[4];
    assert_int_equal(utf8_encode(0xD800, encoded), 3);
    assert_memory_equal(encoded, "\xEF\xBF\xBD", 3);
    assert_int_equal(utf8_encode(0x110000, encoded), 3);
}

static void the_first_invalid_byte_is_found(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid_size(TEXT("ab\xC3\xA9z\xFFq")), 5);
    assert_int_equal(utf8_valid_size(TEXT_EMPTY), 0);
    assert_true(utf8_is_valid(TEXT("\xC3\xA9\xF0\x9F\x98\x80")));
    assert_false(utf8_is_valid(TEXT("a\xC3")));
}

static void code_points_are_counted_an_invalid_byte_as_one(void **state)
{
    (void)state;
    struct text text = TEXT("a\xC3\xA9\xFF\xF0\x9F\x98\x80");
    assert_int_equal(utf8_count(text), 4);
    assert_int_equal(utf8_offset(text, 0), 0);
    assert_int_equal(utf8_offset(text, 2), 3);
    assert_int_equal(utf8_offset(text, 3), 4);
    assert_int_equal(utf8_offset(text, 4), 8);
    assert_int_equal(utf8_offset(text, 99), 8);
}

static void white_space_is_unicodes_and_the_byte_order_mark(void **state)
{
    (void)state;
    static const uint32_t spaces[] = { 0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x20,
                                       0x85,   0xA0,   0x1680, 0x2000, 0x2005, 0x200A,
                                       0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF };
    static const uint32_t others[] = { 0x00,   0x08,   0x0E,   0x1F,    0x21,   0x84,
                                       0x86,   0x180E, 0x200B, 0x2027,  0x202A, 0x2060,
                                       0x3001, 0xFEFE, 0xFFFF, 0x10FFFF };
    for (size_t i = 0; i < ARRAY_SIZE(spaces); i++) {
        assert_true(utf8_is_space(spaces[i]));
    }
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        assert_false(utf8_is_space(others[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_survives_a_round_trip),
        cmocka_unit_test(invalid_sequences_are_refused),
        cmocka_unit_test(what_is_no_scalar_value_becomes_a_replacement_character),
        cmocka_unit_test(the_first_invalid_byte_is_found),
        cmocka_unit_test(code_points_are_counted_an_invalid_byte_as_one),
        cmocka_unit_test(white_space_is_unicodes_and_the_byte_order_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
