/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"
#include "deploy/notify/notify.h"
#include "support/problem_text.h"
#include "support/raw_server.h"

static bool serve(struct raw_connection *connection, const char *path)
{
    if (strcmp(path, "/garbage") == 0) {
        raw_send(connection, "no HTTP\r\n\r\n");
        return false;
    }
    raw_send(connection, strcmp(path, "/gone") == 0
                             ? "HTTP/1.1 410 X\r\nContent-Length: 0\r\n\r\n"
                             : "HTTP/1.1 204 X\r\n\r\n");
    return true;
}

struct fixture {
    struct raw_server server;
    struct problems problems;
    struct client client;
    struct config config;
    char variables[4][100];
    const char *environment[6];
};

static const struct notification refused = {
    .event = NOTIFICATION_REFUSED,
    .target = TEXT_STATIC("/srv/arena"),
    .release = TEXT_STATIC("20261123"),
    .revision = TEXT_STATIC("abc"),
    .previous = TEXT_STATIC("20261122"),
    .reason = TEXT_STATIC("a <b> & \"c\""),
    .user = TEXT_STATIC("ann"),
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    static const char *const paths[] = { "HOOK", "GONE", "GARBAGE" };
    raw_server_start(&fixture->server, &(struct raw_server_options){ .handler = serve });
    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        char path[20];
        snprintf(path, sizeof(path), "%s", paths[i]);
        for (char *at = path; *at; at++) {
            *at = (char)(*at | 0x20);
        }
        snprintf(fixture->variables[i], sizeof(fixture->variables[i]),
                 "%s=http://127.0.0.1:%d/%s", paths[i], fixture->server.port, path);
        fixture->environment[i] = fixture->variables[i];
    }
    fixture->environment[3] = "CLOSED=http://127.0.0.1:1/hush";
    fixture->environment[4] = "PATH=/usr/bin:/bin";
    problems_init(&fixture->problems);
    config_init(&fixture->config, fixture->environment);
    assert_true(client_init(&fixture->client, clock_real(), &fixture->problems));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    client_release(&fixture->client);
    config_release(&fixture->config);
    problems_release(&fixture->problems);
    raw_server_stop(&fixture->server);
    free(fixture);
    return 0;
}

static void tell(struct fixture *fixture, const char *yaml)
{
    assert_true(
        config_read(&fixture->config, TEXT("bddrun.yaml"), text_of(yaml), &fixture->problems));
    notify(&fixture->client, &fixture->config, &refused, &fixture->problems);
}

static void assert_body(const struct notification *notification,
                        enum notification_template form, const char *expected)
{
    struct buffer body;
    buffer_init(&body, 100000);
    notification_print(&body, notification, form);
    assert_string_equal(body.at, expected);
    buffer_release(&body);
}

static void every_form_is_what_its_reader_takes(UNUSED void **state)
{
    assert_body(&refused, NOTIFICATION_JSON,
                "{\"event\":\"refused\",\"target\":\"/srv/arena\",\"release\":\"20261123\","
                "\"revision\":\"abc\",\"previous\":\"20261122\",\"reason\":\"a <b> & "
                "\\\"c\\\"\",\"user\":\"ann\"}");
#define LINE                                                                                   \
    "/srv/arena: refused 20261123, revision abc, before: 20261122, by ann: a <b> & \\\"c\\\""
    assert_body(&refused, NOTIFICATION_SLACK,
                "{\"text\":\"/srv/arena: refused 20261123, revision abc, before: 20261122, by "
                "ann: a &lt;b&gt; &amp; \\\"c\\\"\"}");
    assert_body(&refused, NOTIFICATION_DISCORD,
                "{\"content\":\"" LINE "\",\"allowed_mentions\":{\"parse\":[]}}");
    assert_body(&refused, NOTIFICATION_TEAMS,
                "{\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/"
                "vnd.microsoft.card.adaptive\",\"content\":{\"type\":\"AdaptiveCard\","
                "\"version\":\"1.4\",\"body\":[{\"type\":\"TextBlock\",\"wrap\":true,\"text\":"
                "\"" LINE "\"}]}}]}");
    struct notification short_one = { .event = NOTIFICATION_NEEDS_PERSON };
    assert_body(&short_one, NOTIFICATION_SLACK, "{\"text\":\"production needs a person\"}");
}

static void a_long_reason_is_cut(UNUSED void **state)
{
    char reason[4000];
    memset(reason, 'x', sizeof(reason));
    struct notification notification = refused;
    struct buffer body;
    notification.reason = text_make(reason, sizeof(reason));
    buffer_init(&body, 100000);
    notification_print(&body, &notification, NOTIFICATION_DISCORD);
    assert_in_range(body.size, 1800, 1900);
    buffer_release(&body);
}

