/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

#include "net/socket/frames/frames.h"
#include "support/socket_fixture.h"

/* Tells what it reads of the client in one piece: how many bytes, and their first two. */
static void serve_pieces(struct raw_connection *connection)
{
    unsigned char bytes[64];
    char told[64];
    wire_send_text(connection, "go");
    ssize_t size = connection->tls ? SSL_read(connection->tls, bytes, sizeof bytes)
                                   : recv(connection->socket, bytes, sizeof bytes, 0);
    snprintf(told, sizeof told, "%d", (int)size);
    wire_send_text(connection, told);
    wire_send_close(connection, 1000, "");
    raw_pause_ms(20);
}

static void serve_deaf(struct raw_connection *connection)
{
    char told[] = "connected";
    wire_send_text(connection, told);
    raw_pause_ms(3000);
}

/* Takes the close frame and goes without an answer. */
static void serve_rude(struct raw_connection *connection)
{
    struct wire_frame frame = { 0 };
    while (wire_receive(connection, &frame, 5000) == WIRE_FRAME && frame.opcode != WIRE_CLOSE) {
    }
    free(frame.payload);
}

/* Says goodbye and is gone: the client's next words meet a closed connection. */
static void serve_gone(struct raw_connection *connection)
{
    wire_send_text(connection, "bye");
    wire_send_close(connection, 4000, "gone");
}

static bool serve(struct raw_connection *connection, const char *path)
{
    if (strcmp(path, "/http") == 0) {
        raw_send_ok(connection, "plain");
        return true;
    }
    if (strcmp(path, "/forbidden") == 0) {
        raw_send(connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 13\r\n"
                             "Set-Cookie: seen=yes\r\n\r\nno token here");
        return false;
    }
    if (strcmp(path, "/hanging") == 0) {
        raw_pause_ms(3000);
        return false;
    }
    wire_accept(connection, "Set-Cookie: room=7; Path=/\r\n");
    if (strcmp(path, "/restart") == 0) {
        wire_send_close(connection, 1012, "restarting");
        serve_rude(connection);
    } else if (strcmp(path, "/pieces") == 0) {
        serve_pieces(connection);
    } else if (strcmp(path, "/deaf") == 0) {
        serve_deaf(connection);
    } else if (strcmp(path, "/rude") == 0) {
        serve_rude(connection);
    } else if (strcmp(path, "/gone") == 0) {
        serve_gone(connection);
    } else if (strcmp(path, "/flood") == 0) {
        for (unsigned i = 0; i < 3000; i++) {
            wire_send(connection, WIRE_FINAL | WIRE_PING, "again", 5);
        }
        wire_echo(connection);
    } else if (strcmp(path, "/ping") == 0) {
        wire_send(connection, WIRE_FINAL | WIRE_PING, "are you there", 13);
        wire_echo(connection);
    } else {
        wire_echo(connection);
    }
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
    socket_close(fixture.socket, 1001, TEXT("only the first counts"));
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
    socket_fixture_run_ms(&fixture, 5);
    assert_int_equal(fixture.ended, 1);
    socket_fixture_stop(&fixture);
}

