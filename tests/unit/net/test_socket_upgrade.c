/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "support/socket_fixture.h"

/* Connects to the port of "CONNECT host:port" and passes bytes both ways until one side ends. */
static void splice(int client, int target)
{
    char bytes[16384];
    for (;;) {
        struct pollfd ends[] = { { .fd = client, .events = POLLIN },
                                 { .fd = target, .events = POLLIN } };
        if (poll(ends, 2, 10000) <= 0) {
            return;
        }
        for (unsigned i = 0; i < 2; i++) {
            ssize_t size = ends[i].revents ? recv(ends[i].fd, bytes, sizeof bytes, 0) : -1;
            if (ends[i].revents && size <= 0) {
                return;
            }
            if (size > 0 && send(ends[1 - i].fd, bytes, (size_t)size, MSG_NOSIGNAL) != size) {
                return;
            }
        }
    }
}

static bool serve_proxy(struct raw_connection *connection, const char *path)
{
    unsigned port = 0;
    if (strncmp(connection->request, "CONNECT ", 8) != 0 ||
        sscanf(strrchr(path, ':'), ":%u", &port) != 1) {
        raw_send(connection, "HTTP/1.1 400 Not a tunnel\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
    struct sockaddr_in target = { .sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(descriptor, (const struct sockaddr *)&target, sizeof target) != 0) {
        raw_send(connection, "HTTP/1.1 502 No target\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
    raw_send(connection, "HTTP/1.1 200 Connected\r\n\r\n");
    splice(connection->socket, descriptor);
    close(descriptor);
    return false;
}

/* Tells the protocol that TLS negotiated, then echoes. */
static bool serve(struct raw_connection *connection, const char *path)
{
    const unsigned char *protocol = NULL;
    unsigned size = 0;
    if (strcmp(path, "/http") == 0) {
        raw_send_ok(connection, "plain");
        return true;
    }
    if (strncmp(connection->request, "CONNECT ", 8) == 0) {
        raw_send(connection, "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n");
        return false;
    }
    if (strcmp(path, "/challenge") == 0) {
        raw_send(connection, "HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm=\"x\"\r\n"
                             "Content-Length: 0\r\n\r\n");
        return false;
    }
    if (strcmp(path, "/wrong") == 0) {
        raw_send(connection, "HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                             "Sec-WebSocket-Accept: no\x1b[2J\r\n\r\n");
        return false;
    }
    if (strcmp(path, "/coded") == 0) {
        raw_send(connection, "HTTP/1.1 403 No\r\nContent-Encoding: gzip\r\n"
                             "Content-Length: 5\r\n\r\nhello");
        return false;
    }
    if (strcmp(path, "/reset") == 0) {
        raw_send(connection, "HTTP/1.1 403 No\r\n");
        raw_pause_ms(20);
        raw_reset(connection);
        return false;
    }
    wire_accept(connection, "Set-Cookie: room=7; Path=/\r\n");
    if (connection->tls) {
        SSL_get0_alpn_selected(connection->tls, &protocol, &size);
        wire_send(connection, WIRE_FINAL | WIRE_TEXT, protocol, size);
    }
    wire_echo(connection);
    return false;
}

static bool saw(struct socket_fixture *fixture, const char *part)
{
    return http_fixture_saw(&fixture->http, -1, http_fixture_format(&fixture->http, part));
}

static void test_the_request_is_an_upgrade(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/chat?room=7 and 8#part");
    assert_true(saw(&fixture, "GET /chat?room=7%20and%208 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"));
    assert_true(saw(&fixture, "User-Agent: bddrun/"));
    assert_true(saw(&fixture, "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Key: "));
    assert_true(saw(&fixture, "\r\nSec-WebSocket-Version: 13\r\n"
                              "Origin: http://127.0.0.1:%d\r\n\r\n"));
    assert_false(saw(&fixture, "Sec-WebSocket-Protocol"));
    assert_false(saw(&fixture, "Sec-WebSocket-Extensions"));
    assert_false(saw(&fixture, "Cookie"));
    struct text key;
    assert_true(headers_find(&socket_handshake(fixture.socket)->request.headers,
                             TEXT("Sec-WebSocket-Key"), &key));
    assert_int_equal(key.size, 24); /* 16 bytes in base64 */
    assert_text(socket_handshake(fixture.socket)->request.url,
                http_fixture_format(&fixture.http, "ws://127.0.0.1:%d/chat?room=7%20and%208"));
    struct socket *first = fixture.socket;
    socket_fixture_open(&fixture, "/chat");
    struct text other;
    assert_true(headers_find(&socket_handshake(fixture.socket)->request.headers,
                             TEXT("Sec-WebSocket-Key"), &other));
    assert_false(text_equal(key, other));
    socket_free(first);
    socket_fixture_stop(&fixture);
}

static void test_every_form_of_a_url_opens(void **state)
{
    (void)state;
    static const char *const urls[] = { "ws://127.0.0.1:%d", "http://127.0.0.1:%d/x",
                                        "WS://localhost:%d/x", "/x" };
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    for (unsigned i = 0; i < ARRAY_SIZE(urls); i++) {
        socket_fixture_open(&fixture, http_fixture_format(&fixture.http, urls[i]));
        assert_int_equal(socket_state(fixture.socket), SOCKET_OPEN);
        assert_true(
            text_starts_with(socket_handshake(fixture.socket)->request.url, TEXT("ws://")));
        assert_true(saw(&fixture, i == 0 ? "GET / HTTP/1.1" : "GET /x HTTP/1.1"));
        socket_free(fixture.socket);
    }
    fixture.socket = NULL;
    socket_fixture_stop(&fixture);
}

static void test_headers_of_the_request_and_the_settings_come_first(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    struct http_settings *settings = &fixture.http.settings;
    struct arena *arena = &fixture.http.arena;
    struct request request = { .method = TEXT("POST"), .url = TEXT("/x") };
    headers_add(&request.headers, arena, TEXT("Origin"), TEXT("https://evil.test"));
    headers_add(&request.headers, arena, TEXT("Sec-WebSocket-Key"),
                TEXT("dGhlIHNhbXBsZSBub25jZQ=="));
    headers_add(&request.query, arena, TEXT("token"), TEXT("a b"));
    headers_add(&settings->default_headers, arena, TEXT("X-Tenant"), TEXT("nord"));
    headers_add(&settings->default_headers, arena, TEXT("Sec-WebSocket-Version"), TEXT("13 "));
    headers_add(&settings->removed_headers, arena, TEXT("User-Agent"), TEXT(""));
    settings->bearer_token = TEXT("secret");
    socket_fixture_open_request(&fixture, &request);
    assert_int_equal(socket_state(fixture.socket), SOCKET_OPEN); /* by the key that was sent */
    assert_true(saw(&fixture, "GET /x?token=a%20b HTTP/1.1\r\n"));
    assert_true(saw(&fixture, "\r\nOrigin: https://evil.test\r\n"));
    assert_false(saw(&fixture, "Origin: http://"));
    assert_true(saw(&fixture, "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    assert_true(saw(&fixture, "\r\nX-Tenant: nord\r\n"));
    assert_true(saw(&fixture, "\r\nAuthorization: Bearer secret\r\n"));
    assert_false(saw(&fixture, "User-Agent"));
    socket_fixture_stop(&fixture);
}

static void test_credentials_are_those_of_the_actor_or_the_url(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    struct http_settings *settings = &fixture.http.settings;
    socket_fixture_open(
        &fixture, http_fixture_format(&fixture.http, "ws://al%69ce:p%40ss@127.0.0.1:%d/x"));
    assert_true(saw(&fixture, "\r\nAuthorization: Basic YWxpY2U6cEBzcw==\r\n"));
    assert_true(saw(&fixture, "\r\nHost: 127.0.0.1:%d\r\n"));
    assert_true(saw(&fixture, "\r\nOrigin: http://127.0.0.1:%d\r\n"));
    socket_free(fixture.socket);
    settings->auth = HTTP_AUTH_BASIC;
    settings->auth_user = TEXT("bob");
    settings->auth_password = TEXT("pw");
    socket_fixture_open(&fixture,
                        http_fixture_format(&fixture.http, "ws://alice:pass@127.0.0.1:%d/x"));
    assert_true(saw(&fixture, "\r\nAuthorization: Basic Ym9iOnB3\r\n"));
    assert_false(saw(&fixture, "YWxpY2U6"));
    socket_fixture_stop(&fixture);
}

static void test_a_challenge_is_explained(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/challenge");
    assert_text(socket_handshake(fixture.socket)->hint, "");
    socket_free(fixture.socket);
    fixture.http.settings.auth = HTTP_AUTH_DIGEST;
    fixture.http.settings.auth_user = TEXT("bob");
    socket_fixture_open(&fixture, "/challenge");
    assert_false(saw(&fixture, "Authorization"));
    assert_int_equal(socket_handshake(fixture.socket)->response.status, 401);
    assert_text(socket_handshake(fixture.socket)->hint,
                "an upgrade answers no challenge: let the server know the actor by Basic "
                "authentication, a bearer token or a cookie");
    socket_fixture_stop(&fixture);
}

static void test_cookies_go_both_ways(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    struct cookie_jar *jar = http_session_cookies(fixture.http.session);
    struct text url = text_of(fixture.http.base_url);
    assert_true(cookie_jar_set(jar, url, TEXT("session"), TEXT("abc"), 0));
    assert_true(cookie_jar_set(jar, TEXT("http://other.test/"), TEXT("foreign"), TEXT("x"), 0));
    struct request request = { .url = TEXT("/x") };
    headers_add(&request.cookies, &fixture.http.arena, TEXT("once"), TEXT("1"));
    socket_fixture_open_request(&fixture, &request);
    assert_true(saw(&fixture, "\r\nCookie: session=abc; once=1\r\n"));
    (void)http_fixture_get(&fixture.http, "/http");
    assert_true(saw(&fixture, "\r\nCookie: session=abc; room=7\r\n"));
    socket_fixture_stop(&fixture);
}

static void test_the_server_chooses_a_subprotocol(void **state)
{
    (void)state;
    static const struct text offered[] = { TEXT_STATIC("v2.chat"), TEXT_STATIC("v1.chat") };
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    fixture.options.subprotocols = offered;
    fixture.options.subprotocol_count = 2;
    socket_fixture_open(&fixture, "/x");
    assert_true(saw(&fixture, "\r\nSec-WebSocket-Protocol: v2.chat, v1.chat\r\n"));
    assert_int_equal(socket_state(fixture.socket), SOCKET_OPEN);
    assert_text(socket_subprotocol(fixture.socket), "");
    socket_fixture_stop(&fixture);
}

static const char *make_certificate(void)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/bddrun-upgrade-%d.pem", (int)getpid());
    raw_make_certificate(path, 30);
    return path;
}

static void test_http_2_is_not_negotiated(void **state)
{
    (void)state;
    static const char *const offered[] = { "h2", "http/1.1" };
    static const char *const chosen[] = { "", "http/1.1" };
    const char *certificate = make_certificate();
    for (unsigned i = 0; i < 2; i++) {
        struct socket_fixture fixture;
        socket_fixture_start_with(&fixture,
                                  &(struct raw_server_options){ .handler = serve,
                                                                .certificate_file = certificate,
                                                                .alpn = offered[i] });
        fixture.http.settings.ca_file = text_of(certificate);
        fixture.http.settings.version = HTTP_VERSION_2; /* of HTTP */
        socket_fixture_open(&fixture, "/x");
        socket_fixture_wait_received(&fixture, 1);
        assert_text(socket_fixture_got(&fixture, 0)->data, chosen[i]);
        assert_true(socket_fixture_send(&fixture, "hello"));
        socket_fixture_wait_received(&fixture, 2);
        assert_text(socket_fixture_got(&fixture, 1)->data, "hello");
        assert_true(
            text_starts_with(socket_handshake(fixture.socket)->request.url, TEXT("wss://")));
        assert_true(saw(&fixture, "\r\nOrigin: https://127.0.0.1:%d\r\n"));
        socket_fixture_stop(&fixture);
    }
    remove(certificate);
}

static void test_a_certificate_that_nobody_trusts_opens_no_socket(void **state)
{
    (void)state;
    const char *certificate = make_certificate();
    struct socket_fixture fixture;
    socket_fixture_start_with(
        &fixture,
        &(struct raw_server_options){ .handler = serve, .certificate_file = certificate });
    socket_fixture_open(&fixture, "/x");
    const struct exchange *handshake = socket_handshake(fixture.socket);
    assert_int_equal(socket_state(fixture.socket), SOCKET_REFUSED);
    assert_int_equal(handshake->failure, EXCHANGE_TLS);
    assert_true(text_contains(handshake->message, TEXT("certificate not trusted of 'wss://")));
    socket_fixture_stop(&fixture);
    remove(certificate);
}

static void test_a_proxy_is_tunnelled_through(void **state)
{
    (void)state;
    const char *certificate = make_certificate();
    for (unsigned i = 0; i < 2; i++) {
        struct socket_fixture fixture;
        struct raw_server proxy;
        char proxy_url[64];
        socket_fixture_start_with(
            &fixture, &(struct raw_server_options){
                          .handler = serve, .certificate_file = i ? certificate : NULL });
        raw_server_start(&proxy, &(struct raw_server_options){ .handler = serve_proxy });
        snprintf(proxy_url, sizeof proxy_url, "http://127.0.0.1:%d", proxy.port);
        fixture.http.settings.trusts_any_certificate = true;
        fixture.http.settings.proxy_use = HTTP_PROXY_GIVEN;
        fixture.http.settings.proxy = text_of(proxy_url);
        fixture.http.settings.bearer_token = TEXT("secret");
        socket_fixture_open(&fixture, "/x");
        assert_int_equal(socket_state(fixture.socket), SOCKET_OPEN);
        assert_true(socket_fixture_send(&fixture, "hello"));
        socket_fixture_wait_received(&fixture, 1 + i);
        assert_text(socket_fixture_got(&fixture, i)->data, "hello");
        assert_non_null(strstr(proxy.log->texts[0], "CONNECT 127.0.0.1:"));
        assert_null(strstr(proxy.log->texts[0], "secret"));
        assert_true(saw(&fixture, "GET /x HTTP/1.1\r\n"));
        assert_true(saw(&fixture, "Authorization: Bearer secret\r\n"));
        socket_fixture_stop(&fixture);
        raw_server_stop(&proxy);
    }
    remove(certificate);
}

static void assert_fails(struct socket_fixture *fixture, const char *url,
                         enum exchange_failure failure, const char *message)
{
    socket_fixture_open(fixture, http_fixture_format(&fixture->http, url));
    const struct exchange *handshake = socket_handshake(fixture->socket);
    assert_int_equal(socket_state(fixture->socket), SOCKET_REFUSED);
    assert_true(handshake->is_finished);
    assert_int_equal(handshake->failure, failure);
    struct text expected = text_of(http_fixture_format(&fixture->http, message));
    if (!text_contains(handshake->message, expected)) {
        fail_msg("expected: %.*s\nactual:   %.*s", TEXT_ARG(expected),
                 TEXT_ARG(handshake->message));
    }
    socket_free(fixture->socket);
    fixture->socket = NULL;
}

static void test_what_cannot_be_opened_says_why(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    assert_fails(&fixture, "ftp://x.test/", EXCHANGE_OTHER,
                 "cannot open a socket to 'ftp://x.test/': not a URL with a host");
    assert_fails(&fixture, "ws://127.0.0.1:1/x", EXCHANGE_REFUSED,
                 "no connection to 'ws://127.0.0.1:1/x': ");
    assert_fails(&fixture, "ws://nowhere.invalid/x", EXCHANGE_UNKNOWN_HOST,
                 "unknown host in 'ws://nowhere.invalid/x': ");
    assert_fails(&fixture, "/wrong", EXCHANGE_UNREADABLE, "', got no\\x1b[2J");
    assert_fails(&fixture, "/coded", EXCHANGE_UNREADABLE,
                 "broken Content-Encoding from 'ws://");
    assert_fails(&fixture, "/reset", EXCHANGE_RESET, "connection broken while receiving from");
    fixture.http.settings.proxy_use = HTTP_PROXY_GIVEN;
    fixture.http.settings.proxy =
        arena_format(&fixture.http.arena, "http://127.0.0.1:%d", fixture.http.server.port);
    assert_fails(&fixture, "ws://127.0.0.1:2/http", EXCHANGE_OTHER,
                 "no connection to 'ws://127.0.0.1:2/http': the proxy answered 407");
    fixture.http.settings.proxy_use = HTTP_PROXY_NONE;
    fixture.http.settings.body_limit_bytes = 3;
    assert_fails(&fixture, "/http", EXCHANGE_BODY_LIMIT,
                 "body too large from 'ws://127.0.0.1:%d/http': expected at most 3 bytes");
    socket_fixture_stop(&fixture);
}

static void test_a_header_that_cannot_be_sent_opens_no_socket(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    struct request request = { .url = TEXT("/x"), .method = TEXT("NOT A METHOD") };
    socket_fixture_open_request(&fixture, &request);
    assert_text(socket_handshake(fixture.socket)->message,
                "'NOT A METHOD' is not an HTTP method");
    socket_free(fixture.socket);
    request.method = TEXT_EMPTY;
    headers_add(&request.headers, &fixture.http.arena, TEXT("X"), TEXT("a\r\nEvil: b"));
    socket_fixture_open_request(&fixture, &request);
    assert_text(socket_handshake(fixture.socket)->message,
                "the header 'X' cannot be sent: its name or value is not valid");
    assert_int_equal(fixture.http.server.log->connections, 0);
    socket_fixture_stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_request_is_an_upgrade),
        cmocka_unit_test(test_every_form_of_a_url_opens),
        cmocka_unit_test(test_headers_of_the_request_and_the_settings_come_first),
        cmocka_unit_test(test_credentials_are_those_of_the_actor_or_the_url),
        cmocka_unit_test(test_a_challenge_is_explained),
        cmocka_unit_test(test_cookies_go_both_ways),
        cmocka_unit_test(test_the_server_chooses_a_subprotocol),
        cmocka_unit_test(test_http_2_is_not_negotiated),
        cmocka_unit_test(test_a_certificate_that_nobody_trusts_opens_no_socket),
        cmocka_unit_test(test_a_proxy_is_tunnelled_through),
        cmocka_unit_test(test_what_cannot_be_opened_says_why),
        cmocka_unit_test(test_a_header_that_cannot_be_sent_opens_no_socket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
