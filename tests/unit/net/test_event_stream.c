/* SPDX-License-Identifier: MIT */
#include "net/event_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "support/http_fixture.h"

#define HEAD                                                                                   \
    "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\n"                    \
    "Set-Cookie: seen=yes\r\nTransfer-Encoding: chunked\r\n\r\n"

enum { DEADLINE_MS = 10000 };

static void send_chunk(struct raw_connection *connection, const char *data)
{
    char head[32];
    snprintf(head, sizeof head, "%zx\r\n", strlen(data));
    raw_send(connection, head);
    raw_send(connection, data);
    raw_send(connection, "\r\n");
}

static void send_many(struct raw_connection *connection)
{
    raw_send(connection, HEAD);
    for (int i = 0; i < 100; i++) {
        send_chunk(connection, "data: tick\n\n");
        raw_pause_ms(20);
    }
}

static void send_some(struct raw_connection *connection)
{
    raw_send(connection, HEAD "1b\r\n: hello\ndata: glued\nid: 7\n\n\r\n");
    raw_pause_ms(30);
    send_chunk(connection, "event: score\ndata: {\"home\":");
    raw_pause_ms(30);
    send_chunk(connection, "1}\nretry: 2500\n\n");
    raw_send(connection, "0\r\n\r\n");
}

static void send_packed_part(struct raw_connection *connection, z_stream *stream, char *data,
                             int flush)
{
    char packed[256];
    char head[32];
    stream->next_in = (Bytef *)data;
    stream->avail_in = (uInt)strlen(data);
    stream->next_out = (Bytef *)packed;
    stream->avail_out = sizeof packed;
    deflate(stream, flush);
    size_t size = sizeof packed - stream->avail_out;
    snprintf(head, sizeof head, "%zx\r\n", size);
    raw_send(connection, head);
    raw_send_bytes(connection, packed, size);
    raw_send(connection, "\r\n");
}

/* Each event is flushed, and the second comes much later. */
static void send_packed(struct raw_connection *connection)
{
    enum { GZIP_WINDOW_BITS = 15 + 16, MEMORY_LEVEL = 8 };
    char first[] = "data: packed\n\n";
    char second[] = "data: too\n\n";
    z_stream stream = { .next_in = NULL };
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW_BITS, MEMORY_LEVEL,
                 Z_DEFAULT_STRATEGY);
    raw_send(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                         "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
    send_packed_part(connection, &stream, first, Z_SYNC_FLUSH);
    raw_pause_ms(300);
    send_packed_part(connection, &stream, second, Z_FINISH);
    raw_send(connection, "0\r\n\r\n");
    deflateEnd(&stream);
}

