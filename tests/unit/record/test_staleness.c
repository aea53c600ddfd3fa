/* SPDX-License-Identifier: MIT */
#include "record/staleness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define MINUTE_NS UINT64_C(60000000000)
#define DAY_NS (UINT64_C(24) * 60 * MINUTE_NS)
#define DAY_MS (DAY_NS / 1000000)
#define NOW_NS (UINT64_C(20780) * DAY_NS)

struct weighed {
    uint64_t recorded_at_ns;
    uint64_t maximum_age_ms;
    enum staleness_kind kind;
    const char *reason;
};

static void age_is_weighed(void **state)
{
    static const struct weighed cases[] = {
        { NOW_NS - 15 * DAY_NS, 14 * DAY_MS, RECORDING_TOO_OLD,
          "15 days old, older than 14 days" },
        { NOW_NS - 14 * DAY_NS, 14 * DAY_MS, RECORDING_FRESH, "" },
        { NOW_NS - 3 * 60 * MINUTE_NS, 60 * 60000, RECORDING_TOO_OLD,
          "3 hours old, older than 1 hour" },
        { NOW_NS - 2 * MINUTE_NS, 1000, RECORDING_TOO_OLD,
          "2 minutes old, older than 0 minutes" },
        { NOW_NS - 900 * DAY_NS, 0, RECORDING_FRESH, "" },
        { NOW_NS + 4 * MINUTE_NS, DAY_MS, RECORDING_FRESH, "" },
        { NOW_NS + 6 * MINUTE_NS, DAY_MS, RECORDING_AHEAD,
          "it was recorded at a time that is still to come" },
        { 0, DAY_MS, RECORDING_UNDATED, "it does not say when it was recorded" },
        { 0, 0, RECORDING_FRESH, "" },
    };
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct staleness found =
            staleness_of(cases[i].recorded_at_ns, NOW_NS, cases[i].maximum_age_ms, NULL, 0);
        assert_int_equal(found.kind, cases[i].kind);
        assert_string_equal(staleness_reason(&found, cases[i].maximum_age_ms, &arena).at,
                            cases[i].reason);
    }
    arena_release(&arena);
}

static void a_later_promotion_outdates_a_recording(void **state)
{
    (void)state;
    const struct promotion_date promotions[] = {
        { TEXT("omaha"), NOW_NS - 5 * DAY_NS },
        { TEXT("site"), NOW_NS - 2 * DAY_NS },
        { TEXT("holdem"), NOW_NS - 3 * DAY_NS },
    };
    struct arena arena;
    arena_init(&arena);
    struct staleness found =
        staleness_of(NOW_NS - 4 * DAY_NS, NOW_NS, 30 * DAY_MS, promotions, 3);
    assert_int_equal(found.kind, RECORDING_OUTDATED);
    assert_string_equal(staleness_reason(&found, 0, &arena).at,
                        "recorded before 'site' was promoted at 2026-11-21T00:00:00.000Z");
    found = staleness_of(NOW_NS - DAY_NS, NOW_NS, 30 * DAY_MS, promotions, 3);
    assert_int_equal(found.kind, RECORDING_FRESH);
    const struct promotion_date unnamed = { TEXT_EMPTY, NOW_NS - 2 * DAY_NS };
    found = staleness_of(NOW_NS - 4 * DAY_NS, NOW_NS, 0, &unnamed, 1);
    assert_string_equal(staleness_reason(&found, 0, &arena).at,
                        "recorded before a release was promoted at 2026-11-21T00:00:00.000Z");
    found = staleness_of(0, NOW_NS, 0, promotions, 3);
    assert_int_equal(found.kind, RECORDING_UNDATED);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_is_weighed),
        cmocka_unit_test(a_later_promotion_outdates_a_recording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
