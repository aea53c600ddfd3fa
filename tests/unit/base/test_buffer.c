/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "support/dies.h"

static void every_addition_keeps_the_end_terminated(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 1000);
    assert_string_equal(buffer_text(&buffer).at, "");
    buffer_add(&buffer, TEXT("ab"));
    buffer_add_string(&buffer, "cd");
    buffer_add_byte(&buffer, 'e');
    buffer_add_repeated(&buffer, '-', 3);
    buffer_add_code_point(&buffer, 0x20AC);
    buffer_add_format(&buffer, "[%d]", 42);
    buffer_add(&buffer, TEXT_EMPTY);
    assert_string_equal(buffer.at, "abcde---\xE2\x82\xAC[42]");
    assert_int_equal(buffer.size, strlen(buffer.at));
    assert_false(buffer.is_over_limit);
}

static void it_grows_over_many_additions(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, BUFFER_NO_LIMIT);
    for (int i = 0; i < 1000; i++) {
        buffer_add_format(&buffer, "%03d,", i);
    }
    assert_int_equal(buffer.size, 4000);
    assert_memory_equal(buffer.at + 3996, "999,", 5);
    buffer_add_repeated(&buffer, 'x', 10000);
    assert_int_equal(buffer.size, 14000);
}

static void what_passes_the_limit_is_dropped_whole_and_remembered(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 5);
    buffer_add_string(&buffer, "12345");
    assert_false(buffer.is_over_limit);
    buffer_add_byte(&buffer, '6');
    assert_true(buffer.is_over_limit);
    buffer_add(&buffer, TEXT_EMPTY);
    buffer_add_repeated(&buffer, 'x', 1);
    buffer_add_format(&buffer, "x");
    assert_string_equal(buffer.at, "12345");
    buffer_clear(&buffer);
    assert_false(buffer.is_over_limit);
    assert_string_equal(buffer.at, "");
    buffer_add_string(&buffer, "longer than it");
    assert_true(buffer.is_over_limit);
    assert_int_equal(buffer.size, 0);
}

static void bytes_are_consumed_at_the_front_and_cut_at_the_end(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer buffer;
    buffer_init(&buffer, 100);
    buffer_clear(&buffer);
    buffer_consume(&buffer, 0);
    buffer_add_string(&buffer, "abcdef");
    buffer_consume(&buffer, 2);
    assert_string_equal(buffer.at, "cdef");
    buffer_truncate(&buffer, 9);
    assert_int_equal(buffer.size, 4);
    buffer_truncate(&buffer, 1);
    assert_string_equal(buffer.at, "c");
    buffer_consume(&buffer, 1);
    assert_string_equal(buffer.at, "");
}

static void consume_too_much(void)
{
    struct buffer buffer;
    buffer_init(&buffer, 100);
    buffer_consume(&buffer, 1);
}

static void consuming_more_than_there_is_is_a_bug(void **state)
{
    (void)state;
    assert_dies(consume_too_much, 70, ": cannot consume 1 of 0 bytes\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_addition_keeps_the_end_terminated),
        cmocka_unit_test(it_grows_over_many_additions),
        cmocka_unit_test(what_passes_the_limit_is_dropped_whole_and_remembered),
        cmocka_unit_test(bytes_are_consumed_at_the_front_and_cut_at_the_end),
        cmocka_unit_test(consuming_more_than_there_is_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
