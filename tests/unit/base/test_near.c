/* SPDX-License-Identifier: MIT */
#include "base/near.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/attribute.h"

static void distance_counts_edits_and_swaps(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t distance;
    } cases[] = { { "", "", 0 },         { "", "abc", 3 },
                  { "abc", "", 3 },      { "tags", "tags", 0 },
                  { "TAGS", "tags", 0 }, { "tgas", "tags", 1 },
                  { "tag", "tags", 1 },  { "tagss", "tags", 1 },
                  { "togs", "tags", 1 }, { "kitten", "sitting", 3 },
                  { "ca", "abc", 3 } };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_int_equal(near_distance(text_of(cases[i].a), text_of(cases[i].b)),
                         cases[i].distance);
    }
}

static void long_texts_are_far_apart_unless_equal(void **state)
{
    (void)state;
    char a[80];
    memset(a, 'a', sizeof a);
    struct text longer = text_make(a, 80);
    assert_int_equal(near_distance(longer, TEXT("a")), 64);
    assert_int_equal(near_distance(TEXT("a"), longer), 64);
    assert_int_equal(near_distance(longer, longer), 0);
}

static void the_three_nearest_are_kept_nearest_first(void **state)
{
    (void)state;
    struct near near;
    near_init(&near, TEXT("response"));
    static const char *const names[] = { "request",   "responsse", "respond",
                                         "response2", "Response",  "responses!" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        near_offer(&near, text_of(names[i]));
    }
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 200);
    near_print(&out, &near);
    assert_string_equal(out.at, "'Response', 'responsse' or 'response2'");
}

static void nothing_near_prints_nothing(void **state)
{
    (void)state;
    struct near near;
    near_init(&near, TEXT("x"));
    near_offer(&near, TEXT("response"));
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 200);
    near_print(&out, &near);
    assert_int_equal(out.size, 0);
    near_offer(&near, TEXT("xy"));
    near_print(&out, &near);
    assert_string_equal(out.at, "'xy'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits_and_swaps),
        cmocka_unit_test(long_texts_are_far_apart_unless_equal),
        cmocka_unit_test(the_three_nearest_are_kept_nearest_first),
        cmocka_unit_test(nothing_near_prints_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
