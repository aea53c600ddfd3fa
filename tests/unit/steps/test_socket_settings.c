/* SPDX-License-Identifier: MIT */
/* What bddrun.yaml says about sockets, in scenarios: protocols, keys, headers, read-only hosts,
 * limits; and what a socket has of its actor's session. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "config/document.h"
#include "support/scenario_fixture.h"
#include "support/talk.h"

static const char sockets_section[] =
    "table: {protocol: socketio, headers: {X-Kind: '${actor}'}}\n"
    "echo:\n"
    "  protocol: pusher\n"
    "  key: '${key}'\n"
    "  auth: /broadcasting/auth?as=${actor}\n"
    "feed: {protocol: json, url: 'http://127.0.0.1:PORT/base'}\n"
    "later: {protocol: phoenix}\n"
    "slow: {protocol: pusher, key: key1, auth: /hang}\n"
    "dead: {protocol: pusher, key: key1, auth: 'http://127.0.0.1:1/'}\n"
    "mail: {protocol: text}\n"
    "odd: {protocol: json, key: '${nothing}'}\n";

struct settings_fixture {
    struct scenario_fixture scenario;
    struct config_environment environment;
    struct config_pair service;
    struct source source;
    char yaml[1000];
    char service_url[100];
};

static void read_sockets(struct settings_fixture *fixture)
{
    const char *port = strstr(sockets_section, "PORT");
    struct problems problems CLEANUP(problems_release);
    problems_init(&problems);
    snprintf(fixture->yaml, sizeof fixture->yaml, "%.*s%d%s", (int)(port - sockets_section),
             sockets_section, fixture->scenario.http.server.port, port + 4);
    source_init(&fixture->source, TEXT("bddrun.yaml"), text_of(fixture->yaml));
    assert_true(config_document_parse(&fixture->source, &fixture->scenario.http.arena,
                                      &fixture->environment.sockets, &problems));
}

static int open_fixture(void **state)
{
    static struct settings_fixture fixture;
    scenario_fixture_open(&fixture.scenario, talk_answer);
    struct config_limits *limits = &fixture.scenario.settings.limits;
    limits->receive_ms = limits->connect_ms = limits->response_ms = 2000;
    limits->poll_ms = 20;
    read_sockets(&fixture);
    snprintf(fixture.service_url, sizeof fixture.service_url, "http://localhost:%d",
             fixture.scenario.http.server.port);
    fixture.service =
        (struct config_pair){ .name = TEXT("mail"), .value = text_of(fixture.service_url) };
    fixture.environment.services = (struct config_pairs){ &fixture.service, 1 };
    fixture.environment.url = text_of(fixture.scenario.http.base_url);
    fixture.environment.csrf_cookie = TEXT("XSRF-TOKEN");
    fixture.environment.csrf_header = TEXT("X-XSRF-TOKEN");
    fixture.scenario.world.environment = &fixture.environment;
    variables_set(
        &fixture.scenario.world.configured, &fixture.scenario.http.arena,
        (struct variable){ .owner = TEXT_EMPTY, .name = TEXT("key"), .value = TEXT("key1") });
    fixture.scenario.settings.environment = &fixture.environment;
    fixture.scenario.settings.environments = &fixture.environment;
    fixture.scenario.settings.environment_count = 1;
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct settings_fixture *fixture = *state;
    scenario_fixture_close(&fixture->scenario);
    return 0;
}

static bool has_seen(struct settings_fixture *fixture, const char *part)
{
    const struct raw_log *log = fixture->scenario.http.server.log;
    for (unsigned i = 0; i < log->requests && i < RAW_LOGGED_REQUESTS; i++) {
        if (strstr(log->texts[i], part)) {
            return true;
        }
    }
    return false;
}

static void a_socket_is_as_bddrun_yaml_has_its_name_or_service(void **state)
{
    struct settings_fixture *fixture = *state;
    static const struct trial rows[] = {
        { "When alice opens the \"table\" socket at \"/socket.io/\"\nAnd alice calls \"x\"\n"
          "Then the message JSON at \"$.ok\" is true\n",
          "passed\n" },
        { "Given alice sets cookie \"XSRF-TOKEN\" to \"t%3D1\"\n"
          "When alice opens the \"echo\" socket at \"/\"\n"
          "And alice subscribes to channel \"private-x\"\nThen the \"echo\" socket is open\n",
          "passed\n" },
        { "When I open the \"feed\" socket at \"/talk\"\nThen the socket is open\n",
          "passed\n" },
        { "Given I use service \"mail\"\nWhen I open a socket at \"/talk\"\n"
          "And I send text '{\"type\": \"x\"}'\nThen I receive an \"x\" event\n",
          "failed\nfailed: I receive an \"x\" event: my socket speaks text, in which events "
          "have "
          "no names\n…" },
        { "When I open the \"later\" socket at \"/talk\"\n",
          "failed\nfailed: I open the \"later\" socket at \"/talk\": the protocol 'phoenix' is "
          "not "
          "in this version\n…" },
        { "When I open the \"slow\" socket at \"/\"\n"
          "And within 200 ms I subscribe to channel \"private-x\"\n",
          "failed\nfailed: within 200 ms I subscribe to channel \"private-x\": my \"slow\" "
          "socket "
          "has no answer about 'private-x' from the application within 200 ms\n  hint: it is "
          "asked "
          "by POST at 'auth:' of the socket in bddrun.yaml\n…" },
        { "When I open the \"dead\" socket at \"/\"\nAnd I subscribe to channel "
          "\"private-x\"\n",
          "failed\nfailed: I subscribe to channel \"private-x\": my \"dead\" socket could not "
          "join "
          "'private-x': …" },
        { "When I open the \"odd\" socket at \"/talk\"\n",
          "failed\nfailed: I open the \"odd\" socket at \"/talk\": unknown variable "
          "'nothing'\n…" },
        { "When I open the \"feed\" event stream at \"/stream\"\nThen I receive a message\n",
          "failed\nfailed: I open the \"feed\" event stream at \"/stream\": …" },
    };
    scenario_fixture_assert(&fixture->scenario, rows, ARRAY_SIZE(rows));
    assert_true(has_seen(fixture, "X-Kind: alice\r\n"));
    assert_true(has_seen(fixture, "GET /app/key1?"));
    assert_true(has_seen(fixture, "POST /broadcasting/auth?as=alice "));
    assert_true(has_seen(fixture, "X-XSRF-TOKEN: t=1\r\n"));
    assert_true(has_seen(fixture, "socket_id=12.34&channel_name=private-x"));
    assert_true(has_seen(fixture, "GET /base/talk "));
    assert_true(has_seen(fixture, "GET /base/stream "));
}

static void a_read_only_environment_is_only_listened_to(void **state)
{
    struct settings_fixture *fixture = *state;
    static const struct trial rows[] = {
        { "When I open the \"feed\" socket at \"/talk\"\nAnd I ping the server\n"
          "Then I receive nothing else\n",
          "passed\n" },
        { "When alice opens the \"echo\" socket at \"/\"\n"
          "And alice subscribes to channel \"private-x\"\nThen the \"echo\" socket is open\n",
          "passed\n" },
        { "When I open the \"feed\" socket at \"/talk\"\nAnd I send text \"x\"\n",
          "failed\nfailed: I send text \"x\": my \"feed\" socket would write to a read-only "
          "environment\n  hint: sockets only listen there; tag the scenario @writes-production "
          "where it may write\n" },
        { "When I open the \"feed\" socket at \"/talk\"\nAnd I answer /x/ with \"y\"\n",
          "failed\nfailed: I answer /x/ with \"y\": my \"feed\" socket would write to a "
          "read-only "
          "environment\n…" },
    };
    fixture->environment.is_read_only = true;
    scenario_fixture_assert(&fixture->scenario, rows, ARRAY_SIZE(rows));
    fixture->environment.is_read_only = false;
}

static void a_full_inbox_ends_the_socket_and_says_so(void **state)
{
    struct settings_fixture *fixture = *state;
    static const struct trial rows[] = {
        { "When I open the \"t\" socket at \"/talk\"\nAnd I send text \"!flood 100100\"\n"
          "Then within 50 s the socket is closed\n",
          "failed\nfailed: within 50 s the socket is closed: my \"t\" socket broke: its inbox "
          "is "
          "full: 100000 messages or 64 MiB are kept\n…" },
        { "When I open the \"t\" socket at \"/talk\"\nAnd I send text \"!flood 100100\"\n"
          "Then within 50 s I receive at least 1 \"never\" event\n",
          "failed\nfailed: within 50 s I receive at least 1 \"never\" event: my \"t\" socket "
          "received 0 \"never\" events before its end, not at least 1\n…" },
    };
    fixture->scenario.context.step_limit_ms = 60000;
    scenario_fixture_assert(&fixture->scenario, rows, ARRAY_SIZE(rows));
}

static void a_broken_socket_that_nobody_looked_at_fails_the_scenario(void **state)
{
    struct settings_fixture *fixture = *state;
    static const struct trial rows[] = {
        { "When I open the \"t\" socket at \"/talk\"\nThen the socket is open\n"
          "When I send text \"!break\"\nAnd I wait 300 ms\n",
          "failed\nscenario: nothing looked at the end of my \"t\" socket: it broke: …" },
    };
    scenario_fixture_assert(&fixture->scenario, rows, ARRAY_SIZE(rows));
}

static void a_socket_waits_for_the_request_rate(void **state)
{
    struct settings_fixture *fixture = *state;
    static const struct trial rows[] = {
        { "Given bob uses request rate \"20/s\"\nWhen bob sends GET \"/\"\n"
          "Then the status is 200\nWhen bob opens the \"t\" socket at \"/talk\"\n"
          "Then bob's socket is open\n",
          "passed\n" },
    };
    scenario_fixture_assert(&fixture->scenario, rows, ARRAY_SIZE(rows));
}

/* With the settings that it was opened with, whatever was set since. */
static void a_reconnection_is_tried_until_the_server_accepts(void **state)
{
    struct settings_fixture *fixture = *state;
    static const struct trial rows[] = {
        { "When I open the \"t\" socket at \"/talk\"\nAnd I drop the socket\n"
          "Given I set header \"X-Refused\" to \"1\"\nWhen I reconnect the socket\n"
          "Then the socket is open\n",
          "passed\n" },
        { "When I open the \"t\" socket at \"/patient\"\nAnd I drop the socket\n"
          "And within 100 ms I reconnect the socket\n",
          "failed\nfailed: within 100 ms I reconnect the socket: my \"t\" socket is not open "
          "again within 100 ms, after 1 try: it got no answer\n…" },
        { "When I open the \"t\" socket at \"/first\"\nAnd I drop the socket\n"
          "And within 300 ms I reconnect the socket\n",
          "failed\nfailed: within 300 ms I reconnect the socket: my \"t\" socket is not open "
          "again within 300 ms, after …" },
    };
    scenario_fixture_assert(&fixture->scenario, rows, ARRAY_SIZE(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_socket_is_as_bddrun_yaml_has_its_name_or_service),
        cmocka_unit_test(a_read_only_environment_is_only_listened_to),
        cmocka_unit_test(a_full_inbox_ends_the_socket_and_says_so),
        cmocka_unit_test(a_broken_socket_that_nobody_looked_at_fails_the_scenario),
        cmocka_unit_test(a_socket_waits_for_the_request_rate),
        cmocka_unit_test(a_reconnection_is_tried_until_the_server_accepts),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