static void test_the_conversation_has_every_frame_and_counts_them(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/ping");
    socket_fixture_wait_received(&fixture, 1);
    assert_true(socket_send(fixture.socket, CONVERSATION_BINARY, text_make("\0\1", 2)));
    assert_true(socket_send(fixture.socket, CONVERSATION_PING, TEXT("and you")));
    assert_true(socket_send(fixture.socket, CONVERSATION_PONG, TEXT_EMPTY));
    socket_fixture_wait_received(&fixture, 3);
    socket_close(fixture.socket, 0, TEXT("a reason needs a code"));
    socket_fixture_wait_ended(&fixture);
    static const struct {
        bool is_sent;
        enum conversation_kind kind;
        const char *data;
    } expected[] = {
        { true, CONVERSATION_PONG, "are you there" },
        { false, CONVERSATION_PING, "are you there" },
        { true, CONVERSATION_BINARY, NULL },
        { true, CONVERSATION_PING, "and you" },
        { true, CONVERSATION_PONG, "" },
        { false, CONVERSATION_BINARY, NULL },
        { false, CONVERSATION_PONG, "and you" },
        { true, CONVERSATION_CLOSE, "" },
        { false, CONVERSATION_CLOSE, "" },
    };
    const struct conversation *conversation = socket_conversation(fixture.socket);
    assert_int_equal(conversation->count, ARRAY_SIZE(expected));
    for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
        const struct conversation_message *message = &conversation->list[i];
        assert_int_equal(message->is_sent, expected[i].is_sent);
        assert_int_equal(message->kind, expected[i].kind);
        assert_true(message->at_ns > 0);
        if (expected[i].data) {
            assert_text(message->data, expected[i].data);
        } else {
            assert_memory_equal(message->data.at, "\0\1", 2);
        }
    }
    assert_int_equal(conversation->sent[CONVERSATION_PONG], 2);
    assert_int_equal(conversation->received[CONVERSATION_PING], 1);
    assert_int_equal(conversation->sent_bytes, 13 + 2 + 7);
    assert_int_equal(conversation->received_bytes, 13 + 2 + 7);
    assert_int_equal(conversation->close.code, 1005);
    assert_true(conversation->close.is_clean);
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
    assert_int_equal(fixture.opened, 0);
    const struct exchange *handshake = socket_handshake(fixture.socket);
    assert_true(handshake->is_finished);
    assert_int_equal(handshake->failure, EXCHANGE_ANSWERED);
    assert_int_equal(handshake->response.status, 403);
    assert_text(handshake->response.body, "no token here");
    assert_true(handshake->response.timing.first_byte_ns > 0);
    assert_int_equal(http_session_cookies(fixture.http.session)->count, 1);
    assert_false(socket_fixture_send(&fixture, "to nobody"));
    socket_close(fixture.socket, 1000, TEXT_EMPTY);
    socket_drop(fixture.socket);
    assert_int_equal(socket_state(fixture.socket), SOCKET_REFUSED);
    socket_fixture_stop(&fixture);
}

static void test_a_frame_leaves_in_one_piece(void **state)
{
    (void)state;
    char certificate[64];
    snprintf(certificate, sizeof certificate, "/tmp/bddrun-socket-%d.pem", (int)getpid());
    raw_make_certificate(certificate, 30);
    for (unsigned i = 0; i < 2; i++) {
        struct socket_fixture fixture;
        socket_fixture_start_with(
            &fixture, &(struct raw_server_options){
                          .handler = serve, .certificate_file = i ? certificate : NULL });
        fixture.http.settings.trusts_any_certificate = true;
        socket_fixture_open(&fixture, "/pieces");
        socket_fixture_wait_received(&fixture, 1);
        assert_true(socket_fixture_send(&fixture, "12345"));
        socket_fixture_wait_received(&fixture, 2);
        assert_text(socket_fixture_got(&fixture, 1)->data, "11"); /* header 2, mask 4, 5 */
        socket_fixture_stop(&fixture);
    }
    remove(certificate);
}

static void test_masks_are_random(void **state)
{
    (void)state;
    struct masks masks;
    masks_init(&masks);
    struct frames *frames = frames_new(&masks);
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 20);
    for (unsigned i = 0; i < 4096; i++) {
        frames_write(frames, FRAME_TEXT, TEXT("mask"), &out);
    }
    size_t different = 0;
    size_t bits = 0;
    for (unsigned i = 0; i < 4096; i++) {
        const unsigned char *frame = (const unsigned char *)out.at + i * (size_t)10;
        assert_int_equal(frame[0], 0x81);
        assert_int_equal(frame[1], 0x84);
        assert_int_equal(frame[2] ^ frame[6], 'm');
        different += i > 0 && memcmp(frame + 2, frame - 8, 4) != 0;
        for (unsigned bit = 0; bit < 32; bit++) {
            bits += frame[2 + bit / 8] >> bit % 8 & 1;
        }
    }
    assert_int_equal(out.size, 40960);
    assert_true(different > 4090);
    assert_true(bits > 64000 && bits < 67072); /* 65536, 8 deviations */
    frames_free(frames);
}