static void those_who_want_to_know_are_told(void **state)
{
    struct fixture *fixture = *state;
    tell(fixture, "notify:\n"
                  "  - {webhook: {env: HOOK}, template: slack}\n"
                  "  - {webhook: {env: HOOK}, on: [promoted, rolled_back]}\n"
                  "  - {webhook: {env: HOOK}, on: [refused]}\n"
                  "  - {command: [sh, -c, 'grep -q \"event.:.refused\"']}\n");
    assert_problems(&fixture->problems, "");
    assert_int_equal(fixture->server.log->requests, 2);
    assert_non_null(strstr(fixture->server.log->texts[0], "{\"text\":\"/srv/arena: refused"));
    assert_non_null(strstr(fixture->server.log->texts[1], "{\"event\":\"refused\""));
}

static void who_could_not_be_told_is_said(void **state)
{
    struct fixture *fixture = *state;
    tell(fixture, "notify:\n"
                  "  - {webhook: {env: GONE}}\n"
                  "  - {webhook: {env: GARBAGE}}\n"
                  "  - {webhook: {env: CLOSED}}\n"
                  "  - {webhook: {env: UNSET}}\n"
                  "  - {command: [sh, -c, 'echo no mail; exit 3']}\n"
                  "  - {command: [/no/such/program]}\n");
    assert_problems(
        &fixture->problems,
        "bddrun.yaml:2:15: warning: the notification of '127.0.0.1' was not delivered: it "
        "answers 410\n"
        "    - {webhook: {env: GONE}}\n"
        "                ^\n"
        "  hint: check the webhook's URL and its 'template'\n"
        "bddrun.yaml:3:15: warning: the notification of '127.0.0.1' was not delivered: an "
        "unreadable response\n"
        "    - {webhook: {env: GARBAGE}}\n"
        "                ^\n"
        "bddrun.yaml:4:15: warning: the notification of '127.0.0.1' was not delivered: a "
        "refused connection\n"
        "    - {webhook: {env: CLOSED}}\n"
        "                ^\n"
        "bddrun.yaml:5:15: warning: nobody was told: environment variable 'UNSET' holds no "
        "URL\n"
        "    - {webhook: {env: UNSET}}\n"
        "                ^\n"
        "  hint: set it to the URL of the webhook\n"
        "bddrun: warning: the notification was not delivered: 'sh' ended with exit code 3: no "
        "mail\n"
        "bddrun: warning: the notification was not delivered: cannot start "
        "'/no/such/program': No such file or directory\n");
}

static void nobody_is_told_without_the_section(void **state)
{
    struct fixture *fixture = *state;
    tell(fixture, "version: 1\n");
    assert_int_equal(fixture->server.log->requests, 0);
}

static void a_wrong_section_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *yaml;
        const char *said;
    } cases[] = {
        { "notify: [{on: [refused]}]\n",
          "bddrun.yaml:1:10: error: a notification without 'webhook' or 'command': expected "
          "one of the two" },
        { "notify: [{webhook: {env: A}, command: [b]}]\n",
          "bddrun.yaml:1:10: error: a notification by 'webhook' and by 'command': expected one "
          "of the two" },
        { "notify: [{command: [b], on: [deployed]}]\n",
          "bddrun.yaml:1:30: error: expected an event, found 'deployed'" },
        { "notify: [{command: [b], on: refused}]\n",
          "bddrun.yaml:1:29: error: expected a list of events, found 'refused'" },
        { "notify: [{command: [b], template: irc}]\n",
          "bddrun.yaml:1:35: error: expected one of the known words, found 'irc'" },
        { "notify: {}\n", "bddrun.yaml:1:9: error: expected a list, found a map" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct config config;
        struct buffer printed;
        config_init(&config, fixture->environment);
        problems_clear(&fixture->problems);
        buffer_init(&printed, 10000);
        assert_false(config_read(&config, TEXT("bddrun.yaml"), text_of(cases[i].yaml),
                                 &fixture->problems));
        problem_print(&printed, &fixture->problems.list[0], false);
        struct text first;
        struct text rest = buffer_text(&printed);
        assert_true(text_take_until(&rest, '\n', &first));
        printed.at[first.size] = '\0';
        assert_string_equal(printed.at, cases[i].said);
        buffer_release(&printed);
        config_release(&config);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_what_its_reader_takes),
        cmocka_unit_test(a_long_reason_is_cut),
        TEST(those_who_want_to_know_are_told),
        TEST(who_could_not_be_told_is_said),
        TEST(nobody_is_told_without_the_section),
        TEST(a_wrong_section_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
