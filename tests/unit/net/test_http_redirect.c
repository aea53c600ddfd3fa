/* SPDX-License-Identifier: MIT */
#include "net/http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/http_fixture.h"

/* 302 of /302/next; else 0. */
static unsigned status_of(const char *path)
{
    unsigned status = 0;
    return sscanf(path, "/%3u", &status) == 1 ? status : 0;
}

/* /302/next: that status with Location /next; /away: to localhost, which is another origin. */
static bool redirect(struct raw_connection *connection, const char *path)
{
    char head[256];
    unsigned status = status_of(path);
    if (strcmp(path, "/away") == 0) {
        snprintf(head, sizeof head,
                 "HTTP/1.1 307 Away\r\nLocation: http://localhost:%d/here\r\n"
                 "Set-Cookie: hop=1\r\nContent-Length: 5\r\n\r\nbody1",
                 connection->port);
    } else if (strcmp(path, "/back") == 0) {
        snprintf(head, sizeof head,
                 "HTTP/1.1 302 Back\r\nLocation: http://127.0.0.1:%d/home\r\n"
                 "Content-Length: 0\r\n\r\n",
                 connection->port);
    } else if (strcmp(path, "/circle") == 0) {
        snprintf(head, sizeof head,
                 "HTTP/1.1 302 Found\r\nLocation: circle\r\nContent-Length: 0\r\n\r\n");
    } else if (strcmp(path, "/ftp") == 0) {
        snprintf(head, sizeof head,
                 "HTTP/1.1 302 Found\r\nLocation: ftp://h/\r\nContent-Length: 0\r\n\r\n");
    } else if (strcmp(path, "/slow") == 0) {
        raw_pause_ms(80);
        snprintf(head, sizeof head,
                 "HTTP/1.1 302 Found\r\nLocation: /slow\r\nContent-Length: 0\r\n\r\n");
    } else if (status > 0) {
        snprintf(head, sizeof head,
                 "HTTP/1.1 %u Moved\r\nLocation: %s\r\nSet-Cookie: sid=%u; Path=/\r\n"
                 "Content-Length: 0\r\n\r\n",
                 status, path + 4, status);
    } else {
        raw_send_ok(connection, path);
        return true;
    }
    raw_send(connection, head);
    return true;
}

static void redirects_are_not_followed_unless_asked(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, redirect);
    struct exchange *exchange = http_fixture_get(&fixture, "/302/next");
    assert_int_equal(exchange->response.status, 302);
    assert_int_equal(exchange->response.redirect_count, 0);
    assert_int_equal(fixture.server.log->requests, 1);
    http_fixture_close(&fixture);
}

static void methods_change_as_the_standard_says(void **state)
{
    (void)state;
    static const struct {
        const char *method;
        const char *path;
        const char *expected;
        bool keeps_body;
    } cases[] = {
        { "GET", "/301/n", "GET /n ", true },     { "POST", "/301/n", "GET /n ", false },
        { "POST", "/302/n", "GET /n ", false },   { "PUT", "/302/n", "PUT /n ", true },
        { "PUT", "/303/n", "GET /n ", false },    { "DELETE", "/303/n", "GET /n ", false },
        { "POST", "/307/n", "POST /n ", true },   { "POST", "/308/n", "POST /n ", true },
        { "PATCH", "/301/n", "PATCH /n ", true },
    };
    struct http_fixture fixture;
    http_fixture_open(&fixture, redirect);
    fixture.settings.follows_redirects = true;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct request request = { .method = text_of(cases[i].method),
                                   .url = text_of(cases[i].path),
                                   .body_kind = REQUEST_BODY_BYTES,
                                   .body = TEXT("hello"),
                                   .content_type = TEXT("text/plain") };
        headers_add(&request.headers, &fixture.arena, TEXT("Content-MD5"), TEXT("x"));
        struct exchange *exchange = http_fixture_send(&fixture, &request);
        assert_int_equal(exchange->response.status, 200);
        assert_int_equal(exchange->response.redirect_count, 1);
        assert_text(exchange->response.body, "/n");
        assert_text(exchange->response.url,
                    http_fixture_format(&fixture, "http://127.0.0.1:%d/n"));
        const char *seen = http_fixture_seen(&fixture, -1);
        assert_true(strncmp(seen, cases[i].expected, strlen(cases[i].expected)) == 0);
        assert_int_equal(strstr(seen, "hello") != NULL, cases[i].keeps_body);
        assert_int_equal(strstr(seen, "Content-") != NULL, cases[i].keeps_body);
        assert_int_equal(exchange->request.has_body, cases[i].keeps_body);
        /* The cookie that the redirect set is sent at once. */
        assert_non_null(strstr(seen, "Cookie: sid=30"));
    }
    http_fixture_close(&fixture);
}

