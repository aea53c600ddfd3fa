/* SPDX-License-Identifier: MIT */
/* Every {setting}: what it takes, what it refuses, and that it can be taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"

static bool answer(struct raw_connection *connection, const char *path)
{
    (void)path;
    raw_send_ok(connection, connection->request);
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

struct setting_case {
    const char *name;
    const char *good; /* with which the server is still reached */
    const char *bad;  /* NULL: it takes anything */
    const char *form; /* of the hint */
};

static const struct setting_case cases[] = {
    { "base URL", NULL, "arena.test", "a URL such as https://staging.example" },
    { "service", NULL, "mail", "the name of a service of the environment" },
    { "bearer token", "token-1", NULL, NULL },
    { "user agent", "arena/1", "a\\nb", NULL },
    { "CA file", "ca.pem", "../ca.pem", NULL },
    { "client certificate", NULL, "../c.pem", NULL },
    { "client key", NULL, "/etc/passwd", NULL },
    { "client key passphrase", "pass-phrase", NULL, NULL },
    { "proxy", NULL, "", "a URL such as http://127.0.0.1:3128" },
    { "resolve", "arena.test:80:127.0.0.1", "arena.test", "host:port:address" },
    { "connect-to", "arena.test:80:127.0.0.1:81", "arena.test:80", "host:port:host:port" },
    { "unix socket", NULL, "", "a path" },
    { "HTTP version", "1.1", "3", "1.0, 1.1 or 2" },
    { "IP version", "4", "5", "4 or 6" },
    { "TLS version", "1.2", "2", "1.0, 1.1, 1.2 or 1.3" },
    { "connect timeout", "2 s", "2", "a duration such as 2 s" },
    { "response timeout", "2 s", "soon", "a duration such as 10 s" },
    { "body limit", "1 MB", "much", "a size such as 1 MB" },
    { "redirect limit", "3", "1001", "a number up to 1000" },
    { "request rate", "1000/s", "0/s", "a rate such as 10/s" },
};

static void each_setting_is_used_and_taken_back(void **state)
{
    struct scenario_fixture *fixture = *state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char steps[500];
        if (cases[i].good) {
            snprintf(steps, sizeof steps,
                     "Given I use %s \"%s\"\nWhen I send GET \"/\"\nThen the status is 200",
                     cases[i].name, cases[i].good);
            assert_string_equal(scenario_fixture_run(fixture, steps), "passed\n");
        }
        snprintf(steps, sizeof steps,
                 "Given I use no %s\nWhen I send GET \"/\"\nThen the status is 200",
                 cases[i].name);
        assert_string_equal(scenario_fixture_run(fixture, steps), "passed\n");
        snprintf(steps, sizeof steps,
                 "Given I use these settings:\n| %s | %s |\nAnd I use no %s\nWhen I send GET "
                 "\"/\"\nThen the status is 200",
                 cases[i].name, cases[i].good ? cases[i].good : "http://127.0.0.1:1",
                 cases[i].name);
        if (strcmp(cases[i].name, "service") != 0) {
            assert_string_equal(scenario_fixture_run(fixture, steps), "passed\n");
        }
    }
}

static void what_a_setting_cannot_be_is_said_with_its_form(void **state)
{
    struct scenario_fixture *fixture = *state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        char steps[500];
        char expected[500];
        if (!cases[i].bad || !cases[i].form) {
            continue;
        }
        snprintf(steps, sizeof steps, "Given I use %s \"%s\"", cases[i].name, cases[i].bad);
        snprintf(expected, sizeof expected,
                 "failed\nfailed: I use %s \"%s\": '%s' is no %s\n  hint: write %s\n",
                 cases[i].name, cases[i].bad, cases[i].bad, cases[i].name, cases[i].form);
        assert_string_equal(scenario_fixture_run(fixture, steps), expected);
    }
}

static void files_of_settings_are_below_the_project_folder(void **state)
{
    struct scenario_fixture *fixture = *state;
    static const char *const names[] = { "CA file", "client certificate", "client key" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        char steps[500];
        char expected[500];
        snprintf(steps, sizeof steps, "Given I use %s \"../a.pem\"", names[i]);
        snprintf(expected, sizeof expected,
                 "failed\nfailed: I use %s \"../a.pem\": the file '../a.pem' is not below the "
                 "project folder '%s'\n  hint: put it there: steps read no other files\n",
                 names[i], fixture->folder);
        assert_string_equal(scenario_fixture_run(fixture, steps), expected);
    }
}

static void what_was_set_is_what_is_sent(void **state)
{
    struct scenario_fixture *fixture = *state;
    static const char steps[] = "Given I use user agent \"arena/1\"\n"
                                "And I use bearer token \"token-1\"\n"
                                "And I use HTTP version \"1.0\"\n"
                                "When I send GET \"/\"\n"
                                "Then the body contains \"User-Agent: arena/1\"\n"
                                "And the body contains \"Authorization: Bearer token-1\"\n"
                                "And the body contains \" HTTP/1.0\"\n"
                                "Given I use no user agent\n"
                                "And I use no bearer token\n"
                                "And I use no HTTP version\n"
                                "When I send GET \"/\"\n"
                                "Then the body does not contain \"User-Agent\"\n"
                                "And the body does not contain \"Authorization\"\n"
                                "And the body contains \" HTTP/1.1\"\n";
    assert_string_equal(scenario_fixture_run(fixture, steps), "passed\n");
}

static void credentials_are_used_by_their_kind_and_checked(void **state)
{
    struct scenario_fixture *fixture = *state;
    static const char basic[] =
        "Given I use basic auth as \"staff\" with password \"four-of-a-kind\"\n"
        "When I send GET \"/\"\n"
        "Then the body contains \"Authorization: Basic c3RhZmY6Zm91ci1vZi1hLWtpbmQ=\"\n";
    static const char headers[] = "Given I set header \"X-One\" to \"1\"\n"
                                  "And I set header \"X-One\" to \"2\"\n"
                                  "And I remove header \"Accept\"\n"
                                  "And I set cookie \"theme\" to \"dark\"\n"
                                  "And I set cookie \"gone\" to \"x\"\n"
                                  "And I delete cookie \"gone\"\n"
                                  "And I send cookie \"theme\" back as header \"X-Theme\"\n"
                                  "When I send GET \"/\"\n"
                                  "Then the body contains \"X-One: 2\"\n"
                                  "And the body does not contain \"X-One: 1\"\n"
                                  "And the body does not contain \"Accept: \"\n"
                                  "And the body contains \"Cookie: theme=dark\"\n"
                                  "And the body contains \"X-Theme: dark\"\n"
                                  "Given I remove header \"X-One\"\n"
                                  "When I start a new session\n"
                                  "And I send GET \"/\"\n"
                                  "Then the body does not contain \"X-One\"\n"
                                  "And the body does not contain \"Cookie\"\n";
    assert_string_equal(scenario_fixture_run(fixture, basic), "passed\n");
    assert_string_equal(scenario_fixture_run(fixture, headers), "passed\n");
    assert_string_equal(
        scenario_fixture_run(fixture, "Given I set header \"a b\" to \"1\""),
        "failed\nfailed: I set header \"a b\" to \"1\": no request can have the header 'a b' "
        "with this value\n  hint: a name has letters, digits and '-'; a value no line ends\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_setting_is_used_and_taken_back),
        TEST(what_a_setting_cannot_be_is_said_with_its_form),
        TEST(files_of_settings_are_below_the_project_folder),
        TEST(what_was_set_is_what_is_sent),
        TEST(credentials_are_used_by_their_kind_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
