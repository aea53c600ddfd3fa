/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/socket_fixture.h"

enum { WAITING = 4 };

static bool serve(struct raw_connection *connection, const char *path)
{
    (void)path;
    wire_accept(connection, "");
    wire_echo(connection);
    return false;
}

static bool serve_plain(struct raw_connection *connection, const char *path)
{
    (void)path;
    raw_send_ok(connection, "plain");
    return true;
}

/* A port that takes no connection and refuses none: those that wait already fill its queue. */
static uint16_t fill_port(int listener, int waiting[WAITING])
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    assert_int_equal(bind(listener, (const struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listener, 0), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    for (unsigned i = 0; i < WAITING; i++) {
        waiting[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(waiting[i], (const struct sockaddr *)&address, size);
    }
    return ntohs(address.sin_port);
}

/* libcurl asks for its timer only when that changes: nobody else may set it meanwhile. */
static void test_what_opens_meanwhile_leaves_the_timeouts_of_others(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    int waiting[WAITING];
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    uint16_t port = fill_port(listener, waiting);
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/first");
    struct http_settings settings = fixture.http.settings;
    settings.connect_timeout_ms = 300;
    struct text url = arena_format(&fixture.http.arena, "ws://127.0.0.1:%u/", port);
    static const struct socket_listener nobody = { 0 };
    struct socket *hanging =
        socket_open(fixture.http.session, &fixture.http.arena, &(struct request){ .url = url },
                    &settings, &fixture.options, &nobody);
    for (unsigned i = 0; i < 5; i++) {
        socket_fixture_run_ms(&fixture, 10);
        socket_fixture_open(&fixture, "/more");
        assert_int_equal(socket_state(fixture.socket), SOCKET_OPEN);
    }
    assert_int_equal(socket_state(hanging), SOCKET_CONNECTING);
    socket_fixture_run_ms(&fixture, 700);
    assert_int_equal(socket_state(hanging), SOCKET_REFUSED);
    assert_int_equal(socket_handshake(hanging)->failure, EXCHANGE_TIMEOUT);
    socket_fixture_stop(&fixture);
    for (unsigned i = 0; i < WAITING; i++) {
        close(waiting[i]);
    }
    close(listener);
}

/* libcurl closes such a socket without telling. */
static void test_a_connect_timeout_ends_one_request(void **state)
{
    (void)state;
    struct http_fixture fixture;
    int waiting[WAITING];
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    uint16_t port = fill_port(listener, waiting);
    http_fixture_open(&fixture, serve_plain);
    fixture.settings.connect_timeout_ms = 100;
    struct text url = arena_format(&fixture.arena, "http://127.0.0.1:%u/", port);
    for (unsigned i = 0; i < 3; i++) {
        const struct exchange *exchange =
            http_fixture_send(&fixture, &(struct request){ .url = url });
        assert_int_equal(exchange->failure, EXCHANGE_TIMEOUT);
        struct text start =
            arena_format(&fixture.arena, "no connection to '%.*s' within 1", TEXT_ARG(url));
        assert_true(text_starts_with(exchange->message, start));
        assert_text(http_fixture_get(&fixture, "/")->response.body, "plain");
    }
    http_fixture_close(&fixture);
    for (unsigned i = 0; i < WAITING; i++) {
        close(waiting[i]);
    }
    close(listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_connect_timeout_ends_one_request),
        cmocka_unit_test(test_what_opens_meanwhile_leaves_the_timeouts_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