static void send_refusal(struct raw_connection *connection, const char *path)
{
    if (strcmp(path, "/forbidden") == 0) {
        raw_send(connection, "HTTP/1.1 403 Forbidden\r\nContent-Type: text/event-stream\r\n"
                             "Content-Length: 5\r\n\r\nno go");
    } else if (strcmp(path, "/html") == 0) {
        raw_send(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                             "Content-Length: 4\r\n\r\n<p/>");
    } else if (strcmp(path, "/untyped") == 0) {
        raw_send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    } else if (strcmp(path, "/endless-html") == 0) {
        raw_send(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>");
        raw_pause_ms(3000);
    } else {
        raw_pause_ms(3000); /* /silent */
    }
}

static bool serve(struct raw_connection *connection, const char *path)
{
    if (strcmp(path, "/some") == 0) {
        send_some(connection);
        return true;
    }
    if (strcmp(path, "/elsewhere") == 0) {
        raw_send(connection, "HTTP/1.1 307 Moved\r\nLocation: /some\r\n"
                             "Content-Length: 0\r\n\r\n");
        return true;
    }
    if (strcmp(path, "/packed") == 0) {
        send_packed(connection);
        return true;
    }
    if (strcmp(path, "/many") == 0) {
        send_many(connection);
    } else if (strcmp(path, "/reset") == 0) {
        raw_send(connection, HEAD);
        send_chunk(connection, "data: last words\n\ndata: cut");
        raw_pause_ms(50);
        raw_reset(connection);
    } else {
        send_refusal(connection, path);
    }
    return false;
}

struct fixture {
    struct http_fixture http;
    struct event_stream_options options;
    struct socket_listener listener;
    struct event_stream *stream;
    unsigned opened;
    unsigned received;
    unsigned ended;
    unsigned wanted;
    bool closes_itself; /* at the first event */
};

static void on_opened(void *context)
{
    struct fixture *fixture = context;
    assert_int_equal(event_stream_state(fixture->stream) == SOCKET_REFUSED, false);
    fixture->opened++;
}

static void on_received(void *context, const struct conversation_message *message)
{
    struct fixture *fixture = context;
    assert_int_equal(message->kind, CONVERSATION_EVENT);
    assert_int_equal(fixture->opened, 1);
    assert_int_equal(fixture->ended, 0);
    fixture->received++;
    if (fixture->closes_itself) {
        event_stream_close(fixture->stream);
    }
}

static void on_ended(void *context)
{
    struct fixture *fixture = context;
    fixture->ended++;
}

static void start(struct fixture *fixture)
{
    *fixture = (struct fixture){ .wanted = 1 };
    http_fixture_open(&fixture->http, serve);
    fixture->listener = (struct socket_listener){
        .context = fixture, .opened = on_opened, .received = on_received, .ended = on_ended
    };
}

static void stop(struct fixture *fixture)
{
    event_stream_free(fixture->stream);
    event_stream_free(fixture->stream);
    event_stream_free(NULL);
    http_fixture_close(&fixture->http);
}

static void open_stream(struct fixture *fixture, const char *url)
{
    const struct request request = { .url = text_of(url) };
    fixture->stream =
        event_stream_open(fixture->http.session, &fixture->http.arena, &request,
                          &fixture->http.settings, &fixture->options, &fixture->listener);
    assert_int_equal(event_stream_state(fixture->stream), SOCKET_CONNECTING);
}

static bool is_ended(const void *context)
{
    const struct fixture *fixture = context;
    return fixture->ended > 0;
}

static bool has_received(const void *context)
{
    const struct fixture *fixture = context;
    return fixture->received >= fixture->wanted;
}

static void wait_for(struct fixture *fixture, bool (*predicate)(const void *context))
{
    uint64_t deadline_ns =
        loop_now_ns(&fixture->http.loop) + DEADLINE_MS * NANOSECONDS_PER_MILLISECOND;
    assert_int_equal(loop_run(&fixture->http.loop, predicate, fixture, deadline_ns), LOOP_DONE);
}

static const struct conversation_close *close_of(const struct fixture *fixture)
{
    return &event_stream_conversation(fixture->stream)->close;
}

static void check_some(struct fixture *fixture)
{
    const struct conversation *conversation = event_stream_conversation(fixture->stream);
    assert_int_equal(event_stream_state(fixture->stream), SOCKET_CLOSED);
    assert_int_equal(fixture->opened, 1);
    assert_int_equal(fixture->received, 2);
    assert_int_equal(conversation->count, 2);
    assert_int_equal(conversation->received[CONVERSATION_EVENT], 2);
    assert_text(conversation->protocol, "event stream");
    assert_text(conversation->list[0].event, "message");
    assert_text(conversation->list[0].data, "glued");
    assert_text(conversation->list[1].event, "score");
    assert_text(conversation->list[1].data, "{\"home\":1}");
    assert_true(conversation->list[1].at_ns >= conversation->list[0].at_ns);
    assert_text(event_stream_last_id(fixture->stream), "7");
    assert_int_equal(event_stream_retry_ms(fixture->stream), 2500);
    assert_true(close_of(fixture)->is_clean);
    assert_int_equal(close_of(fixture)->code, 1005);
    assert_int_equal(close_of(fixture)->by, CONVERSATION_ENDED_BY_SERVER);
    assert_text(close_of(fixture)->failure, "");
}

static void events_arrive_while_the_answer_goes_on(void **state)
{
    (void)state;
    struct fixture fixture;
    struct text cookie = TEXT_EMPTY;
    start(&fixture);
    open_stream(&fixture, "/some");
    assert_int_equal(event_stream_retry_ms(fixture.stream), 0);
    wait_for(&fixture, has_received);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_OPEN);
    const struct exchange *handshake = event_stream_handshake(fixture.stream);
    assert_true(handshake->is_finished);
    assert_int_equal(handshake->response.status, 200);
    assert_ptr_equal(event_stream_conversation(fixture.stream)->handshake, handshake);
    assert_true(headers_find(&handshake->response.headers, TEXT("Set-Cookie"), &cookie));
    wait_for(&fixture, is_ended);
    check_some(&fixture);
    assert_true(http_fixture_saw(&fixture.http, 0, "\r\nAccept: text/event-stream\r\n"));
    assert_true(http_fixture_saw(&fixture.http, 0, "\r\nCache-Control: no-cache\r\n"));
    assert_int_equal(http_session_cookies(fixture.http.session)->count, 1);
    stop(&fixture);
}

