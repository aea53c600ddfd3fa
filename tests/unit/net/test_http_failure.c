/* SPDX-License-Identifier: MIT */
#include "net/http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "support/http_fixture.h"

#define BODY_OF_4 "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"

static void send_compressed_zeros(struct raw_connection *connection, size_t size)
{
    z_stream stream = { 0 };
    static unsigned char zeros[1 << 16];
    static unsigned char out[1 << 20];
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    stream.next_out = out;
    stream.avail_out = sizeof out;
    for (size_t sent = 0; sent < size; sent += sizeof zeros) {
        stream.next_in = zeros;
        stream.avail_in = sizeof zeros;
        deflate(&stream, sent + sizeof zeros >= size ? Z_FINISH : Z_NO_FLUSH);
    }
    raw_send(connection,
             "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
    raw_send_bytes(connection, out, stream.total_out);
    deflateEnd(&stream);
}

static void send_endless(struct raw_connection *connection, const char *start, const char *part)
{
    raw_send(connection, start);
    for (;;) {
        raw_send(connection, part);
    }
}

struct misbehaviour {
    const char *path;
    const char *bytes; /* sent, then the connection is closed */
};

static const struct misbehaviour misbehaviours[] = {
    { "/nothing", "" },
    { "/no-http", "SSH-2.0-OpenSSH_9.2\r\n" },
    { "/bad-status", "HTTP/1.1 abc Hello\r\nContent-Length: 0\r\n\r\n" },
    { "/bad-version", "HTTP/9.7 200 OK\r\nContent-Length: 0\r\n\r\n" },
    { "/no-colon", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n" },
    { "/short", BODY_OF_4 "\r\nab" },
    { "/bad-length", "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\nab" },
    { "/half-head", "HTTP/1.1 200 OK\r\nContent-Le" },
    { "/bad-gzip", BODY_OF_4 "Content-Encoding: gzip\r\n\r\nabcd" },
    { "/half-gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n\r\n"
                    "\x1f\x8b\x08" },
    { "/unknown-encoding", BODY_OF_4 "Content-Encoding: rot\x1b[13, br\r\n\r\nabcd" },
    { "/cut-gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n"
                   "\x1f\x8b\x08" },
    { "/cut-redirect", "HTTP/1.1 302 Found\r\nLocation: /fine\r\nContent-Encoding: gzip\r\n"
                       "Content-Length: 3\r\n\r\n\x1f\x8b\x08" },
    { "/many-encodings", BODY_OF_4 "Content-Encoding: gzip, gzip, gzip\r\n"
                                   "Content-Encoding: gzip, gzip\r\n\r\nabcd" },
    { "/half-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab" },
    { "/no-last-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n" },
    { "/bad-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nab\r\n" },
    { "/fine", BODY_OF_4 "\r\nabcd" },
    { "/until-close", "HTTP/1.1 200 OK\r\n\r\nabcd" },
};

static bool misbehave(struct raw_connection *connection, const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(misbehaviours); i++) {
        if (strcmp(path, misbehaviours[i].path) == 0) {
            raw_send(connection, misbehaviours[i].bytes);
            return false;
        }
    }
    if (strcmp(path, "/reset") == 0) {
        raw_send(connection, BODY_OF_4 "\r\nab");
        raw_pause_ms(20);
        raw_reset(connection);
    } else if (strcmp(path, "/reset-at-once") == 0) {
        raw_reset(connection);
    } else if (strcmp(path, "/bomb") == 0) {
        send_compressed_zeros(connection, 64 << 20);
    } else if (strcmp(path, "/endless-body") == 0) {
        send_endless(connection, "HTTP/1.1 200 OK\r\n\r\n", "0123456789abcdef");
    } else if (strcmp(path, "/endless-headers") == 0) {
        send_endless(connection, "HTTP/1.1 200 OK\r\n",
                     "X-More: 0123456789abcdef0123456789\r\n");
    } else if (strcmp(path, "/endless-line") == 0) {
        send_endless(connection, "HTTP/1.1 200 OK\r\nX: ", "0123456789abcdef0123456789");
    } else if (strcmp(path, "/slow-body") == 0) {
        raw_send(connection, BODY_OF_4 "\r\nab");
        raw_pause_ms(5000);
    } else if (strcmp(path, "/silent") == 0) {
        raw_pause_ms(5000);
    }
    return false;
}

struct expectation {
    const char *path;
    enum exchange_failure failure;
    const char *message; /* U: the URL */
};

static void every_misbehaviour_has_its_failure_and_message(void **state)
{
    (void)state;
    static const struct expectation expectations[] = {
        { "/fine", EXCHANGE_ANSWERED, "" },
        { "/until-close", EXCHANGE_ANSWERED, "" },
        { "/nothing", EXCHANGE_RESET,
          "connection closed without an answer by 'U': Empty reply from server" },
        { "/no-http", EXCHANGE_UNREADABLE,
          "not an HTTP answer from 'U': Received HTTP/0.9 when not allowed" },
        { "/bad-status", EXCHANGE_UNREADABLE,
          "not an HTTP answer from 'U': Unsupported HTTP version in response" },
        { "/bad-version", EXCHANGE_UNREADABLE,
          "not an HTTP answer from 'U': Unsupported HTTP version (9.7) in response" },
        { "/no-colon", EXCHANGE_UNREADABLE,
          "unreadable answer from 'U': Header without colon" },
        { "/short", EXCHANGE_UNREADABLE,
          "incomplete answer from 'U': transfer closed with 2 bytes remaining to read" },
        { "/bad-length", EXCHANGE_UNREADABLE,
          "unreadable answer from 'U': Invalid Content-Length: value" },
        { "/half-head", EXCHANGE_UNREADABLE,
          "incomplete answer from 'U': the connection was closed within the headers" },
        { "/bad-gzip", EXCHANGE_UNREADABLE,
          "broken Content-Encoding from 'U': expected gzip data, got something else at byte 2: "
          "incorrect header check" },
        { "/cut-gzip", EXCHANGE_UNREADABLE,
          "broken Content-Encoding from 'U': expected gzip data up to their end, got the first "
          "3 bytes only" },
        { "/cut-redirect", EXCHANGE_UNREADABLE,
          "broken Content-Encoding from 'U': expected gzip data up to their end, got the first "
          "3 bytes only" },
        { "/many-encodings", EXCHANGE_UNREADABLE,
          "broken Content-Encoding from 'U': expected at most 4 encodings, got more" },
        { "/half-gzip", EXCHANGE_UNREADABLE,
          "incomplete answer from 'U': transfer closed with 7 bytes remaining to read" },
        { "/unknown-encoding", EXCHANGE_UNREADABLE,
          "broken Content-Encoding from 'U': expected gzip or deflate, got 'rot\\x1b[13'" },
        { "/half-chunk", EXCHANGE_UNREADABLE,
          "incomplete answer from 'U': transfer closed with outstanding read data remaining" },
        { "/no-last-chunk", EXCHANGE_UNREADABLE,
          "incomplete answer from 'U': transfer closed with outstanding read data remaining" },
        { "/bad-chunk", EXCHANGE_UNREADABLE,
          "unreadable answer from 'U': Illegal or missing hexadecimal sequence in "
          "chunked-encoding" },
        { "/reset", EXCHANGE_RESET,
          "connection broken while receiving from 'U': Recv failure: Connection reset by "
          "peer" },
        { "/reset-at-once", EXCHANGE_RESET,
          "connection broken while receiving from 'U': Recv failure: Connection reset by "
          "peer" },
        { "/endless-headers", EXCHANGE_UNREADABLE,
          "unreadable answer from 'U': expected at most 262144 bytes of headers, got more" },
        { "/endless-line", EXCHANGE_UNREADABLE,
          "unreadable answer from 'U': expected at most 100 KiB in a header line, got more" },
        { "/endless-body", EXCHANGE_BODY_LIMIT,
          "body too large from 'U': expected at most 1000000 bytes (decompressed), got more" },
        { "/bomb", EXCHANGE_BODY_LIMIT,
          "body too large from 'U': expected at most 1000000 bytes (decompressed), got more" },
    };
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    fixture.settings.body_limit_bytes = 1000000;
    fixture.settings.follows_redirects = true;
    for (size_t i = 0; i < ARRAY_SIZE(expectations); i++) {
        struct exchange *exchange = http_fixture_get(&fixture, expectations[i].path);
        CLEANUP(buffer_release) struct buffer expected;
        buffer_init(&expected, 4096);
        const char *message = expectations[i].message;
        for (; *message; message++) {
            if (message[0] == 'U' && message[1] == '\'') {
                buffer_add_format(&expected, "%s%s", fixture.base_url, expectations[i].path);
            } else {
                buffer_add_byte(&expected, *message);
            }
        }
        if (exchange->failure != expectations[i].failure) {
            fail_msg("%s: %d '%.*s'", expectations[i].path, exchange->failure,
                     TEXT_ARG(exchange->message));
        }
        assert_true(expected.size == 0 || exchange->hint.size > 0);
        assert_text(exchange->message, expected.at ? expected.at : "");
    }
    http_fixture_close(&fixture);
}

static void what_came_before_the_failure_is_kept(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    struct exchange *exchange = http_fixture_get(&fixture, "/short");
    assert_int_equal(exchange->response.status, 200);
    assert_text(exchange->response.body, "ab");
    fixture.settings.body_limit_bytes = 100;
    exchange = http_fixture_get(&fixture, "/endless-body");
    assert_int_equal(exchange->response.body.size, 100);
    http_fixture_close(&fixture);
}

static void a_body_of_exactly_the_limit_is_fine(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    fixture.settings.body_limit_bytes = 4;
    assert_int_equal(http_fixture_get(&fixture, "/fine")->failure, EXCHANGE_ANSWERED);
    fixture.settings.body_limit_bytes = 3;
    assert_int_equal(http_fixture_get(&fixture, "/fine")->failure, EXCHANGE_BODY_LIMIT);
    http_fixture_close(&fixture);
}

static void timeouts_tell_what_came(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    fixture.settings.response_timeout_ms = 100;
    struct exchange *exchange = http_fixture_get(&fixture, "/silent");
    assert_int_equal(exchange->failure, EXCHANGE_TIMEOUT);
    assert_text(exchange->message,
                http_fixture_format(
                    &fixture, "no complete answer from 'http://127.0.0.1:%d/silent' within "
                              "100 ms: 0 bytes of headers and 0 of the body came"));
    exchange = http_fixture_get(&fixture, "/slow-body");
    assert_int_equal(exchange->failure, EXCHANGE_TIMEOUT);
    assert_text(exchange->message,
                http_fixture_format(
                    &fixture, "no complete answer from 'http://127.0.0.1:%d/slow-body' "
                              "within 100 ms: 38 bytes of headers and 2 of the body came"));
    assert_text(exchange->response.body, "ab");
    http_fixture_close(&fixture);
}

static void the_deadline_and_cancelling_end_a_request(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    struct request request = { .url = TEXT("/slow-body") };
    struct exchange *exchange =
        http_start(fixture.session, &request, &fixture.settings, NULL, NULL);
    uint64_t deadline_ns = loop_now_ns(&fixture.loop) + 80 * NANOSECONDS_PER_MILLISECOND;
    assert_int_equal(http_wait(fixture.session, exchange, deadline_ns), LOOP_DEADLINE);
    assert_true(exchange->is_finished);
    assert_int_equal(exchange->failure, EXCHANGE_TIMEOUT);
    assert_true(text_starts_with(exchange->message, TEXT("no complete answer from 'http://")));
    assert_text(exchange->response.body, "ab");
    exchange = http_start(fixture.session, &request, &fixture.settings, NULL, NULL);
    loop_cancel(&fixture.loop);
    assert_int_equal(http_wait(fixture.session, exchange, LOOP_NO_DEADLINE), LOOP_CANCELLED);
    assert_int_equal(exchange->failure, EXCHANGE_INTERRUPTED);
    assert_true(text_starts_with(exchange->message, TEXT("interrupted after ")));
    loop_resume(&fixture.loop);
    http_cancel(fixture.session, exchange, EXCHANGE_TIMEOUT);
    assert_int_equal(exchange->failure, EXCHANGE_INTERRUPTED);
    http_fixture_close(&fixture);
}

static void what_cannot_be_sent_says_why(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    fixture.settings.base_url = TEXT_EMPTY;
    struct exchange *exchange = http_fixture_get(&fixture, "/path");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    assert_text(exchange->message, "cannot send a request to '/path': not a URL with a host");
    exchange = http_fixture_get(&fixture, "ftp://host/x");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    exchange = http_fixture_get(&fixture, "ws://host/x");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    exchange = http_fixture_get(&fixture, "http://bad host/");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    exchange = http_fixture_get(&fixture, "http://nowhere.invalid/");
    assert_int_equal(exchange->failure, EXCHANGE_UNKNOWN_HOST);
    assert_text(exchange->message,
                "unknown host in 'http://nowhere.invalid/': Could not resolve "
                "host: nowhere.invalid");
    exchange = http_fixture_get(&fixture, "http://127.0.0.1:1/");
    assert_int_equal(exchange->failure, EXCHANGE_REFUSED);

    struct request request = { .url = TEXT("http://h/"), .method = TEXT("BAD METHOD") };
    exchange = http_fixture_send(&fixture, &request);
    assert_text(exchange->message, "'BAD METHOD' is not an HTTP method");
    request.method = TEXT("GET");
    headers_add(&request.headers, &fixture.arena, TEXT("X-A"), TEXT("1\r\nX-Evil: 2"));
    exchange = http_fixture_send(&fixture, &request);
    assert_text(exchange->message,
                "the header 'X-A' cannot be sent: its name or value is not valid");
    request.headers.list[0] = (struct header){ TEXT("X A"), TEXT("1") };
    exchange = http_fixture_send(&fixture, &request);
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    request.headers.count = 0;
    request.body_kind = REQUEST_BODY_FILE;
    request.body_file = TEXT("/does/not/exist");
    exchange = http_fixture_send(&fixture, &request);
    assert_text(exchange->message, "cannot read '/does/not/exist': No such file or directory");
    assert_int_equal(fixture.server.log->requests, 0);
    http_fixture_close(&fixture);
}

static void a_connection_that_is_never_accepted_times_out(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, misbehave);
    fixture.settings.connect_timeout_ms = 60;
    fixture.settings.proxy_use = HTTP_PROXY_NONE;
    /* TEST-NET-1: nobody answers; where there is no route at all it is refused at once. */
    struct exchange *exchange = http_fixture_get(&fixture, "http://192.0.2.1:81/");
    if (exchange->failure != EXCHANGE_REFUSED) {
        assert_int_equal(exchange->failure, EXCHANGE_TIMEOUT);
        assert_true(text_starts_with(exchange->message,
                                     TEXT("no connection to 'http://192.0.2.1:81/' within ")));
    }
    http_fixture_close(&fixture);
}

