/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"

static void texts_are_equal_by_bytes(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("ab"), text_make("abc", 2)));
    assert_false(text_equal(TEXT("ab"), TEXT("ac")));
    assert_false(text_equal(TEXT("ab"), TEXT("abc")));
    assert_true(text_equal(text_make(NULL, 0), TEXT_EMPTY));
    assert_true(text_is(text_of(NULL), ""));
    assert_true(text_equal_ignoring_case(TEXT("Content-Type"), TEXT("cONTENT-tYPE")));
    assert_false(text_equal_ignoring_case(TEXT("a"), TEXT("b")));
    assert_false(text_equal_ignoring_case(TEXT("a"), TEXT("ab")));
    assert_false(text_equal_ignoring_case(TEXT("\xC3\x84"), TEXT("\xC3\xA4")));
}

static void order_is_by_bytes_then_size(void **state)
{
    (void)state;
    assert_true(text_compare(TEXT("a"), TEXT("b")) < 0);
    assert_true(text_compare(TEXT("b"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
    assert_true(text_compare(TEXT("ab"), TEXT("a")) > 0);
    assert_int_equal(text_compare(TEXT("ab"), TEXT("ab")), 0);
    assert_int_equal(text_compare(text_make(NULL, 0), TEXT_EMPTY), 0);
    assert_true(text_compare(TEXT("\x7F"), TEXT("\x80")) < 0);
}

static void parts_are_found(void **state)
{
    (void)state;
    struct text whole = TEXT("abcabc");
    assert_true(text_starts_with(whole, TEXT("abc")));
    assert_false(text_starts_with(whole, TEXT("b")));
    assert_false(text_starts_with(TEXT("a"), TEXT("abc")));
    assert_true(text_ends_with(whole, TEXT("bc")));
    assert_false(text_ends_with(whole, TEXT("b")));
    assert_false(text_ends_with(TEXT("c"), TEXT("bc")));
    assert_true(text_contains(whole, TEXT("cab")));
    assert_false(text_contains(whole, TEXT("cb")));
    assert_true(text_contains(whole, TEXT_EMPTY));
    assert_true(text_contains(TEXT_EMPTY, TEXT_EMPTY));
    assert_int_equal(text_find(whole, TEXT("bc"), 2), 4);
    assert_int_equal(text_find(whole, TEXT("bc"), 5), 6);
    assert_int_equal(text_find(whole, TEXT("bc"), 9), 6);
    assert_int_equal(text_find(whole, TEXT_EMPTY, 3), 3);
    assert_int_equal(text_find(whole, TEXT_EMPTY, 9), 6);
    assert_int_equal(text_find_byte(whole, 'c', 3), 5);
    assert_int_equal(text_find_byte(whole, 'x', 0), 6);
    assert_int_equal(text_find_byte(whole, 'a', 6), 6);
}

static void slices_are_clamped(void **state)
{
    (void)state;
    struct text whole = TEXT("abcdef");
    assert_true(text_is(text_slice(whole, 1, 3), "bc"));
    assert_true(text_is(text_slice(whole, 4, 99), "ef"));
    assert_true(text_is(text_slice(whole, 5, 2), ""));
    assert_true(text_is(text_from(whole, 99), ""));
    assert_null(text_slice(text_make(NULL, 0), 1, 2).at);
}

static void white_space_is_trimmed_at_both_ends(void **state)
{
    (void)state;
    assert_true(text_is(text_trim(TEXT(" \t\r\n\v\fa b ")), "a b"));
    assert_true(text_is(text_trim(TEXT("   ")), ""));
    assert_true(text_is(text_trim(TEXT_EMPTY), ""));
}

static void parts_are_taken_until_nothing_is_left(void **state)
{
    (void)state;
    struct text rest = TEXT("a,,b,");
    struct text part;
    static const char *const parts[] = { "a", "", "b", "" };
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        assert_true(text_take_until(&rest, ',', &part));
        assert_true(text_is(part, parts[i]));
    }
    assert_false(text_take_until(&rest, ',', &part));
}

static void whole_numbers_are_digits_without_overflow(void **state)
{
    (void)state;
    uint64_t value = 7;
    static const char *const bad[] = { "",
                                       "-1",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1.0",
                                       "0x1",
                                       "a",
                                       "18446744073709551616",
                                       "99999999999999999999" };
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        assert_false(text_to_uint64(text_of(bad[i]), &value));
        assert_int_equal(value, 7);
    }
    assert_true(text_to_uint64(TEXT("18446744073709551615"), &value));
    assert_true(value == UINT64_MAX);
    assert_true(text_to_uint64(TEXT("007"), &value));
    assert_int_equal(value, 7);
}

static void numbers_have_the_form_of_json(void **state)
{
    (void)state;
    double value = 7;
    static const char *const bad[] = { "",   "-",   ".5",  "5.",   "1e",  "1e+", "+1",   "1 ",
                                       " 1", "nan", "inf", "0x10", "1,5", "--1", "1.2.3" };
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        assert_false(text_to_double(text_of(bad[i]), &value));
        assert_true(value == 7.0);
    }
    static const struct {
        const char *text;
        double value;
    } good[] = { { "0", 0 },      { "-1", -1 },        { "1.5", 1.5 }, { "1e3", 1000 },
                 { "2E-1", 0.2 }, { "-0.25e+2", -25 }, { "00012", 12 } };
    for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
        assert_true(text_to_double(text_of(good[i].text), &value));
        assert_true(value == good[i].value);
    }
    char digits[600];
    for (size_t i = 0; i < sizeof digits; i++) {
        digits[i] = '1';
    }
    assert_false(text_to_double(text_make(digits, sizeof digits), &value));
}

static void hashes_differ(void **state)
{
    (void)state;
    assert_true(text_hash(TEXT_EMPTY) == 0xcbf29ce484222325U);
    assert_true(text_hash(TEXT("a")) == 0xaf63dc4c8601ec8cU); /* published test vector */
    assert_true(text_hash(TEXT("ab")) != text_hash(TEXT("ba")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_equal_by_bytes),
        cmocka_unit_test(order_is_by_bytes_then_size),
        cmocka_unit_test(parts_are_found),
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(white_space_is_trimmed_at_both_ends),
        cmocka_unit_test(parts_are_taken_until_nothing_is_left),
        cmocka_unit_test(whole_numbers_are_digits_without_overflow),
        cmocka_unit_test(numbers_have_the_form_of_json),
        cmocka_unit_test(hashes_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
