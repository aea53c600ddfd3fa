/* SPDX-License-Identifier: MIT */
#include "base/quantity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void durations_have_every_unit_in_singular_and_plural(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t ms;
    } cases[] = {
        { "250 ms", 250 },         { "250ms", 250 },
        { "1 millisecond", 1 },    { "2 s", 2000 },
        { "1.5 s", 1500 },         { "1 second", 1000 },
        { "3 seconds", 3000 },     { "15 min", 900000 },
        { "1 minute", 60000 },     { "6 h", 21600000 },
        { "2 hours", 7200000 },    { "1 day", 86400000 },
        { "14 days", 1209600000 }, { "0 s", 0 },
        { "2 milliseconds", 2 },   { "1 hour", 3600000 },
        { "2 minutes", 120000 },   { "1.0015 s", 1002 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint64_t ms = 99;
        assert_true(quantity_duration_ms(text_of(cases[i].text), &ms));
        assert_int_equal(ms, cases[i].ms);
    }
}

static void what_is_no_duration_is_refused_and_leaves_the_result(void **state)
{
    (void)state;
    static const char *const cases[] = { "",        "5",        "s",          "5 S",
                                         "5  s",    "-5 s",     "1e3 s",      "5 s ",
                                         " 5 s",    "1. s",     ".5 s",       "5 kB",
                                         "1.2.3 s", "0.0004 s", "37000 days", "0.4 ms" };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint64_t ms = 7;
        assert_false(quantity_duration_ms(text_of(cases[i]), &ms));
        assert_int_equal(ms, 7);
    }
}

static void what_is_compared_has_nanoseconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t ns;
    } cases[] = {
        { "0.5 ms", 500000 }, { "0.000001 ms", 1 },    { "1.5 s", 1500000000 },
        { "0 s", 0 },         { "300 ms", 300000000 }, { "0.0004 s", 400000 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint64_t ns = 7;
        assert_true(quantity_duration_ns(text_of(cases[i].text), &ns));
        assert_int_equal(ns, cases[i].ns);
    }
    uint64_t ns = 7;
    assert_false(quantity_duration_ns(TEXT("37000 days"), &ns));
    assert_false(quantity_duration_ns(TEXT("5"), &ns));
    assert_int_equal(ns, 7);
}

static void sizes_are_decimal_or_binary(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t bytes;
    } cases[] = {
        { "1 byte", 1 },        { "20 bytes", 20 },      { "20 kB", 20000 },
        { "1KiB", 1024 },       { "1.5 MB", 1500000 },   { "1 MiB", 1048576 },
        { "2 GB", 2000000000 }, { "1 GiB", 1073741824 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint64_t bytes = 0;
        assert_true(quantity_size_bytes(text_of(cases[i].text), &bytes));
        assert_int_equal(bytes, cases[i].bytes);
    }
    uint64_t bytes = 7;
    assert_false(quantity_size_bytes(TEXT("20"), &bytes));
    assert_false(quantity_size_bytes(TEXT("20 kb"), &bytes));
    assert_false(quantity_size_bytes(TEXT("9007199254740993 bytes0"), &bytes));
    assert_false(quantity_size_bytes(TEXT("90071992547 GB"), &bytes));
    assert_int_equal(bytes, 7);
}

static void rates_are_per_second_minute_or_hour(void **state)
{
    (void)state;
    double rate = 0;
    assert_true(quantity_rate_per_second(TEXT("200/s"), &rate));
    assert_true(rate == 200.0);
    assert_true(quantity_rate_per_second(TEXT("300 /min"), &rate));
    assert_true(rate == 5.0);
    assert_true(quantity_rate_per_second(TEXT("36/h"), &rate));
    assert_true(rate == 0.01);
    assert_false(quantity_rate_per_second(TEXT("0/s"), &rate));
    assert_false(quantity_rate_per_second(TEXT("5/day"), &rate));
    assert_false(quantity_rate_per_second(TEXT("5"), &rate));
    assert_true(rate == 0.01);
}

static void durations_print_in_the_largest_exact_unit(void **state)
{
    (void)state;
    static const struct {
        uint64_t ms;
        const char *printed;
    } cases[] = { { 0, "0 ms" },    { 250, "250 ms" },    { 1500, "1500 ms" },
                  { 2000, "2 s" },  { 900000, "15 min" }, { 7200000, "2 h" },
                  { 90000, "90 s" } };
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 100);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        buffer_clear(&out);
        quantity_print_duration(&out, cases[i].ms);
        assert_string_equal(out.at, cases[i].printed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_have_every_unit_in_singular_and_plural),
        cmocka_unit_test(what_is_no_duration_is_refused_and_leaves_the_result),
        cmocka_unit_test(what_is_compared_has_nanoseconds),
        cmocka_unit_test(sizes_are_decimal_or_binary),
        cmocka_unit_test(rates_are_per_second_minute_or_hour),
        cmocka_unit_test(durations_print_in_the_largest_exact_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