static void test_a_peer_that_goes_without_an_answer_is_told(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/rude");
    socket_close(fixture.socket, 1000, TEXT_EMPTY);
    socket_fixture_wait_ended(&fixture);
    const struct conversation_close *close = socket_fixture_close_of(&fixture);
    assert_text(close->failure,
                "the server ended the connection without an answer to the close "
                "frame: no close frame came (RFC 6455, section 7.1.5)");
    assert_false(close->is_clean);
    assert_int_equal(close->code, 1006);
    socket_fixture_stop(&fixture);
}

static void test_a_peer_that_does_not_answer_a_close_costs_its_timeout(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    fixture.options.close_timeout_ms = 100;
    socket_fixture_open(&fixture, "/deaf");
    uint64_t started_ns = loop_now_ns(&fixture.http.loop);
    socket_close(fixture.socket, 1000, TEXT_EMPTY);
    socket_fixture_wait_ended(&fixture);
    uint64_t gone_ms = (loop_now_ns(&fixture.http.loop) - started_ns) / 1000000;
    assert_true(gone_ms >= 99 && gone_ms < 2000);
    const struct conversation_close *close = socket_fixture_close_of(&fixture);
    assert_text(close->failure, "the server did not answer the close frame within 100 ms (RFC "
                                "6455, section 7.1.1)");
    assert_int_equal(close->by, CONVERSATION_ENDED_BY_US);
    socket_fixture_stop(&fixture);
}

static void test_what_came_before_the_end_is_read_although_nothing_can_be_sent(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/gone");
    raw_pause_ms(50); /* the loop does not run: the end is there, unread */
    CLEANUP(buffer_release) struct buffer large;
    buffer_init(&large, 8 << 20);
    buffer_add_repeated(&large, '*', 4 << 20);
    for (unsigned i = 0; i < 8; i++) {
        (void)socket_send(fixture.socket, CONVERSATION_TEXT, buffer_text(&large));
        raw_pause_ms(2);
    }
    socket_fixture_wait_ended(&fixture);
    assert_int_equal(socket_pending_bytes(fixture.socket), 0);
    const struct conversation_close *close = socket_fixture_close_of(&fixture);
    assert_int_equal(close->by, CONVERSATION_ENDED_BY_SERVER);
    socket_fixture_stop(&fixture);
}

static void test_a_reader_that_does_not_read_is_not_waited_for(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/deaf");
    CLEANUP(buffer_release) struct buffer large;
    buffer_init(&large, 64 << 20);
    buffer_add_repeated(&large, '*', 32 << 20);
    uint64_t started_ns = loop_now_ns(&fixture.http.loop);
    assert_true(socket_send(fixture.socket, CONVERSATION_TEXT, buffer_text(&large)));
    assert_true(loop_now_ns(&fixture.http.loop) - started_ns < 2 * NANOSECONDS_PER_SECOND);
    assert_true(socket_pending_bytes(fixture.socket) > 1 << 20);
    socket_fixture_wait_received(&fixture, 1);
    assert_text(socket_fixture_got(&fixture, 0)->data, "connected");
    socket_fixture_stop(&fixture);
}

static void test_a_dropped_socket_says_nothing(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/echo");
    socket_drop(fixture.socket);
    assert_int_equal(socket_state(fixture.socket), SOCKET_CLOSED);
    assert_int_equal(fixture.ended, 0);
    socket_drop(fixture.socket);
    socket_close(fixture.socket, 1000, TEXT_EMPTY);
    socket_fixture_wait_ended(&fixture);
    const struct conversation_close *close = socket_fixture_close_of(&fixture);
    assert_text(close->failure, "");
    assert_int_equal(close->code, 1006);
    assert_false(close->is_clean);
    assert_int_equal(close->by, CONVERSATION_ENDED_BY_US);
    assert_int_equal(socket_conversation(fixture.socket)->count, 0);
    socket_fixture_stop(&fixture);
}

