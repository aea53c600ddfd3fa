/* SPDX-License-Identifier: MIT */
#include "base/exit_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/attribute.h"

static void of_several_codes_the_first_of_the_documented_order_is_used(void **state)
{
    (void)state;
    static const enum exit_code order[] = { 6, 5, 70, 4, 2, 3, 1, 75, 0 };
    for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(order); j++) {
            assert_int_equal(exit_code_worse(order[i], order[j]), order[i < j ? i : j]);
        }
    }
}

static void a_signal_stands_before_all(void **state)
{
    (void)state;
    assert_int_equal(exit_code_worse(EXIT_CODE_SIGNAL + 15, EXIT_CODE_NEEDS_PERSON), 143);
    assert_int_equal(exit_code_worse(EXIT_CODE_NO, EXIT_CODE_SIGNAL + 2), 130);
}

static void every_code_has_words(void **state)
{
    (void)state;
    assert_string_equal(exit_code_meaning(EXIT_CODE_USAGE),
                        "wrong usage, configuration or input");
    assert_string_equal(exit_code_meaning(EXIT_CODE_SIGNAL + 2), "ended by a signal");
    assert_string_equal(exit_code_meaning(EXIT_CODE_YES), "yes, all well");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_several_codes_the_first_of_the_documented_order_is_used),
        cmocka_unit_test(a_signal_stands_before_all),
        cmocka_unit_test(every_code_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
