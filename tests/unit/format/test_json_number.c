/* SPDX-License-Identifier: MIT */
#include "format/json/json_number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "base/attribute.h"

static void the_form_is_that_of_json(void **state)
{
    (void)state;
    static const char *const valid[] = { "0", "-0", "10", "1.5", "1e5", "1E-5", "-1.0e+10" };
    static const char *const invalid[] = { "",   "-",   "01",  "+1", "1.", ".5",
                                           "1e", "1e+", "0x1", " 1", "1 ", "NaN" };
    for (size_t i = 0; i < ARRAY_SIZE(valid); i++) {
        assert_true(json_number_is_valid(text_of(valid[i])));
    }
    for (size_t i = 0; i < ARRAY_SIZE(invalid); i++) {
        assert_false(json_number_is_valid(text_of(invalid[i])));
    }
}

static void order_is_exact_in_any_length(void **state)
{
    (void)state;
    static const struct {
        const char *less;
        const char *greater; /* or equal */
        bool is_equal;
    } cases[] = {
        { "1", "1.0", true },
        { "100", "1e2", true },
        { "0.01", "1e-2", true },
        { "0", "-0.0e9", true },
        { "1200e-2", "12", true },
        { "0.00012", "1.2E-4", true },
        { "9007199254740992", "9007199254740993", false },
        { "0.1", "0.1000000000000000000000000001", false },
        { "-2", "-1", false },
        { "-1", "0", false },
        { "0", "1e-400", false },
        { "1e400", "1e401", false },
        { "-1e401", "-1e400", false },
        { "9", "10", false },
        { "1e-999999999999999999999", "1", false },
        { "1", "1e999999999999999999999", false },
        { "1.9", "2", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct text less = text_of(cases[i].less);
        struct text greater = text_of(cases[i].greater);
        int order = json_number_compare(less, greater);
        assert_int_equal(order, cases[i].is_equal ? 0 : -1);
        assert_int_equal(json_number_compare(greater, less), -order);
    }
}

static void integers_are_known_however_written(void **state)
{
    (void)state;
    static const char *const integers[] = { "0", "0.0", "3", "3.0", "30e-1", "1e9", "-1.5e1" };
    static const char *const others[] = { "0.5", "1e-1", "1.55e1", "30.01" };
    for (size_t i = 0; i < ARRAY_SIZE(integers); i++) {
        assert_true(json_number_is_integer(text_of(integers[i])));
    }
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        assert_false(json_number_is_integer(text_of(others[i])));
    }
}

static void doubles_are_near_also_for_long_texts(void **state)
{
    (void)state;
    char digits[701];
    memset(digits, '0', sizeof digits - 1);
    digits[700] = '\0';
    assert_true(json_number_to_double(TEXT("-2.5")) == -2.5);
    assert_true(json_number_to_double(text_of(digits)) == 0);
    digits[0] = '-';
    digits[1] = '3';
    digits[600] = 'e';
    digits[601] = '-';
    memcpy(digits + 697, "598", 3);
    assert_true(fabs(json_number_to_double(text_of(digits)) + 3) < 1e-9);
    assert_true(isinf(json_number_to_double(TEXT("1e999"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_is_that_of_json),
        cmocka_unit_test(order_is_exact_in_any_length),
        cmocka_unit_test(integers_are_known_however_written),
        cmocka_unit_test(doubles_are_near_also_for_long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