static void test_a_socket_dropped_while_it_opens_is_interrupted(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    fixture.socket = socket_open(fixture.http.session, &fixture.http.arena,
                                 &(struct request){ .url = TEXT("/hanging") },
                                 &fixture.http.settings, &fixture.options, &fixture.listener);
    socket_fixture_run_ms(&fixture, 20);
    socket_drop(fixture.socket);
    assert_int_equal(socket_state(fixture.socket), SOCKET_REFUSED);
    socket_fixture_wait_ended(&fixture);
    assert_int_equal(socket_handshake(fixture.socket)->failure, EXCHANGE_INTERRUPTED);
    socket_fixture_stop(&fixture);
}

static void test_an_upgrade_without_an_answer_costs_the_response_timeout(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    fixture.http.settings.response_timeout_ms = 100;
    socket_fixture_open(&fixture, "/hanging");
    const struct exchange *handshake = socket_handshake(fixture.socket);
    assert_int_equal(handshake->failure, EXCHANGE_TIMEOUT);
    assert_text(handshake->message,
                http_fixture_format(
                    &fixture.http, "no complete answer from 'ws://127.0.0.1:%d/hanging' within "
                                   "100 ms: 0 bytes of headers and 0 of the body came"));
    socket_fixture_stop(&fixture);
}

static void drop_when_received(void *context, const struct conversation_message *message)
{
    struct socket_fixture *fixture = context;
    (void)message;
    fixture->received++;
    socket_drop(fixture->socket);
}

static void test_a_listener_may_drop_the_socket(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    fixture.listener.received = drop_when_received;
    socket_fixture_open(&fixture, "/ping");
    socket_fixture_wait_ended(&fixture);
    assert_int_equal(fixture.received, 1);
    assert_int_equal(socket_state(fixture.socket), SOCKET_CLOSED);
    socket_fixture_stop(&fixture);
}

static void test_a_listener_may_want_to_know_nothing(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    struct socket_listener none = { 0 };
    struct socket *socket = socket_open(fixture.http.session, &fixture.http.arena,
                                        &(struct request){ .url = TEXT("/restart") },
                                        &fixture.http.settings, &fixture.options, &none);
    while (socket_state(socket) != SOCKET_CLOSED) {
        socket_fixture_run_ms(&fixture, 5);
    }
    socket_fixture_run_ms(&fixture, 5);
    assert_int_equal(socket_conversation(socket)->close.code, 1012);
    socket_free(socket);
    socket_fixture_stop(&fixture);
}

static void test_a_session_ends_its_sockets(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/echo");
    struct socket *first = fixture.socket;
    socket_fixture_open(&fixture, "/echo");
    http_session_free(fixture.http.session);
    socket_free(first);
    socket_free(fixture.socket);
    socket_free(NULL);
    socket_fixture_run_ms(&fixture, 5);
    assert_int_equal(fixture.ended, 0);
    socket_fixture_stop(&fixture);
}

static void test_a_full_conversation_ends_the_socket_and_says_so(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    fixture.options.kept_limit_bytes = 1000;
    fixture.is_echoing = true;
    socket_fixture_open(&fixture, "/echo");
    assert_true(socket_fixture_send(&fixture, "again and again"));
    socket_fixture_wait_ended(&fixture);
    const struct conversation *conversation = socket_conversation(fixture.socket);
    assert_text(conversation->close.failure,
                "the conversation is full: at most 1000 bytes are kept of one socket");
    assert_int_equal(conversation->close.by, CONVERSATION_ENDED_BY_US);
    assert_true(conversation->count <= 1000 / sizeof *conversation->list);
    assert_true(conversation->sent[CONVERSATION_TEXT] + conversation->sent[CONVERSATION_CLOSE] +
                    conversation->received[CONVERSATION_TEXT] >
                conversation->count);
    socket_fixture_stop(&fixture);
}

static void test_a_flood_of_pings_is_answered_and_counted_but_not_kept(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/flood");
    socket_fixture_wait_received(&fixture, 3000);
    const struct conversation *conversation = socket_conversation(fixture.socket);
    assert_int_equal(conversation->received[CONVERSATION_PING], 3000);
    assert_int_equal(conversation->sent[CONVERSATION_PONG], 3000);
    assert_int_equal(conversation->count, SOCKET_CONTROL_KEPT);
    assert_true(socket_fixture_send(&fixture, "still here"));
    socket_fixture_wait_received(&fixture, 3001);
    assert_int_equal(conversation->count, SOCKET_CONTROL_KEPT + 2);
    assert_int_equal(conversation->received[CONVERSATION_TEXT], 1);
    socket_fixture_stop(&fixture);
}

