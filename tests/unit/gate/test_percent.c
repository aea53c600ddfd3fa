/* SPDX-License-Identifier: MIT */
#include "gate/measure/percent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void shares_are_compared_exactly(void **state)
{
    (void)state;
    static const struct {
        struct ratio ratio;
        uint64_t millionths;
        bool reaches;
        uint64_t missing;
        const char *text;
    } cases[] = {
        { { 1999, 2000 }, 100000000, false, 1, "99.95 % (1999 of 2000)" },
        { { 2000, 2000 }, 100000000, true, 0, "100.00 % (2000 of 2000)" },
        { { 199999, 200000 }, 100000000, false, 1, "99.99 % (199999 of 200000)" },
        { { 179, 200 }, 89500000, true, 0, "89.50 % (179 of 200)" },
        { { 179, 200 }, 89500001, false, 1, "89.50 % (179 of 200)" },
        { { 179, 200 }, 90000000, false, 1, "89.50 % (179 of 200)" },
        { { 2, 3 }, 66666666, true, 0, "66.66 % (2 of 3)" },
        { { 2, 3 }, 66666667, false, 1, "66.66 % (2 of 3)" },
        { { 0, 0 }, 0, false, 0, "nothing to measure" },
        { { 0, 1 }, 0, true, 0, "0.00 % (0 of 1)" },
        { { UINT64_MAX - 1, UINT64_MAX },
          100000000,
          false,
          1,
          "99.99 % (18446744073709551614 of 18446744073709551615)" },
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(ratio_reaches(cases[i].ratio, cases[i].millionths), cases[i].reaches);
        assert_int_equal(ratio_missing(cases[i].ratio, cases[i].millionths), cases[i].missing);
        assert_string_equal(ratio_text(&arena, cases[i].ratio).at, cases[i].text);
    }
    arena_release(&arena);
}

static void sums_saturate(void **state)
{
    (void)state;
    struct ratio ratio = { 1, UINT64_MAX - 1 };
    ratio_add(&ratio, (struct ratio){ 2, 3 });
    assert_int_equal(ratio.covered, 3);
    assert_int_equal(ratio.total, UINT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(shares_are_compared_exactly),
                                        cmocka_unit_test(sums_saturate) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
