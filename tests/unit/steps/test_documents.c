/* SPDX-License-Identifier: MIT */
/* Whole documents of several answers, requests by tables, values remembered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "support/scenario_fixture.h"

#define TABLE                                                                                  \
    "{\"id\": 7, \"players\": [{\"name\": \"alice\"}, {\"name\": \"bob\", \"bot\": true}]}"

static bool answer(struct raw_connection *connection, const char *path)
{
    if (strncmp(path, "/table", 6) == 0) {
        raw_send_ok(connection, TABLE);
    } else if (strncmp(path, "/text", 5) == 0) {
        raw_send_ok(connection, "no JSON at all");
    } else if (strncmp(path, "/moved", 6) == 0) {
        raw_send(connection,
                 "HTTP/1.1 302 Found\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n");
    } else {
        raw_send_ok(connection, connection->request);
    }
    return true;
}

static int set_up(void **state)
{
    static struct scenario_fixture fixture;
    scenario_fixture_open(&fixture, answer);
    scenario_fixture_write(&fixture, "table.json", "{\"id\": \"#number\"}");
    scenario_fixture_write(&fixture, "other.json", "{\"id\": 8}");
    scenario_fixture_write(&fixture, "broken.json", "{\"id\": \"#nombre\"}");
    scenario_fixture_write(&fixture, "body.txt", "from a file");
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    scenario_fixture_close(*state);
    return 0;
}

#define GET_TABLE "When I send GET \"/table\"\n"
#define BOTH "When alice and bob send GET \"/table\"\n"
#define DOC(json) "  \"\"\"\n  " json "\n  \"\"\"\n"

static void documents_are_held_against_what_is_written(void **state)
{
    static const struct trial rows[] = {
        { GET_TABLE "Then the JSON matches:\n" DOC("{\"id\": 7}"), "passed\n" },
        { GET_TABLE "Then the JSON is:\n" DOC("{\"id\": 7}"),
          "failed\nfailed: the JSON is:: JSON at $.players is not as expected\n  JSON at "
          "$.players: expected …" },
        { GET_TABLE
          "Then the JSON at every \"$.players[*]\" matches:\n" DOC("{\"name\": \"#string\"}"),
          "passed\n" },
        { GET_TABLE "Then the JSON at some \"$.players[*]\" matches:\n" DOC("{\"bot\": true}"),
          "passed\n" },
        { GET_TABLE "Then the JSON at some \"$.players[*]\" matches:\n" DOC("{\"bot\": 1}"),
          "failed\nfailed: …" },
        { GET_TABLE "Then the JSON at every \"$.players[*]\" matches:\n" DOC("{\"bot\": true}"),
          "failed\nfailed: …" },
        { GET_TABLE "Then the JSON at \"$.players[*]\" matches:\n" DOC("{\"name\": \"bob\"}"),
          "failed\nfailed: the JSON at \"$.players[*]\" matches:: JSON at \"$.players[*]\" is "
          "not as expected\n  JSON at \"$.players[*]\": expected exactly one, found 2 of "
          "them\n  hint: write 'at every' or 'at some' for several\n" },
        { GET_TABLE "Then the JSON at every \"$.guests[*]\" is:\n" DOC("{}"),
          "failed\nfailed: …" },
        { GET_TABLE "Then the JSON at \"$.players[0]\" is:\n" DOC("{\"name\": \"alice\"}"),
          "passed\n" },
        { GET_TABLE "Then the JSON at \"$.players[0]\" is:\n" DOC("{\"name\": \"#strin\"}"),
          "failed\nfailed: …" },
        { GET_TABLE "Then the JSON at \"$.players[\" is:\n" DOC("{}"), "failed\nfailed: …" },
        { BOTH "Then all players' JSON matches:\n" DOC("{}"), "failed\nfailed: …" },
        { BOTH "Then the JSON matches:\n" DOC("{\"id\": 8}"),
          "failed\nfailed: the JSON matches:: alice: JSON at $.id is not as expected\n  alice: "
          "JSON at $.id: expected 8, found 7\n  bob: JSON at $.id: expected 8, found 7\n" },
        { BOTH "Then everyone's JSON at \"$.id\" is:\n" DOC("7"), "passed\n" },
        { GET_TABLE "Then the JSON matches file \"table.json\"\n", "passed\n" },
        { BOTH "Then the JSON matches file \"other.json\"\n", "failed\nfailed: …" },
        { GET_TABLE "Then the JSON matches file \"broken.json\"\n", "failed\nfailed: …" },
        { GET_TABLE "Then the JSON matches file \"none.json\"\n", "failed\nfailed: …" },
        { "When I send GET \"/text\"\nThen the JSON matches file \"table.json\"\n",
          "failed\nfailed: …" },
        { "When I send GET \"/text\"\nThen the JSON matches:\n" DOC("{}"),
          "failed\nfailed: …" },
        { "When I send GET \"/text\"\nThen the JSON at \"$.a\" is:\n" DOC("{}"),
          "failed\nfailed: …" },
        { "Then the JSON matches:\n" DOC("{}"), "failed\nfailed: …" },
        { "Then the JSON at \"$.a\" is:\n" DOC("{}"), "failed\nfailed: …" },
        { "Then the JSON matches file \"table.json\"\n", "failed\nfailed: …" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void tables_make_requests(void **state)
{
    static const struct trial rows[] = {
        { "When I send POST \"/echo\" with:\n"
          "  | header \"X-One\"  | 1         |\n"
          "  | query \"page\"    | 2 3       |\n"
          "  | cookie \"theme\"  | dark      |\n"
          "  | bearer token    | token-1   |\n"
          "  | JSON            | {\"a\": 1} |\n"
          "  | response timeout | 2 s      |\n"
          "Then the body contains \"POST /echo?page=2%203 \"\n"
          "And the body contains \"X-One: 1\"\n"
          "And the body contains \"Cookie: theme=dark\"\n"
          "And the body contains \"Authorization: Bearer token-1\"\n"
          "And the body contains \"Content-Type: application/json\"\n"
          "And the body contains \"{\\\"a\\\": 1}\"\n"
          "When I send GET \"/echo\"\n"
          "Then the body does not contain \"X-One\"\n"
          "And the body does not contain \"Authorization\"\n",
          "passed\n" },
        { "When I send POST \"/echo\" with:\n  | form \"a\" | 1 & 2 |\n  | form \"b\" | é |\n"
          "Then the body contains \"a=1+%26+2&b=%C3%A9\"\n",
          "passed\n" },
        { "When I send POST \"/echo\" with:\n  | body | words |\n"
          "Then the body ends with \"words\"\n",
          "passed\n" },
        { "When I send POST \"/echo\" with:\n  | body file | body.txt |\n"
          "Then the body ends with \"from a file\"\n",
          "passed\n" },
        { "When I send POST \"/echo\" with:\n  | body file | ../body.txt |\n",
          "failed\nfailed: …" },
        { "When I send GET \"/echo\" with:\n  | at once | 3 |\n"
          "Then exactly 3 of the responses have status 200\n",
          "passed\n" },
        { "When I send GET \"/echo\" with:\n  | at once | 0 |\n",
          "failed\nfailed: I send GET \"/echo\" with:: cannot send '0' at once\n  hint: write "
          "a "
          "number from 1 to 1000\n" },
        { "When I send GET \"/echo\" with:\n  | response timeout | soon |\n",
          "failed\nfailed: I send GET \"/echo\" with:: 'soon' is not a duration\n  hint: write "
          "a "
          "number and a unit: 300 ms, 2 seconds\n" },
        { "When I send GET \"/echo\" with:\n  | header \"X Y\" | 1 |\n", "failed\nfailed: …" },
        { "When I send GET \"/echo\" with:\n  | JSON | ${nowhere} |\n", "failed\nfailed: …" },
        { "When I send POST \"/echo\" with parts:\n"
          "  | name | value | file     | type       | filename |\n"
          "  | a    | 1     |          |            |          |\n"
          "  | b    |       | body.txt | text/plain | b.txt    |\n"
          "Then the body contains \"filename=\\\"b.txt\\\"\"\n"
          "And the body contains \"from a file\"\n",
          "passed\n" },
        { "When I send POST \"/echo\" with parts:\n  | name | file |\n  | b | none |\n",
          "failed\nfailed: …" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

static void sessions_are_kept_and_resumed(void **state)
{
    static const struct trial rows[] = {
        { "Given alice sets cookie \"sid\" to \"1\"\n"
          "And alice uses bearer token \"token-1\"\n"
          "And alice sets header \"X-One\" to \"1\"\n"
          "When alice keeps the session as \"player\"\n"
          "And bob resumes session \"player\"\n"
          "And bob sends GET \"/echo\"\n"
          "Then the body contains \"Cookie: sid=1\"\n"
          "And the body contains \"Authorization: Bearer token-1\"\n"
          "And the body contains \"X-One: 1\"\n",
          "passed\n" },
        { "Given alice uses basic auth as \"staff\" with password \"four-of-a-kind\"\n"
          "And alice sets cookie \"theme\" to \"dark\"\n"
          "And alice sends cookie \"theme\" back as header \"X-Theme\"\n"
          "And alice removes header \"User-Agent\"\n"
          "And alice uses HTTP version \"1.0\"\n"
          "And alice uses no HTTP version\n"
          "And alice sets header \"X-Tab\" to \"a\tb\"\n"
          "And alice follows redirects\n"
          "And alice trusts any certificate\n"
          "When alice keeps the session as \"all\"\n"
          "And bob resumes session \"all\"\n"
          "And bob sends GET \"/echo\"\n"
          "Then the body contains \"Authorization: Basic c3RhZmY6Zm91ci1vZi1hLWtpbmQ=\"\n"
          "And the body contains \"X-Theme: dark\"\n"
          "And the body contains \"X-Tab: a\tb\"\n"
          "And the body does not contain \"User-Agent\"\n"
          "And the body contains \" HTTP/1.1\"\n"
          "When bob sends GET \"/moved\"\n"
          "Then the status is 200\n"
          "When bob keeps the session as \"again\"\n"
          "And bob follows no redirects\n"
          "And carol resumes session \"again\"\n"
          "And carol sends GET \"/moved\"\n"
          "Then the status is 200\n"
          "And the body contains \"X-Theme: dark\"\n",
          "passed\n" },
        { "When bob resumes session \"nobody\"\n",
          "failed\nfailed: bob resumes session \"nobody\": no session was kept as 'nobody'\n  "
          "hint: keep it first\n" },
    };
    scenario_fixture_assert(*state, rows, ARRAY_SIZE(rows));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(documents_are_held_against_what_is_written),
        TEST(tables_make_requests),
        TEST(sessions_are_kept_and_resumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