static void test_a_long_reason_is_cut_between_code_points(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/echo");
    CLEANUP(buffer_release) struct buffer reason;
    buffer_init(&reason, 1000);
    for (unsigned i = 0; i < 100; i++) {
        buffer_add_string(&reason, "\xE2\x82\xAC"); /* 41 of them are 123 bytes */
    }
    socket_close(fixture.socket, 4999, text_from(buffer_text(&reason), 0));
    socket_fixture_wait_ended(&fixture);
    assert_int_equal(socket_fixture_close_of(&fixture)->reason.size, 123);
    socket_fixture_open(&fixture, "/echo");
    struct text shifted =
        arena_format(&fixture.http.arena, "x%.*s", TEXT_ARG(buffer_text(&reason)));
    socket_close(fixture.socket, 4999, shifted);
    socket_fixture_wait_ended(&fixture);
    assert_int_equal(socket_fixture_close_of(&fixture)->reason.size, 121);
    assert_true(socket_fixture_close_of(&fixture)->is_clean);
    socket_fixture_stop(&fixture);
}

static void test_a_large_message_comes_back_over_tls(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    char certificate[64];
    snprintf(certificate, sizeof certificate, "/tmp/bddrun-socket-%d.pem", (int)getpid());
    raw_make_certificate(certificate, 30);
    socket_fixture_start_with(
        &fixture,
        &(struct raw_server_options){ .handler = serve, .certificate_file = certificate });
    fixture.http.settings.ca_file = text_of(certificate);
    fixture.options.message_limit_bytes = 8 << 20;
    socket_fixture_open(&fixture, "/echo");
    CLEANUP(buffer_release) struct buffer large;
    buffer_init(&large, 8 << 20);
    buffer_add_repeated(&large, '*', 8 << 20);
    assert_true(socket_send(fixture.socket, CONVERSATION_TEXT, buffer_text(&large)));
    assert_true(socket_fixture_send(&fixture, "and a small one"));
    socket_fixture_wait_received(&fixture, 2);
    assert_true(text_equal(socket_fixture_got(&fixture, 0)->data, buffer_text(&large)));
    assert_text(socket_fixture_got(&fixture, 1)->data, "and a small one");
    assert_int_equal(socket_pending_bytes(fixture.socket), 0);
    socket_close(fixture.socket, 1000, TEXT_EMPTY);
    socket_fixture_wait_ended(&fixture);
    assert_true(socket_fixture_close_of(&fixture)->is_clean);
    socket_fixture_stop(&fixture);
    remove(certificate);
}

static void test_pings_are_answered_while_a_request_is_waited_for(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    socket_fixture_start(&fixture, serve);
    socket_fixture_open(&fixture, "/ping");
    while (fixture.received == 0) {
        struct exchange *exchange = http_fixture_get(&fixture.http, "/http");
        assert_text(exchange->response.body, "plain");
    }
    assert_int_equal(socket_conversation(fixture.socket)->sent[CONVERSATION_PONG], 1);
    socket_fixture_stop(&fixture);
}

struct crowd {
    unsigned opened;
    unsigned received;
    unsigned wanted;
};

static void crowd_opened(void *context)
{
    struct crowd *crowd = context;
    crowd->opened++;
}

static void crowd_received(void *context, const struct conversation_message *message)
{
    struct crowd *crowd = context;
    crowd->received += text_is(message->data, "hello");
}

static bool is_crowd_open(const void *context)
{
    const struct crowd *crowd = context;
    return crowd->opened == crowd->wanted;
}

static bool is_crowd_served(const void *context)
{
    const struct crowd *crowd = context;
    return crowd->received == crowd->wanted;
}

