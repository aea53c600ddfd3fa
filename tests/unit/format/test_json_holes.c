/* SPDX-License-Identifier: MIT */
#include "format/json_holes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"

static void holes_outside_of_strings_become_null(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        const char *masked;
    } cases[] = {
        { "{\"a\": ${x}}", "{\"a\": null}" },
        { "[${alice.ticket}, 1]", "[null           , 1]" },
        { "[\"${x}\", \"\\\"${y}\", ${z}]", "[\"${x}\", \"\\\"${y}\", null]" },
        { "[${}, ${a, $x]", "[${}, ${a, $x]" },
        { "[${a{b}]", "[${a{b}]" },
        { "\"open ${x}", "\"open ${x}" },
        { "", "" },
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct text masked = json_holes_mask(&arena, text_of(cases[i].json));
        assert_true(text_is(masked, cases[i].masked));
    }
    arena_release(&arena);
}

static void a_literal_dollar_is_no_hole(void **state)
{
    (void)state;
    assert_true(json_holes_in(TEXT("a ${x} b")));
    assert_true(json_holes_in(TEXT("$${x} ${y}")));
    assert_false(json_holes_in(TEXT("$${x}")));
    assert_false(json_holes_in(TEXT("${}")));
    assert_false(json_holes_in(TEXT("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_outside_of_strings_become_null),
        cmocka_unit_test(a_literal_dollar_is_no_hole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
