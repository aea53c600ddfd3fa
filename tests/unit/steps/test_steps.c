/* SPDX-License-Identifier: MIT */
/* Whole scenarios against a scripted server: what steps do, and what they say when they fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"

#define TABLE_JSON                                                                             \
    "{\"id\": 7, \"state\": \"open\", \"players\": [{\"name\": \"alice\", \"chips\": 50}, "    \
    "{\"name\": \"bob\", \"chips\": 20}], \"closed\": null, \"big\": 9007199254740993}"

#define FORM                                                                                   \
    "<html><body><h1>Login</h1><form id='login' action='/echo' method='post'>"                 \
    "<input type='hidden' name='_token' value='t1'><input name='email'></form>"                \
    "<a href='/table'>Lobby</a></body></html>"

static void send_response(struct raw_connection *connection, const char *status,
                          const char *headers, const char *body)
{
    char head[1000];
    snprintf(head, sizeof head, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n", status, headers,
             strlen(body));
    raw_send(connection, head);
    raw_send(connection, body);
}

static bool answer(struct raw_connection *connection, const char *path)
{
    if (strncmp(path, "/table", 6) == 0) {
        send_response(
            connection, "200 OK",
            "Content-Type: application/json\r\nX-Two: a\r\nX-Two: b\r\nETag: \"e1\"\r\n",
            TABLE_JSON);
    } else if (strncmp(path, "/echo", 5) == 0) {
        send_response(connection, "200 OK", "Content-Type: text/plain\r\n",
                      connection->request);
    } else if (strncmp(path, "/form", 5) == 0) {
        send_response(connection, "200 OK", "Content-Type: text/html\r\n", FORM);
    } else if (strncmp(path, "/cookie", 7) == 0) {
        send_response(connection, "302 Found",
                      "Set-Cookie: sid=a%20b; Path=/; HttpOnly; SameSite=Lax\r\n"
                      "Location: /table\r\n",
                      "");
    } else if (strncmp(path, "/xml", 4) == 0) {
        send_response(connection, "200 OK", "Content-Type: application/xml\r\n",
                      "<hands><hand id='1'>AK</hand><hand id='2'>72</hand></hands>");
    } else if (strncmp(path, "/hang", 5) == 0) {
        raw_pause_ms(400);
        send_response(connection, "200 OK", "", "late");
    } else if (strncmp(path, "/reset", 6) == 0) {
        raw_reset(connection);
        return false;
    } else if (strncmp(path, "/empty", 6) == 0) {
        send_response(connection, "204 No Content", "", "");
    } else {
        send_response(connection, "404 Not Found", "", "no such page");
    }
    return true;
}

#define GET_TABLE "When I send GET \"/table\"\n"
#define CHECKED "Then the status is 200\n"

static void test_checks_that_hold_pass(void **state)
{
    static const struct trial rows[] = {
        { GET_TABLE CHECKED "And the JSON at \"$.id\" is 7\n"
                            "And the JSON at \"$.id\" is a number greater than 6\n"
                            "And the JSON at every \"$.players[*].chips\" is at least 20\n"
                            "And the JSON at some \"$.players[*].name\" is \"bob\"\n"
                            "And the JSON at \"$.closed\" is null\n"
                            "And the JSON at \"$.big\" is 9007199254740993\n"
                            "And the JSON at \"$.nothing\" does not exist\n"
                            "And the JSON at \"$.players\" has 2 items\n"
                            "And the JSON at \"$.players\" contains {\"name\": \"bob\"}\n"
                            "And the number of JSON values at \"$.players[*]\" is 2\n"
                            "And the header \"X-Two\" is \"b\"\n"
                            "And the header \"X-Two\" is not \"c\"\n"
                            "And the header \"ETag\" matches /^\"e\\d\"$/\n"
                            "And the URL ends with \"/table\"\n"
                            "And the size is less than 1 kB\n"
                            "And the response time is less than 5 s\n"
                            "And the body contains \"alice\"\n",
          "passed\n" },
        { "When I send GET \"/form\"\n"
          "Then the HTML at \"//h1\" is \"Login\"\n"
          "When I submit the form at \"//form[@id='login']\" with:\n  | email | a@b.test |\n"
          "Then the body contains \"_token=t1\"\n"
          "And the body contains \"email=a%40b.test\"\n",
          "passed\n" },
        { "When I send GET \"/form\"\nAnd I follow the link at \"//a/@href\"\n"
          "Then the JSON at \"$.state\" is \"open\"\n",
          "passed\n" },
        { "When I send GET \"/xml\"\n"
          "Then the XML at every \"//hand/@id\" is a number\n",
          "passed\n" },
        { "When I send GET \"/cookie\"\nThen the status is 302\n"
          "And the cookie \"sid\" is \"a%20b\"\n"
          "And the cookie \"sid\" attribute \"SameSite\" is \"Lax\"\n"
          "And the cookie \"sid\" attribute \"HttpOnly\" exists\n"
          "And the cookie \"sid\" attribute \"Secure\" does not exist\n"
          "Given I send cookie \"sid\" back as header \"X-Sid\"\n"
          "When I send GET \"/echo\"\nThen the body contains \"X-Sid: a b\"\n"
          "When I delete cookie \"sid\"\nAnd I send GET \"/echo\"\n"
          "Then the body does not contain \"sid=\"\n",
          "passed\n" },
        { "Given alice sets header \"X-A\" to \"${actor}\"\n"
          "And alice sets variable \"seat\" to 3\n"
          "When alice sends POST \"/echo\" with JSON:\n  \"\"\"\n  {\"seat\": ${seat}, "
          "\"text\": \"${seat}\"}\n  \"\"\"\n"
          "Then alice's body contains \"X-A: alice\"\n"
          "And the body contains '{\"seat\": 3, \"text\": \"3\"}'\n",
          "passed\n" },
        { "Given there are 3 players\nWhen all players send GET \"/table\"\n"
          "Then all players' status is 200\n"
          "And exactly 3 of the responses have status 2xx\n",
          "passed\n" },
        { "When at the same time:\n  | alice sends GET \"/table\" |\n"
          "  | bob sends GET \"/empty\" |\n"
          "Then exactly 1 of the responses has status 204\n"
          "And alice's JSON at \"$.id\" is the same as alice's JSON at \"$.id\"\n",
          "passed\n" },
        { GET_TABLE "Then the response matches:\n  | status | is 200 |\n"
                    "  | JSON at \"$.id\" | is 7 |\n",
          "passed\n" },
        { GET_TABLE CHECKED "And I save the JSON at \"$.id\" as \"id\"\n"
                            "And I write the body to file \"table.json\"\n"
                            "Then the variable \"id\" is 7\n"
                            "And the body equals file \"table.json\"\n"
                            "And I save the match of /e(\\d)/ in the header \"ETag\" as \"n\"\n"
                            "And the variable \"n\" is 1\n",
          "passed\n" },
        { "Given alice sets cookie \"theme\" to \"dark\"\n"
          "And alice keeps the session as \"s\"\nWhen bob resumes session \"s\"\n"
          "And bob sends GET \"/echo\"\nThen the body contains \"theme=dark\"\n"
          "When bob starts a new session\nAnd bob sends GET \"/echo\"\n"
          "Then the body does not contain \"theme=dark\"\n",
          "passed\n" },
        { "Given afterwards I send GET \"/empty\"\n" GET_TABLE CHECKED, "passed\n" },
        { "Then I cannot reach \"/reset\" because of a reset connection\n", "passed\n" },
        { GET_TABLE "Then the JSON is valid against schema \"good.json\"\n", "passed\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void test_checks_that_fail_say_what_was_expected_and_found(void **state)
{
    static const struct trial rows[] = {
        { GET_TABLE "Then the status is 201\n",
          "failed\nfailed: the status is 201: the status is not as expected\n"
          "  the status: expected is 201, found 200\n" },
        { "Given I wait 1 ms\n", "failed\nscenario: …" },
        { "When I send GET \"/nowhere\"\n", "failed\nscenario: …" },
        { "Then the status is 200\n", "failed\nfailed: the status is 200: …" },
        { GET_TABLE "Then the JSON is valid against schema \"bad.json\"\n",
          "failed\nfailed: the JSON is valid against schema \"bad.json\": JSON at $ is not as "
          "expected\n"
          "  JSON at $: expected a member 'owner' (bad.json#/required), found no such member\n"
          "  JSON at $['id']: expected type string (bad.json#/properties/id/type), found 7\n" },
        { GET_TABLE "Then the JSON is valid against schema \"typo.json\"\n",
          "failed\nfailed: the JSON is valid against schema \"typo.json\": 'requred' is no "
          "keyword of JSON Schema 2020-12\n  hint: did you mean 'required'?\n" },
        { GET_TABLE "Then the JSON is valid against schema \"none.json\"\n",
          "failed\nfailed: …" },
        { GET_TABLE "Then the JSON is valid against schema \"../x.json\"\n",
          "failed\nfailed: …" },
        { "When I send GET \"/form\"\nThen the JSON is valid against schema \"good.json\"\n",
          "failed\nfailed: the JSON is valid against schema \"good.json\": the body is not "
          "JSON: "
          "line 1, column 1: …" },
        { GET_TABLE "Then the JSON at \"$.players[*].name\" is \"bob\"\n",
          "failed\nfailed: …" },
        { GET_TABLE CHECKED "And the variable \"none\" is 1\n", "failed\nfailed: …" },
        { GET_TABLE CHECKED "And I send GET \"/${nowhere}\"\n",
          "failed\nfailed: I send GET \"/${nowhere}\": unknown variable 'nowhere'\n  hint: …" },
        { "When I send GET \"/reset\"\n", "failed\nfailed: I send GET \"/reset\": …" },
        { "Given I use response timeout \"100 ms\"\nWhen I send GET \"/hang\"\n",
          "failed\nfailed: I send GET \"/hang\": …" },
        { "Given I use HTTP version \"7\"\n",
          "failed\nfailed: I use HTTP version \"7\": '7' is no HTTP version\n"
          "  hint: write 1.0, 1.1 or 2\n" },
        { "When all players send GET \"/table\"\n",
          "failed\nfailed: all players send GET \"/table\": unknown group 'players'\n"
          "  hint: make it with 'there are 3 players' or 'these players:'\n" },
        { "Given there are 0 players\n", "failed\nfailed: there are 0 players: a group of 0\n  "
                                         "hint: make it of 1 to 100000\n" },
        { "Given bob resumes session \"none\"\n",
          "failed\nfailed: bob resumes session \"none\": no session was kept as 'none'\n"
          "  hint: keep it first\n" },
        { "Given this scenario is pending because \"later\"\n",
          "pending\npending: this scenario is pending because \"later\": later\n" },
        { "When I fly to the moon\n", "undefined\nundefined: I fly to the moon: \n" },
        { "When I send GET \"/form\"\nThen the HTML at \"//h1\" is \"Lobby\"\n",
          "failed\nfailed: …" },
        { "When I send GET \"/xml\"\nThen the XML at \"//[\" is \"Lobby\"\n",
          "failed\nfailed: …" },
        { "When I send GET \"/table\"\nThen the XML at \"//a\" is \"Lobby\"\n",
          "failed\nfailed: …" },
        { "When I send GET \"/form\"\nAnd I submit the form at \"//h1\" with:\n  | a | b |\n",
          "failed\nfailed: …" },
        { "When I send GET \"/form\"\nAnd I follow the link at \"//p\"\n",
          "failed\nfailed: …" },
        { GET_TABLE "Then the body is:\n  \"\"\"\n  a\n  \"\"\"\n", "failed\nfailed: …" },
        { GET_TABLE "Then the body equals file \"good.json\"\n", "failed\nfailed: …" },
        { GET_TABLE "Then the certificate is valid for at least 1 day\n", "failed\nfailed: …" },
        { GET_TABLE "Then exactly 2 of the responses have status 200\n",
          "failed\nfailed: exactly 2 of the responses have status 200: responses is not as "
          "expected\n  responses: expected 2 with status 200, found 1 (200)\n…" },
        { GET_TABLE "Then I cannot reach \"/table\" because of a timeout\n",
          "failed\nfailed: …" },
        { GET_TABLE CHECKED "And I save the match of /x/ in the body as \"n\"\n",
          "failed\nfailed: …" },
        { GET_TABLE CHECKED "And I write the body to file \"../../x\"\n", "failed\nfailed: …" },
        { "When at the same time:\n  | alice flies |\n",
          "failed\nfailed: at the same time:: "
          "undefined step 'alice flies'\n  hint: `bddrun steps` lists what can be written\n" },
        { "Given afterwards I send GET \"/reset\"\n" GET_TABLE CHECKED,
          "failed\nfailed: I send GET \"/reset\": …" },
        { "Given I use service \"mail\"\n",
          "failed\nfailed: I use service \"mail\": 'mail' is no service\n"
          "  hint: write the name of a service of the environment\n" },
        { "Given I use base URL \"x\"\n",
          "failed\nfailed: I use base URL \"x\": 'x' is no base URL\n  hint: …" },
        { "Given I use request rate \"fast\"\n", "failed\nfailed: I use request rate…" },
        { "Given I use these settings:\n  | colour | red |\n",
          "failed\nfailed: I use these settings:: unknown setting 'colour'\n  hint: …" },
        { "When I repeat the request until the status is 200\n", "failed\nfailed: …" },
        { "When I submit the form at \"//form\" with:\n  | a | b |\n", "failed\nfailed: …" },
        { "When I send GET \"/table\" 0 times at once\n", "failed\nfailed: …" },
        { "When I send POST \"/echo\" with body from file \"none\"\n", "failed\nfailed: …" },
        { "When I send POST \"/echo\" with:\n  | colour | red |\n", "failed\nfailed: …" },
        { "When I send POST \"/echo\" with JSON:\n  \"\"\"\n  {\"a\": ${b}}\n  \"\"\"\n",
          "failed\nfailed: I send POST \"/echo\" with JSON:: unknown variable 'b'\n  hint: …" },
        { "Given I set variable \"a\" to \"${now + x}\"\n",
          "failed\nfailed: I set variable \"a\" to \"${now + x}\": cannot read '${now + x}'\n"
          "  hint: write ${now + 5 minutes} or ${now - 1 day}\n" },
        { "Given I set variable \"a\" to \"${random 0}\"\n", "failed\nfailed: …" },
        { "Given I set variable \"a\" to \"${base64decode '*'}\"\n", "failed\nfailed: …" },
        { "Given I set variable \"a\" to \"${env.HOME}\"\n",
          "failed\nfailed: I set variable \"a\" to \"${env.HOME}\": the environment variable "
          "'HOME' is not listed\n  hint: list it under 'env:' in bddrun.yaml\n" },
        { "Given I set variable \"a\" to \"${a b}\"\n", "failed\nfailed: …" },
        { "Given I set variable \"a\" to \"${sha256}\"\n", "failed\nfailed: …" },
        { "Given these players:\n  | email |\n  | a@b |\n",
          "failed\nfailed: these players:: a person without a name\n"
          "  hint: give the table a column 'name' with a name in every row\n" },
        { "Given these players:\n  | name |\n", "failed\nfailed: …" },
        { "Given there are 2 players\nAnd there are 2 players\n",
          "failed\nfailed: there are 2 players: there is already a group 'players'\n"
          "  hint: give this one another name\n" },
        { GET_TABLE "Then alice's status is 200\n", "failed\nfailed: …" },
        { GET_TABLE "Then the response matches:\n  | colour | is 1 |\n", "failed\nfailed: …" },
        { GET_TABLE "Then the JSON at \"$.id\" is the same as the JSON at \"$.big\"\n",
          "failed\nfailed: …" },
        { "When within 300 ms I send GET \"/table\" until the JSON at \"$.id\" is 8\n",
          "failed\nfailed: …" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static int open_fixture(void **state)
{
    static struct scenario_fixture fixture;
    scenario_fixture_open(&fixture, answer);
    scenario_fixture_write(&fixture, "good.json", "{\"required\": [\"id\"]}");
    scenario_fixture_write(&fixture, "typo.json", "{\"requred\": [\"id\"]}");
    scenario_fixture_write(&fixture, "bad.json",
                           "{\"properties\": {\"id\": {\"type\": \"string\"}}, "
                           "\"required\": [\"id\", \"owner\"]}");
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    scenario_fixture_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks_that_hold_pass),
        cmocka_unit_test(test_checks_that_fail_say_what_was_expected_and_found),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
