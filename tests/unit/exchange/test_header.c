/* SPDX-License-Identifier: MIT */
#include "exchange/header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"

static void fields_keep_order_and_repeats(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct headers headers = { 0 };
    for (int i = 0; i < 20; i++) {
        struct text name = arena_format(&arena, "X-%d", i % 3);
        headers_add(&headers, &arena, name, arena_format(&arena, "%d", i));
    }
    assert_int_equal(headers_count(&headers, TEXT("x-0")), 7);
    size_t index = 0;
    assert_true(text_is(headers_next(&headers, TEXT("X-2"), &index)->value, "2"));
    assert_true(text_is(headers_next(&headers, TEXT("X-2"), &index)->value, "5"));
    struct text value = TEXT("kept");
    assert_false(headers_find(&headers, TEXT("X-3"), &value));
    assert_true(text_is(value, "kept"));
    headers_set(&headers, &arena, TEXT("x-1"), TEXT("only"));
    assert_int_equal(headers_count(&headers, TEXT("X-1")), 1);
    assert_true(text_is(headers.list[headers.count - 1].value, "only"));
    headers_remove(&headers, TEXT("X-0"));
    assert_int_equal(headers.count, 7);
    arena_release(&arena);
}

static void names_are_tokens_and_values_have_no_controls(void **state)
{
    (void)state;
    assert_true(header_name_is_valid(TEXT("X-a_1!#$%&'*+.^`|~")));
    assert_false(header_name_is_valid(TEXT("")));
    assert_false(header_name_is_valid(TEXT("a b")));
    assert_false(header_name_is_valid(TEXT("a:")));
    assert_false(header_name_is_valid(TEXT("a\0b")));
    assert_false(header_name_is_valid(TEXT("\xc3\xa4")));
    assert_true(header_value_is_valid(TEXT("")));
    assert_true(header_value_is_valid(TEXT("a\tb \xc3\xa4")));
    assert_false(header_value_is_valid(TEXT("a\nb")));
    assert_false(header_value_is_valid(TEXT("a\rb")));
    assert_false(header_value_is_valid(TEXT("a\0b")));
    assert_false(header_value_is_valid(TEXT("\x7f")));
}

static void retry_after_is_seconds_or_a_date(void **state)
{
    (void)state;
    uint64_t now_ns = UINT64_C(784111777) * NANOSECONDS_PER_SECOND;
    uint64_t wait_ns = 7;
    assert_true(header_retry_after_ns(TEXT(" 120 "), now_ns, &wait_ns));
    assert_true(wait_ns == 120 * NANOSECONDS_PER_SECOND);
    assert_true(header_retry_after_ns(TEXT("Sun, 06 Nov 1994 08:49:40 GMT"), now_ns, &wait_ns));
    assert_true(wait_ns == 3 * NANOSECONDS_PER_SECOND);
    assert_true(header_retry_after_ns(TEXT("Sun, 06 Nov 1994 08:49:30 GMT"), now_ns, &wait_ns));
    assert_true(wait_ns == 0);
    assert_true(header_retry_after_ns(TEXT("18446744073709551615"), now_ns, &wait_ns));
    assert_true(wait_ns == UINT64_MAX / 2);
    assert_false(header_retry_after_ns(TEXT("-1"), now_ns, &wait_ns));
    assert_false(header_retry_after_ns(TEXT("soon"), now_ns, &wait_ns));
    assert_false(header_retry_after_ns(TEXT(""), now_ns, &wait_ns));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_keep_order_and_repeats),
        cmocka_unit_test(names_are_tokens_and_values_have_no_controls),
        cmocka_unit_test(retry_after_is_seconds_or_a_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
