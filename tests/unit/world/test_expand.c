/* SPDX-License-Identifier: MIT */
/* ${…} while steps run: what it stands for, and what is said where it stands for nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"

static bool answer(struct raw_connection *connection, const char *path)
{
    raw_send_ok(connection, path);
    return true;
}

static int set_up(void **state)
{
    static struct scenario_fixture fixture;
    scenario_fixture_open(&fixture, answer);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    scenario_fixture_close(*state);
    return 0;
}

static void a_secret_without_a_value_says_where_to_give_it(void **state)
{
    struct scenario_fixture *fixture = *state;
    static struct config_secret secret = {
        .name = TEXT_STATIC("door"),
        .source = { .origin = TEXT_STATIC("environment variable 'DOOR_KEY'") },
    };
    fixture->settings.secrets = &secret;
    fixture->settings.secret_count = 1;
    assert_string_equal(scenario_fixture_run(fixture, "When I send GET \"/${door}\""),
                        "failed\n"
                        "failed: I send GET \"/${door}\": the secret 'door' has no value\n"
                        "  hint: give it by environment variable 'DOOR_KEY', or by "
                        "BDDRUN_SECRET_door\n");
    assert_string_equal(
        scenario_fixture_run(fixture, "When I send GET \"/${window}\""),
        "failed\n"
        "failed: I send GET \"/${window}\": unknown variable 'window'\n"
        "  hint: save it in an earlier step, declare it under 'variables:' in "
        "bddrun.yaml, or give it with -D window=…; a secret under 'secrets:'\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_secret_without_a_value_says_where_to_give_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