static void own_headers_replace_ours_and_redirects_are_followed_on_demand(void **state)
{
    (void)state;
    struct fixture fixture;
    struct request request = { .url = TEXT("/elsewhere") };
    start(&fixture);
    fixture.http.settings.follows_redirects = true;
    headers_add(&request.headers, &fixture.http.arena, TEXT("Accept"), TEXT("text/x"));
    headers_add(&request.headers, &fixture.http.arena, TEXT("Last-Event-ID"), TEXT("6"));
    fixture.stream =
        event_stream_open(fixture.http.session, &fixture.http.arena, &request,
                          &fixture.http.settings, &fixture.options, &fixture.listener);
    wait_for(&fixture, is_ended);
    check_some(&fixture);
    assert_true(http_fixture_saw(&fixture.http, -1, "GET /some "));
    assert_true(http_fixture_saw(&fixture.http, -1, "\r\nAccept: text/x\r\n"));
    assert_true(http_fixture_saw(&fixture.http, -1, "\r\nLast-Event-ID: 6\r\n"));
    assert_false(http_fixture_saw(&fixture.http, -1, "text/event-stream"));
    stop(&fixture);
}

static void a_stream_outlives_the_response_timeout_and_is_closed_by_us(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    fixture.http.settings.response_timeout_ms = 200;
    fixture.wanted = 20;
    open_stream(&fixture, "/many");
    wait_for(&fixture, has_received);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_OPEN);
    event_stream_close(fixture.stream);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_CLOSED);
    assert_int_equal(fixture.ended, 0);
    wait_for(&fixture, is_ended);
    event_stream_close(fixture.stream);
    assert_true(close_of(&fixture)->is_clean);
    assert_int_equal(close_of(&fixture)->by, CONVERSATION_ENDED_BY_US);
    assert_int_equal(fixture.ended, 1);
    stop(&fixture);
}

static void a_listener_may_close_and_hears_nothing_but_the_end(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    fixture.closes_itself = true;
    open_stream(&fixture, "/many");
    wait_for(&fixture, is_ended);
    assert_int_equal(fixture.received, event_stream_conversation(fixture.stream)->count);
    assert_int_equal(fixture.ended, 1);
    stop(&fixture);
}

static void compressed_events_are_told_as_they_come(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    open_stream(&fixture, "/packed");
    wait_for(&fixture, has_received);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_OPEN);
    wait_for(&fixture, is_ended);
    const struct conversation *conversation = event_stream_conversation(fixture.stream);
    assert_int_equal(conversation->count, 2);
    assert_text(conversation->list[0].data, "packed");
    assert_text(conversation->list[1].data, "too");
    assert_true(close_of(&fixture)->is_clean);
    stop(&fixture);
}

static void a_broken_connection_is_told(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    open_stream(&fixture, "/reset");
    wait_for(&fixture, is_ended);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_CLOSED);
    assert_int_equal(fixture.received, 1);
    assert_false(close_of(&fixture)->is_clean);
    assert_int_equal(close_of(&fixture)->code, 1006);
    assert_int_equal(close_of(&fixture)->by, CONVERSATION_ENDED_BY_SERVER);
    assert_true(text_starts_with(close_of(&fixture)->failure,
                                 TEXT("connection broken while receiving from 'http://127")));
    assert_int_equal(event_stream_handshake(fixture.stream)->failure, EXCHANGE_ANSWERED);
    stop(&fixture);
}

