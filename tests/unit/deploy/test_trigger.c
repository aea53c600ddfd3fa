/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/attribute.h"
#include "deploy/webhook/trigger.h"
#include "support/http_fixture.h"
#include "support/problem_text.h"
#include "support/raw_server.h"

static bool serve(struct raw_connection *connection, const char *path)
{
    if (strncmp(path, "/reset", 6) == 0) {
        raw_reset(connection);
        return false;
    }
    if (strncmp(path, "/garbage", 8) == 0) {
        raw_send(connection, "no HTTP at all\r\n\r\n");
        return false;
    }
    char head[200];
    int status = 200;
    sscanf(path, "/%d", &status);
    snprintf(head, sizeof(head), "HTTP/1.1 %d X\r\nLocation: /200\r\nContent-Length: 0\r\n\r\n",
             status);
    raw_send(connection, head);
    return true;
}

struct fixture {
    struct raw_server server;
    struct problems problems;
    struct client client;
    char url[100];
};

static int set_up(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof(fixture));
    raw_server_start(&fixture.server, &(struct raw_server_options){ .handler = serve });
    problems_init(&fixture.problems);
    assert_true(client_init(&fixture.client, clock_real(), &fixture.problems));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    client_release(&fixture->client);
    problems_release(&fixture->problems);
    raw_server_stop(&fixture->server);
    return 0;
}

static enum trigger_outcome send(struct fixture *fixture, enum trigger_kind kind,
                                 const char *path)
{
    snprintf(fixture->url, sizeof(fixture->url), "http://127.0.0.1:%d%s", fixture->server.port,
             path);
    problems_clear(&fixture->problems);
    return trigger_send(
        &fixture->client,
        &(struct trigger){ .kind = kind, .url = text_of(fixture->url), .secret = TEXT("key") },
        TEXT("abc/1"), &fixture->problems);
}

static void each_host_is_told_the_revision_in_its_own_way(void **state)
{
    struct fixture *fixture = *state;
    static const char *const expected[] = {
        "POST /200/?token=t HTTP/1.1",
        "POST /200/?token=t&revision=abc%2F1 HTTP/1.1",
        "POST /200/?token=t&sha=abc%2F1 HTTP/1.1",
        "POST /200/?token=t&commit_hash=abc%2F1 HTTP/1.1",
    };
    for (unsigned kind = 0; kind < TRIGGER_KINDS; kind++) {
        assert_int_equal(send(fixture, (enum trigger_kind)kind, "/200/?token=t"),
                         TRIGGER_ACCEPTED);
        const char *seen = fixture->server.log->texts[kind];
        assert_int_equal(strncmp(seen, expected[kind], strlen(expected[kind])), 0);
        assert_int_equal(strstr(seen, "{\"revision\":\"abc/1\"}") != NULL,
                         kind == TRIGGER_GENERIC);
        assert_int_equal(strstr(seen, "\r\nX-Bddrun-Signature-256: sha256="
                                      "3954dcc5") != NULL,
                         kind == TRIGGER_GENERIC);
        assert_int_equal(fixture->problems.count, 0);
    }
    assert_false(trigger_can_pin(TRIGGER_FORGE));
    assert_false(trigger_can_pin(TRIGGER_GENERIC));
    assert_true(trigger_can_pin(TRIGGER_ENVOYER));
    assert_true(trigger_can_pin(TRIGGER_CLOUD));
}

static void what_did_not_start_and_what_may_have_are_told_apart(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *path;
        enum trigger_outcome outcome;
        const char *said;
    } cases[] = {
        { "/404?token=hush", TRIGGER_REFUSED,
          "bddrun: error: the deploy hook of '127.0.0.1' answers 404: expected 2xx\n"
          "  hint: check the URL of the hook, and whether it is still valid\n" },
        { "/302?token=hush", TRIGGER_REFUSED,
          "bddrun: error: the deploy hook of '127.0.0.1' answers 302: expected 2xx\n"
          "  hint: give the URL that it leads to: a deploy hook is never followed "
          "elsewhere\n" },
        { "/503?token=hush", TRIGGER_UNKNOWN,
          "bddrun: error: the deploy hook of '127.0.0.1' answers 503: expected 2xx\n"
          "  hint: it may have started: the revision marker tells\n" },
        { "/reset?token=hush", TRIGGER_UNKNOWN,
          "bddrun: error: the deploy hook of '127.0.0.1' gave no answer: a reset connection\n"
          "  hint: it may have started: the revision marker tells; send it again only when it "
          "has not (--resend)\n" },
        { "/garbage?token=hush", TRIGGER_UNKNOWN,
          "bddrun: error: the deploy hook of '127.0.0.1' gave no answer: an unreadable "
          "response\n"
          "  hint: it may have started: the revision marker tells; send it again only when it "
          "has not (--resend)\n" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        (void)send(fixture, TRIGGER_FORGE, "/200"); /* leaves a connection to be used again */
        unsigned before = fixture->server.log->requests;
        assert_int_equal(send(fixture, TRIGGER_FORGE, cases[i].path), cases[i].outcome);
        assert_problems(&fixture->problems, cases[i].said);
        assert_int_equal(fixture->server.log->requests, before + 1);
    }
}

static void a_host_that_cannot_be_reached_started_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct trigger trigger = { .url = TEXT("http://127.0.0.1:1/hush") };
    assert_int_equal(trigger_send(&fixture->client, &trigger, TEXT("abc"), &fixture->problems),
                     TRIGGER_REFUSED);
    assert_problems(&fixture->problems,
                    "bddrun: error: the deploy hook of '127.0.0.1' gave no answer: a refused "
                    "connection\n"
                    "  hint: nothing was started: try again when the host can be reached\n");
}

static void a_url_without_tls_is_not_used_and_not_told(void **state)
{
    struct fixture *fixture = *state;
    static const char *const urls[] = { "", "forge.test/hush", "http://forge.test/hush" };
    for (size_t i = 0; i < ARRAY_SIZE(urls); i++) {
        struct trigger trigger = { .url = text_of(urls[i]) };
        problems_clear(&fixture->problems);
        assert_int_equal(
            trigger_send(&fixture->client, &trigger, TEXT("abc"), &fixture->problems),
            TRIGGER_REFUSED);
        assert_problems(&fixture->problems,
                        "bddrun: error: the URL of the deploy hook cannot be used: expected an "
                        "absolute https URL\n"
                        "  hint: it is what the host's page of deployments shows, and begins "
                        "with https://\n");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_host_is_told_the_revision_in_its_own_way),
        TEST(what_did_not_start_and_what_may_have_are_told_apart),
        TEST(a_host_that_cannot_be_reached_started_nothing),
        TEST(a_url_without_tls_is_not_used_and_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
