/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/socket_fixture.h"

static bool serve(struct raw_connection *connection, const char *path)
{
    if (strcmp(path, "/forbidden") == 0) {
        raw_send(connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 13\r\n"
                             "Set-Cookie: seen=yes\r\n\r\nno token here");
        return false;
    }
    wire_accept(connection, "Set-Cookie: room=7; Path=/\r\n");
    if (strcmp(path, "/restart") == 0) {
        wire_send_close(connection, 1012, "restarting");
        struct wire_frame frame = { 0 };
        wire_receive(connection, &frame, 5000);
        free(frame.payload);
        return false;
    }
    wire_echo(connection);
    return false;
}

static void test_a_message_comes_back_and_the_socket_closes_cleanly(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/echo");
    assert_int_equal(socket_state(fixture.socket), SOCKET_OPEN);
    assert_int_equal(socket_handshake(fixture.socket)->response.status, 101);
    assert_true(socket_fixture_send(&fixture, "hello"));
    socket_fixture_wait_received(&fixture, 1);
    assert_text(socket_fixture_got(&fixture, 0)->data, "hello");
    socket_close(fixture.socket, 1000, TEXT("bye"));
    assert_int_equal(socket_state(fixture.socket), SOCKET_CLOSING);
    assert_false(socket_fixture_send(&fixture, "too late"));
    socket_fixture_wait_ended(&fixture);
    assert_int_equal(socket_state(fixture.socket), SOCKET_CLOSED);
    const struct conversation_close *close = socket_fixture_close_of(&fixture);
    assert_text(close->failure, "");
    assert_true(close->is_clean);
    assert_int_equal(close->code, 1000);
    assert_text(close->reason, "bye");
    assert_int_equal(close->by, CONVERSATION_ENDED_BY_US);
    assert_true(http_fixture_saw(&fixture.http, 0, "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:"));
    socket_fixture_stop(&fixture);
}

static void test_a_restart_is_seen_with_its_code(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/restart");
    socket_fixture_wait_ended(&fixture);
    const struct conversation_close *close = socket_fixture_close_of(&fixture);
    assert_text(close->failure, "");
    assert_int_equal(close->code, 1012);
    assert_text(close->reason, "restarting");
    assert_int_equal(close->by, CONVERSATION_ENDED_BY_SERVER);
    assert_true(close->is_clean);
    socket_fixture_stop(&fixture);
}

static void test_a_refused_upgrade_has_status_and_body(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/forbidden");
    assert_int_equal(socket_state(fixture.socket), SOCKET_REFUSED);
    assert_int_equal(fixture.ended, 1);
    const struct exchange *handshake = socket_handshake(fixture.socket);
    assert_true(handshake->is_finished);
    assert_int_equal(handshake->failure, EXCHANGE_ANSWERED);
    assert_int_equal(handshake->response.status, 403);
    assert_text(handshake->response.body, "no token here");
    assert_int_equal(http_session_cookies(fixture.http.session)->count, 1);
    socket_fixture_stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_comes_back_and_the_socket_closes_cleanly),
        cmocka_unit_test(test_a_restart_is_seen_with_its_code),
        cmocka_unit_test(test_a_refused_upgrade_has_status_and_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