static bool refuse_connect(struct raw_connection *connection, const char *path)
{
    (void)path;
    raw_send(connection, "HTTP/1.1 403 Forbidden\r\nX-Proxy: 1\r\nContent-Length: 0\r\n\r\n");
    return true;
}

static void a_proxy_that_refuses_is_told(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, refuse_connect);
    fixture.settings.proxy_use = HTTP_PROXY_GIVEN;
    fixture.settings.proxy = text_of(fixture.base_url);
    struct exchange *exchange = http_fixture_get(&fixture, "https://shop.invalid/");
    assert_int_equal(exchange->failure, EXCHANGE_OTHER);
    assert_text(exchange->message,
                "no connection to 'https://shop.invalid/': the proxy answered 403");
    fixture.settings.proxy = TEXT("http://proxy.invalid:1");
    exchange = http_fixture_get(&fixture, "https://shop.invalid/");
    assert_int_equal(exchange->failure, EXCHANGE_UNKNOWN_HOST);
    http_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_misbehaviour_has_its_failure_and_message),
        cmocka_unit_test(what_came_before_the_failure_is_kept),
        cmocka_unit_test(a_body_of_exactly_the_limit_is_fine),
        cmocka_unit_test(timeouts_tell_what_came),
        cmocka_unit_test(the_deadline_and_cancelling_end_a_request),
        cmocka_unit_test(what_cannot_be_sent_says_why),
        cmocka_unit_test(a_connection_that_is_never_accepted_times_out),
        cmocka_unit_test(a_proxy_that_refuses_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
