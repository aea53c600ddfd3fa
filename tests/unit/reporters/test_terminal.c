/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "support/report_fixture.h"

static void show(void **state)
{
    (void)state;
    struct report_fixture fixture;
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "terminal", NULL);
    printf("%s", report_fixture_read(&fixture, "stdout").at);
    report_fixture_release(&fixture);
    report_fixture_init(&fixture);
    report_fixture_play(&fixture, "junit", "r.xml");
    printf("%s", report_fixture_read(&fixture, "r.xml").at);
    report_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