static void test_many_sockets_open_at_once(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    struct socket *sockets[60];
    struct crowd crowd = { .wanted = ARRAY_SIZE(sockets) };
    struct socket_listener listener = { &crowd, crowd_opened, crowd_received, NULL };
    socket_fixture_start(&fixture, serve);
    struct http_fixture *http = &fixture.http;
    for (unsigned i = 0; i < crowd.wanted; i++) {
        sockets[i] =
            socket_open(http->session, &http->arena, &(struct request){ .url = TEXT("/echo") },
                        &http->settings, &fixture.options, &listener);
        assert_int_equal(socket_state(sockets[i]), SOCKET_CONNECTING);
    }
    uint64_t deadline_ns = loop_now_ns(&http->loop) + 20 * NANOSECONDS_PER_SECOND;
    assert_int_equal(loop_run(&http->loop, is_crowd_open, &crowd, deadline_ns), LOOP_DONE);
    net_close_connections(http->net); /* of idle ones only */
    for (unsigned i = 0; i < crowd.wanted; i++) {
        assert_true(socket_send(sockets[i], CONVERSATION_TEXT, TEXT("hello")));
    }
    assert_int_equal(loop_run(&http->loop, is_crowd_served, &crowd, deadline_ns), LOOP_DONE);
    for (unsigned i = 0; i < crowd.wanted; i++) {
        socket_free(sockets[i]);
    }
    socket_fixture_stop(&fixture);
}

/* Some wait for their turn to connect: those that are freed meanwhile give it to the others. */
static void test_sockets_freed_before_they_connected_hold_up_nobody(void **state)
{
    (void)state;
    struct socket_fixture fixture;
    struct socket *sockets[60];
    struct crowd crowd = { .wanted = ARRAY_SIZE(sockets) - 3 };
    struct socket_listener listener = { &crowd, crowd_opened, crowd_received, NULL };
    socket_fixture_start(&fixture, serve);
    struct http_fixture *http = &fixture.http;
    for (unsigned i = 0; i < ARRAY_SIZE(sockets); i++) {
        sockets[i] =
            socket_open(http->session, &http->arena, &(struct request){ .url = TEXT("/echo") },
                        &http->settings, &fixture.options, &listener);
    }
    socket_free(sockets[59]);
    socket_free(sockets[40]);
    socket_free(sockets[0]);
    uint64_t deadline_ns = loop_now_ns(&http->loop) + 20 * NANOSECONDS_PER_SECOND;
    assert_int_equal(loop_run(&http->loop, is_crowd_open, &crowd, deadline_ns), LOOP_DONE);
    socket_fixture_stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_comes_back_and_the_socket_closes_cleanly),
        cmocka_unit_test(test_the_conversation_has_every_frame_and_counts_them),
        cmocka_unit_test(test_a_restart_is_seen_with_its_code),
        cmocka_unit_test(test_a_refused_upgrade_has_status_and_body),
        cmocka_unit_test(test_a_frame_leaves_in_one_piece),
        cmocka_unit_test(test_masks_are_random),
        cmocka_unit_test(test_a_peer_that_goes_without_an_answer_is_told),
        cmocka_unit_test(test_a_peer_that_does_not_answer_a_close_costs_its_timeout),
        cmocka_unit_test(test_what_came_before_the_end_is_read_although_nothing_can_be_sent),
        cmocka_unit_test(test_a_reader_that_does_not_read_is_not_waited_for),
        cmocka_unit_test(test_a_dropped_socket_says_nothing),
        cmocka_unit_test(test_a_socket_dropped_while_it_opens_is_interrupted),
        cmocka_unit_test(test_an_upgrade_without_an_answer_costs_the_response_timeout),
        cmocka_unit_test(test_a_listener_may_drop_the_socket),
        cmocka_unit_test(test_a_listener_may_want_to_know_nothing),
        cmocka_unit_test(test_a_session_ends_its_sockets),
        cmocka_unit_test(test_a_full_conversation_ends_the_socket_and_says_so),
        cmocka_unit_test(test_a_flood_of_pings_is_answered_and_counted_but_not_kept),
        cmocka_unit_test(test_a_long_reason_is_cut_between_code_points),
        cmocka_unit_test(test_a_large_message_comes_back_over_tls),
        cmocka_unit_test(test_pings_are_answered_while_a_request_is_waited_for),
        cmocka_unit_test(test_many_sockets_open_at_once),
        cmocka_unit_test(test_sockets_freed_before_they_connected_hold_up_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
