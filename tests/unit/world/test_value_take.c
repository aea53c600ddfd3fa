/* SPDX-License-Identifier: MIT */
/* Values remembered and attached: which can be, and what they are then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"

static bool answer(struct raw_connection *connection, const char *path)
{
    (void)path;
    raw_send_ok(connection, "{\"id\": 7, \"list\": [1, 2], \"none\": [], \"name\": \"a b\"}");
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

#define GET "When I send GET \"/\"\nThen the status is 200\n"

static void one_value_is_remembered_as_what_it_is(void **state)
{
    static const struct trial rows[] = {
        { GET "And I save the JSON at \"$.id\" as \"id\"\nAnd the JSON at \"$.id\" is ${id}\n"
              "And I save the JSON at \"$.list\" as \"list\"\n"
              "And the JSON at \"$.list\" is ${list}\n"
              "And I save the JSON at \"$.name\" as \"name\"\n"
              "And the JSON at \"$.name\" is \"${name}\"\n"
              "And the variable \"name\" is \"a b\"\n"
              "And I save the status as \"status\"\nAnd the status is ${status}\n"
              "And I save the header \"Content-Length\" as \"length\"\n"
              "And the header \"Content-Length\" is ${length}\n"
              "And I save the URL as \"url\"\nAnd the URL is \"${url}\"\n"
              "And I save the match of /(\\d)/ in the body as \"digit\"\n"
              "And the variable \"digit\" is 7\n",
          "passed\n" },
        { GET "And I save the response time as \"time\"\n"
              "And the variable \"time\" matches /^[0-9.]+ ms$/\n"
              "And the response time is at most ${time}\n"
              "And the response time is at least ${time}\n",
          "passed\n" },
        { GET "And I save the size as \"size\"\n"
              "And the variable \"size\" matches /^[0-9]+ bytes$/\n"
              "And the size is ${size}\n"
              "And I send GET \"/\"\nAnd the size is at least ${size}\n",
          "passed\n" },
        { GET "And I attach the body as \"page.json\"\nAnd I attach the JSON at \"$.id\" as "
              "\"id.json\"\n",
          "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void what_is_not_one_value_is_not_remembered(void **state)
{
    static const struct trial rows[] = {
        { GET "And I save the JSON at \"$.nothing\" as \"x\"\n",
          "failed\nfailed: I save the JSON at \"$.nothing\" as \"x\": the JSON at "
          "\"$.nothing\" "
          "is not there\n  hint: look at the answer below\n" },
        { GET "And I save the JSON at every \"$.list[*]\" as \"x\"\n",
          "failed\nfailed: I save the JSON at every \"$.list[*]\" as \"x\": the JSON at every "
          "\"$.list[*]\" is not a single value\n  hint: name one value: one actor, one answer, "
          "one node\n" },
        { GET "And I save the JSON at every \"$.none[*]\" as \"x\"\n", "failed\nfailed: …" },
        { GET "And I save the header \"X-None\" as \"x\"\n", "failed\nfailed: …" },
        { GET "And I save the cookie \"none\" as \"x\"\n", "failed\nfailed: …" },
        { "When alice and bob send GET \"/\"\nThen the status is 200\n"
          "And I save the body as \"x\"\n",
          "failed\nfailed: …" },
        { GET "And I save the match of /z/ in the body as \"x\"\n", "failed\nfailed: …" },
        { GET "And I attach the header \"X-None\" as \"x\"\n", "failed\nfailed: …" },
        { "When I save the body as \"x\"\n", "failed\nfailed: …" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_value_is_remembered_as_what_it_is),
        TEST(what_is_not_one_value_is_not_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
