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
static void test_what_opens_at_once_leaves_the_timeouts_of_others(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    int waiting[WAITING];
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    uint16_t port = fill_port(listener, waiting);
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/first");
    struct socket *first = fixture.socket;
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
        socket_free(fixture.socket);
    }
    assert_int_equal(socket_state(hanging), SOCKET_CONNECTING);
    socket_fixture_run_ms(&fixture, 700);
    assert_int_equal(socket_state(hanging), SOCKET_REFUSED);
    assert_int_equal(socket_handshake(hanging)->failure, EXCHANGE_TIMEOUT);
    fixture.socket = first;
    socket_free(hanging);
    socket_fixture_stop(&fixture);
    for (unsigned i = 0; i < WAITING; i++) {
        close(waiting[i]);
    }
    close(listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_opens_at_once_leaves_the_timeouts_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
