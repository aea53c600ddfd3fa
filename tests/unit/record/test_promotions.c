/* SPDX-License-Identifier: MIT */
#include "record/promotions.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void an_endpoint_stands_for_requests(void **state)
{
    (void)state;
    const struct {
        struct text pattern;
        struct text endpoint;
        bool fits;
    } cases[] = {
        { TEXT("GET /api/tables"), TEXT("GET /api/tables"), true },
        { TEXT("GET /api/tables"), TEXT("POST /api/tables"), false },
        { TEXT("GET /api/tables"), TEXT("GET /api/tables/7"), false },
        { TEXT("GET /api/tables/{id}"), TEXT("GET /api/tables/7"), true },
        { TEXT("GET /api/tables/*"), TEXT("GET /api/tables/7"), true },
        { TEXT("GET /api/tables/7"), TEXT("GET /api/tables/{}"), true },
        { TEXT("GET /api/tables/*"), TEXT("GET /api/tables"), false },
        { TEXT("GET /api/tables/*"), TEXT("GET /api/tables/7/seats"), false },
        { TEXT("GET /api/**"), TEXT("GET /api/tables/7/seats"), true },
        { TEXT("GET /api/**"), TEXT("GET /lobby"), false },
        { TEXT("GET /realtime"), TEXT("socket /realtime"), true },
        { TEXT("socket /realtime"), TEXT("GET /realtime"), true },
        { TEXT("GET"), TEXT("GET /realtime"), false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        if (promotion_endpoint_fits(cases[i].pattern, cases[i].endpoint) != cases[i].fits) {
            fail_msg("%s, %s", cases[i].pattern.at, cases[i].endpoint.at);
        }
    }
}

/* The times of those that concern the endpoints, as digits. */
static uint64_t concerning(const struct text *endpoints, size_t count)
{
    struct text site[] = { TEXT("GET /"), TEXT("GET /lobby") };
    struct text omaha[] = { TEXT("GET /omaha"), TEXT("GET /lobby") };
    const struct config_component components[] = {
        { .name = TEXT("site"), .endpoints = { .list = site, .count = 2 } },
        { .name = TEXT("omaha"), .endpoints = { .list = omaha, .count = 2 } },
        { .name = TEXT("rest") },
    };
    const struct promotion_date list[] = {
        { TEXT("site"), 1 }, { TEXT("omaha"), 2 }, { TEXT_EMPTY, 3 }, { TEXT("omaha"), 4 }
    };
    const struct promotion_dates dates = { list, 4, components, 3 };
    struct promotion_date own[4];
    uint64_t digits = 0;
    size_t found = promotions_of(&dates, endpoints, count, own);
    for (size_t i = 0; i < found; i++) {
        digits = digits * 10 + own[i].at_ns;
    }
    return digits;
}

static void promotions_of_the_owners_concern_a_recording(void **state)
{
    (void)state;
    const struct text endpoints[] = { TEXT("GET /"), TEXT("GET /omaha"), TEXT("GET /lobby"),
                                      TEXT("GET /nobody") };
    assert_int_equal(concerning(&endpoints[0], 1), 13);
    assert_int_equal(concerning(&endpoints[1], 1), 234);
    assert_int_equal(concerning(&endpoints[0], 2), 1234);
    assert_int_equal(concerning(&endpoints[2], 1), 1234);
    assert_int_equal(concerning(&endpoints[3], 1), 1234);
    assert_int_equal(concerning(&endpoints[3], 0), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_endpoint_stands_for_requests),
        cmocka_unit_test(promotions_of_the_owners_concern_a_recording),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