static void what_is_no_event_stream_is_refused_and_says_what_was_expected(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        enum exchange_failure failure;
        unsigned status;
        const char *body;
        const char *expected;
    } cases[] = {
        { "/forbidden", EXCHANGE_ANSWERED, 403, "no go", "expected status 200, got 403" },
        { "/elsewhere", EXCHANGE_ANSWERED, 307, "", "expected status 200, got 307" },
        { "/html", EXCHANGE_ANSWERED, 200, "<p/>",
          "expected Content-Type 'text/event-stream', got 'text/html'" },
        { "/untyped", EXCHANGE_ANSWERED, 200, "",
          "expected Content-Type 'text/event-stream', got none" },
        { "/endless-html", EXCHANGE_TIMEOUT, 200, "<p>",
          "expected Content-Type 'text/event-stream', got 'text/html'" },
        { "/silent", EXCHANGE_TIMEOUT, 0, "", "" },
        { "ftp://127.0.0.1/", EXCHANGE_OTHER, 0, "", "" },
        { "http://127.0.0.1:1/", EXCHANGE_REFUSED, 0, "", "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        start(&fixture);
        fixture.http.settings.response_timeout_ms = 300;
        open_stream(&fixture, cases[i].path);
        wait_for(&fixture, is_ended);
        const struct exchange *handshake = event_stream_handshake(fixture.stream);
        assert_int_equal(event_stream_state(fixture.stream), SOCKET_REFUSED);
        assert_int_equal(fixture.opened, 0);
        assert_int_equal(handshake->failure, cases[i].failure);
        assert_int_equal(handshake->response.status, cases[i].status);
        assert_text(handshake->response.body, cases[i].body);
        assert_text(close_of(&fixture)->failure, cases[i].expected);
        assert_true(handshake->is_finished);
        if (cases[i].failure == EXCHANGE_TIMEOUT) {
            assert_text(handshake->hint, "look into the server's log, or raise the setting "
                                         "'response timeout'");
        }
        stop(&fixture);
    }
}

static void limits_end_the_stream(void **state)
{
    (void)state;
    static const struct {
        struct event_stream_options options;
        const char *failure;
    } cases[] = {
        { { .event_limit_bytes = 3 },
          "an event of the stream passes 3 bytes, or a line of it does" },
        { { .kept_limit_bytes = 100 },
          "the conversation is full: at most 100 bytes are kept of one stream" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        start(&fixture);
        fixture.options = cases[i].options;
        open_stream(&fixture, "/many");
        wait_for(&fixture, is_ended);
        assert_text(close_of(&fixture)->failure, cases[i].failure);
        assert_int_equal(close_of(&fixture)->by, CONVERSATION_ENDED_BY_US);
        assert_false(close_of(&fixture)->is_clean);
        assert_int_equal(event_stream_conversation(fixture.stream)->count, i);
        stop(&fixture);
    }
}

static void one_that_is_connecting_can_be_closed_and_a_session_freed(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    fixture.http.settings.response_timeout_ms = 0;
    open_stream(&fixture, "/silent");
    event_stream_close(fixture.stream);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_REFUSED);
    wait_for(&fixture, is_ended);
    assert_int_equal(event_stream_handshake(fixture.stream)->failure, EXCHANGE_INTERRUPTED);
    struct event_stream *first = fixture.stream;
    fixture.ended = 0;
    open_stream(&fixture, "/many");
    wait_for(&fixture, has_received);
    event_stream_free(first);
    http_session_free(fixture.http.session);
    assert_int_equal(event_stream_state(fixture.stream), SOCKET_CLOSED);
    assert_int_equal(fixture.ended, 0);
    stop(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_arrive_while_the_answer_goes_on),
        cmocka_unit_test(own_headers_replace_ours_and_redirects_are_followed_on_demand),
        cmocka_unit_test(a_stream_outlives_the_response_timeout_and_is_closed_by_us),
        cmocka_unit_test(a_listener_may_close_and_hears_nothing_but_the_end),
        cmocka_unit_test(compressed_events_are_told_as_they_come),
        cmocka_unit_test(a_broken_connection_is_told),
        cmocka_unit_test(what_is_no_event_stream_is_refused_and_says_what_was_expected),
        cmocka_unit_test(limits_end_the_stream),
        cmocka_unit_test(one_that_is_connecting_can_be_closed_and_a_session_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
