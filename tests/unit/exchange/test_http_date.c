/* SPDX-License-Identifier: MIT */
#include "exchange/http_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"

static void every_form_of_a_date_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        uint64_t seconds;
    } cases[] = {
        { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
        { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
        { "Sun Nov  6 08:49:37 1994", 784111777 },
        { "06 NOVEMBER 94 8:49:37", 784111777 },
        { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
        { "Sat, 29 Feb 2020 00:00:01 GMT", 1582934401 },
        { "Fri, 31 Dec 1999 23:59:60 GMT", 946684800 },
        { "Tue, 19-Jan-2038 03:14:08 GMT", 2147483648 },
        { "01-Jan-69 00:00:00", 3124224000 },
        { "1 Jan 1700 00:00:00", 0 },
        { "Wed, 1 Mar 2000 00:00:00 GMT", 951868800 },
        { "Mon, 23 Nov 2026 11:00:00 GMT", 1795431600 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint64_t actual_ns = 1;
        assert_true(http_date_parse(text_of(cases[i].date), &actual_ns));
        assert_int_equal(actual_ns / NANOSECONDS_PER_SECOND, cases[i].seconds);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const dates[] = {
        "",
        "tomorrow",
        "Sun, 06 Nov 1994",
        "06 Nov 08:49:37",
        "Nov 1994 08:49:37",
        "06 1994 08:49:37 GMT",
        "32 Nov 1994 08:49:37",
        "00 Nov 1994 08:49:37",
        "06 Nov 1994 24:00:00",
        "06 Nov 1994 08:60:00",
        "06 Nov 1994 08:49:61",
        "06 Nov 1994 08:49",
        "06 Nov 1994 0008:49:37",
        "06 Nov 1600 08:49:37",
        "06 Nov 19940 08:49:37",
        "06 Nov 4 08:49:37",
    };
    for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
        uint64_t actual_ns = 42;
        if (http_date_parse(text_of(dates[i]), &actual_ns)) {
            fail_msg("%s", dates[i]);
        }
        assert_int_equal(actual_ns, 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_a_date_is_read),
        cmocka_unit_test(what_is_no_date_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