static void credentials_stay_at_home(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, redirect);
    fixture.settings.follows_redirects = true;
    assert_true(cookie_jar_set(http_session_cookies(fixture.session), fixture.settings.base_url,
                               TEXT("sid"), TEXT("secret"), 0));
    headers_add(&fixture.settings.default_headers, &fixture.arena, TEXT("X-Api-Key"),
                TEXT("secret"));
    struct request request = { .method = TEXT("POST"),
                               .url = TEXT("/away"),
                               .body_kind = REQUEST_BODY_BYTES,
                               .body = TEXT("hello") };
    headers_add(&request.headers, &fixture.arena, TEXT("AUTHORIZATION"), TEXT("Custom secret"));
    headers_add(&request.headers, &fixture.arena, TEXT("X-CSRF-Token"), TEXT("secret"));
    headers_add(&request.headers, &fixture.arena, TEXT("X-Plain"), TEXT("kept"));
    headers_add(&request.cookies, &fixture.arena, TEXT("once"), TEXT("secret"));
    static const enum http_auth auths[] = { HTTP_AUTH_NONE, HTTP_AUTH_BASIC, HTTP_AUTH_DIGEST };
    for (size_t i = 0; i < ARRAY_SIZE(auths); i++) {
        fixture.settings.auth = auths[i];
        fixture.settings.auth_user = TEXT("staff");
        fixture.settings.auth_password = TEXT("secret");
        fixture.settings.bearer_token = i == 0 ? TEXT("secret") : TEXT_EMPTY;
        struct exchange *exchange = http_fixture_send(&fixture, &request);
        assert_text(exchange->response.body, "/here");
        assert_true(http_fixture_saw(&fixture, -2 + 1, "Host: localhost:"));
        assert_false(http_fixture_saw(&fixture, -1, "secret"));
        assert_false(http_fixture_saw(&fixture, -1, "uthorization"));
        assert_false(http_fixture_saw(&fixture, -1, "Cookie"));
        assert_true(http_fixture_saw(&fixture, -1, "X-Plain: kept"));
        assert_true(http_fixture_saw(&fixture, -1, "hello"));
        request.headers.count = 3;
    }
    unsigned first = fixture.server.log->requests - 2;
    assert_true(http_fixture_saw(&fixture, (int)first, "secret"));
    http_fixture_close(&fixture);
}

static void credentials_come_back_with_the_first_origin(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, redirect);
    fixture.settings.follows_redirects = true;
    fixture.settings.bearer_token = TEXT("secret");
    const char *url = http_fixture_format(&fixture, "http://localhost:%d/back");
    struct exchange *exchange = http_fixture_get(&fixture, url);
    assert_text(exchange->response.body, "/home");
    assert_true(http_fixture_saw(&fixture, 0, "Authorization: Bearer secret"));
    assert_false(http_fixture_saw(&fixture, 1, "Authorization"));
    http_fixture_close(&fixture);
}

static void circles_end_and_say_so(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, redirect);
    fixture.settings.follows_redirects = true;
    fixture.settings.redirect_limit = 3;
    struct exchange *exchange = http_fixture_get(&fixture, "/circle");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    assert_text(exchange->message,
                http_fixture_format(&fixture, "too many redirects: expected at most 3, got one "
                                              "more, to 'http://127.0.0.1:%d/circle'"));
    assert_int_equal(fixture.server.log->requests, 4);
    exchange = http_fixture_get(&fixture, "/ftp");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    assert_text(exchange->message,
                "cannot send a request to 'ftp://h/': not a URL with a host");
    http_fixture_close(&fixture);
}

static void the_response_timeout_is_of_all_hops(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, redirect);
    fixture.settings.follows_redirects = true;
    fixture.settings.response_timeout_ms = 200;
    struct exchange *exchange = http_fixture_get(&fixture, "/slow");
    assert_int_equal(exchange->failure, EXCHANGE_TIMEOUT);
    assert_true(exchange->response.timing.total_ns < 600 * NANOSECONDS_PER_MILLISECOND);
    assert_true(fixture.server.log->requests >= 2);
    http_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redirects_are_not_followed_unless_asked),
        cmocka_unit_test(methods_change_as_the_standard_says),
        cmocka_unit_test(credentials_stay_at_home),
        cmocka_unit_test(credentials_come_back_with_the_first_origin),
        cmocka_unit_test(circles_end_and_say_so),
        cmocka_unit_test(the_response_timeout_is_of_all_hops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
