/* SPDX-License-Identifier: MIT */
#include "format/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define SECOND UINT64_C(1000000000)

static void dates_of_rfc_3339_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t realtime_ns;
    } cases[] = {
        { "1970-01-01T00:00:00Z", 0 },
        { "2026-11-23T10:00:00Z", 1795428000 * SECOND },
        { "2026-11-23 10:00:00z", 1795428000 * SECOND },
        { "2026-11-23T21:00:00+11:00", 1795428000 * SECOND },
        { "2026-11-23T09:30:00-00:30", 1795428000 * SECOND },
        { "2026-11-23T10:00:00.25Z", 1795428000 * SECOND + SECOND / 4 },
        { "2026-11-23", 1795392000 * SECOND },
        { "2024-02-29", 1709164800 * SECOND },
        { "2000-02-29T23:59:59Z", 951868799 * SECOND },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        uint64_t realtime_ns = 1;
        if (!date_parse(text_of(cases[i].text), &realtime_ns) ||
            realtime_ns != cases[i].realtime_ns) {
            fail_msg("%s", cases[i].text);
        }
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = { "",
                                         "now",
                                         "2026-13-01",
                                         "2026-00-01",
                                         "2026-02-29",
                                         "2026-04-31",
                                         "2026-1-1",
                                         "2026-11-23T10:00",
                                         "2026-11-23T10:00:00",
                                         "2026-11-23T24:00:00Z",
                                         "2026-11-23T10:60:00Z",
                                         "2026-11-23T10:00:00+1",
                                         "2026-11-23T10:00:00.Z",
                                         "2026-11-23T10:00:00Zx",
                                         "1969-12-31",
                                         "2501-01-01" };
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        uint64_t realtime_ns = 1;
        if (date_parse(text_of(texts[i]), &realtime_ns) || realtime_ns != 1) {
            fail_msg("%s", texts[i]);
        }
    }
}

static void what_is_printed_reads_back(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    uint64_t at_ns = 1795428000 * SECOND + SECOND / 4;
    assert_string_equal(date_print(&arena, at_ns).at, "2026-11-23T10:00:00.250Z");
    assert_string_equal(date_print_day(&arena, at_ns).at, "2026-11-23");
    for (uint64_t day = 0; day < 200000; day += 97) {
        uint64_t read_ns = 0;
        uint64_t day_ns = day * 86400 * SECOND;
        assert_true(date_parse(date_print_day(&arena, day_ns), &read_ns) || day > 193000);
        assert_true(read_ns == day_ns || day > 193000);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_rfc_3339_are_read),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(what_is_printed_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
