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
#include <sys/wait.h>
#include <unistd.h>

#include "support/http_fixture.h"

static bool answer(struct raw_connection *connection, const char *path)
{
    if (strcmp(path, "/slow") == 0) {
        raw_pause_ms(150);
    }
    if (strcmp(path, "/cookie") == 0) {
        raw_send(connection, "HTTP/1.1 200 OK\r\nSet-Cookie: sid=alice; Path=/\r\n"
                             "Content-Length: 0\r\n\r\n");
        return true;
    }
    if (strcmp(path, "/repeats") == 0) {
        raw_send(connection,
                 "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"
                 "HTTP/1.1 404 Not  Here \r\nX-A: 1\r\nx-a:2\r\nX-Folded: a\r\n  b\r\n"
                 "X-Empty:\r\nContent-Length: 3\r\n\r\n\xff");
        raw_send_bytes(connection, "\0z", 2);
        return true;
    }
    raw_send_ok(connection, path);
    return true;
}

static void a_response_is_plain_data(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct exchange *exchange = http_fixture_get(&fixture, "/a?b=1");
    assert_int_equal(exchange->failure, EXCHANGE_ANSWERED);
    const struct response *response = &exchange->response;
    assert_int_equal(response->status, 200);
    assert_text(response->http_version, "1.1");
    assert_text(response->reason, "OK");
    assert_text(response->body, "/a?b=1");
    assert_int_equal(response->raw_size_bytes, 6);
    assert_text(response->url, http_fixture_format(&fixture, "http://127.0.0.1:%d/a?b=1"));
    assert_text(response->remote_address, http_fixture_format(&fixture, "127.0.0.1:%d"));
    assert_int_equal(response->redirect_count, 0);
    assert_int_equal(response->certificate_expires_ns, 0);
    assert_true(response->timing.connect_ns > 0);
    assert_true(response->timing.first_byte_ns >= response->timing.connect_ns);
    assert_true(response->timing.total_ns >= response->timing.first_byte_ns);
    assert_int_equal(response->timing.tls_ns, 0);
    assert_true(exchange->finished_at_ns >= exchange->started_at_ns);
    http_fixture_close(&fixture);
}

static void headers_keep_order_repeats_and_bytes(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    const struct response *response = &http_fixture_get(&fixture, "/repeats")->response;
    assert_int_equal(response->status, 404);
    assert_text(response->reason, "Not  Here");
    assert_int_equal(headers_count(&response->headers, TEXT("X-Early")), 0);
    assert_int_equal(headers_count(&response->headers, TEXT("X-A")), 2);
    struct text value;
    assert_true(headers_find(&response->headers, TEXT("x-FOLDED"), &value));
    assert_text(value, "a b");
    assert_true(headers_find(&response->headers, TEXT("X-Empty"), &value));
    assert_int_equal(value.size, 0);
    assert_int_equal(response->headers.count, 5);
    assert_true(text_equal(response->body, text_make("\xff\0z", 3)));
    http_fixture_close(&fixture);
}

static void what_was_sent_is_told_as_it_was_sent(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct request request = { .method = TEXT("PUT"),
                               .url = TEXT("x"),
                               .body_kind = REQUEST_BODY_BYTES,
                               .body = TEXT("hello"),
                               .content_type = TEXT("text/plain") };
    headers_add(&request.headers, &fixture.arena, TEXT("X-One"), TEXT("1"));
    headers_add(&request.headers, &fixture.arena, TEXT("X-None"), TEXT(""));
    headers_add(&request.query, &fixture.arena, TEXT("a b"), TEXT("1&2"));
    headers_add(&request.cookies, &fixture.arena, TEXT("theme"), TEXT("dark"));
    assert_true(cookie_jar_set(http_session_cookies(fixture.session), fixture.settings.base_url,
                               TEXT("sid"), TEXT("7"), 0));
    fixture.settings.bearer_token = TEXT("t0k");
    struct exchange *exchange = http_fixture_send(&fixture, &request);
    assert_int_equal(exchange->response.status, 200);
    assert_string_equal(
        http_fixture_seen(&fixture, 0),
        http_fixture_format(&fixture,
                            "PUT /x?a%20b=1%262 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                            "User-Agent: bddrun/" BDDRUN_VERSION "\r\nAccept: */*\r\n"
                            "Accept-Encoding: gzip, deflate\r\n"
                            "Authorization: Bearer t0k\r\n"
                            "Content-Type: text/plain\r\nCookie: sid=7; theme=dark\r\n"
                            "X-One: 1\r\nX-None:\r\nContent-Length: 5\r\n\r\nhello"));
    CLEANUP(buffer_release) struct buffer told;
    buffer_init(&told, 4096);
    for (size_t i = 0; i < exchange->request.headers.count; i++) {
        const struct header *header = &exchange->request.headers.list[i];
        buffer_add_format(&told, "%.*s:%s%.*s\r\n", TEXT_ARG(header->name),
                          header->value.size ? " " : "", TEXT_ARG(header->value));
    }
    assert_true(http_fixture_saw(&fixture, 0, buffer_text(&told).at));
    assert_text(exchange->request.method, "PUT");
    assert_text(exchange->request.body, "hello");
    assert_true(exchange->request.has_body);
    http_fixture_close(&fixture);
}

static void a_request_overrides_defaults_and_removals(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct arena *arena = &fixture.arena;
    headers_add(&fixture.settings.default_headers, arena, TEXT("accept"), TEXT("text/html"));
    headers_add(&fixture.settings.default_headers, arena, TEXT("X-D"), TEXT("default"));
    headers_add(&fixture.settings.removed_headers, arena, TEXT("User-Agent"), TEXT(""));
    headers_add(&fixture.settings.removed_headers, arena, TEXT("Accept-Encoding"), TEXT(""));
    struct request request = { .url = TEXT("/") };
    headers_add(&request.headers, arena, TEXT("x-d"), TEXT("mine"));
    headers_add(&request.headers, arena, TEXT("Host"), TEXT("shop.test"));
    http_fixture_send(&fixture, &request);
    assert_string_equal(http_fixture_seen(&fixture, 0),
                        "GET / HTTP/1.1\r\naccept: text/html\r\nx-d: mine\r\n"
                        "Host: shop.test\r\n\r\n");
    headers_add(&fixture.settings.removed_headers, arena, TEXT("Accept"), TEXT(""));
    fixture.settings.user_agent = TEXT("Mine/1");
    fixture.settings.default_headers.count = 0;
    request.headers.count = 0;
    fixture.settings.removed_headers.list[0].name = TEXT("Host");
    http_fixture_send(&fixture, &request);
    assert_string_equal(http_fixture_seen(&fixture, 1),
                        "GET / HTTP/1.1\r\nUser-Agent: Mine/1\r\n\r\n");
    http_fixture_close(&fixture);
}

static void every_method_and_body_is_sent(void **state)
{
    (void)state;
    static const struct {
        const char *method;
        enum request_body_kind kind;
        const char *expected_start;
        const char *expected_part;
    } cases[] = {
        { "", REQUEST_BODY_NONE, "GET /m ", "\r\n\r\n" },
        { "HEAD", REQUEST_BODY_NONE, "HEAD /m ", "\r\n\r\n" },
        { "DELETE", REQUEST_BODY_NONE, "DELETE /m ", "\r\n\r\n" },
        { "POST", REQUEST_BODY_NONE, "POST /m ", "Content-Length: 0\r\n" },
        { "PUT", REQUEST_BODY_NONE, "PUT /m ", "Content-Length: 0\r\n" },
        { "GET", REQUEST_BODY_BYTES, "GET /m ", "Content-Length: 2\r\n\r\n{}" },
        { "POST", REQUEST_BODY_BYTES, "POST /m ", "Content-Length: 2\r\n\r\n{}" },
        { "QUERY", REQUEST_BODY_BYTES, "QUERY /m ", "Content-Length: 2\r\n\r\n{}" },
        { "PROPFIND", REQUEST_BODY_NONE, "PROPFIND /m ", "\r\n\r\n" },
        { "POST", REQUEST_BODY_FORM, "POST /m ",
          "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
          "7\r\n\r\na=1+%2B" },
    };
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct request request = { .method = text_of(cases[i].method),
                                   .url = TEXT("/m"),
                                   .body_kind = cases[i].kind,
                                   .body = TEXT("{}") };
        headers_add(&request.form, &fixture.arena, TEXT("a"), TEXT("1 +"));
        if (strcmp(cases[i].method, "HEAD") == 0) {
            continue; /* the handler would send a body: see the next test */
        }
        struct exchange *exchange = http_fixture_send(&fixture, &request);
        assert_int_equal(exchange->response.status, 200);
        assert_true(strncmp(http_fixture_seen(&fixture, -1), cases[i].expected_start,
                            strlen(cases[i].expected_start)) == 0);
        assert_true(http_fixture_saw(&fixture, -1, cases[i].expected_part));
        assert_false(http_fixture_saw(&fixture, -1, "Expect"));
        bool has_type = http_fixture_saw(&fixture, -1, "Content-Type");
        assert_int_equal(has_type, cases[i].kind == REQUEST_BODY_FORM);
    }
    http_fixture_close(&fixture);
}

static bool answer_head(struct raw_connection *connection, const char *path)
{
    (void)path;
    raw_send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    return true;
}

static void head_has_no_body(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer_head);
    struct request request = { .method = TEXT("HEAD"), .url = TEXT("/m") };
    struct exchange *exchange = http_fixture_send(&fixture, &request);
    assert_int_equal(exchange->failure, EXCHANGE_ANSWERED);
    assert_int_equal(exchange->response.body.size, 0);
    assert_true(http_fixture_saw(&fixture, 0, "HEAD /m HTTP/1.1\r\n"));
    http_fixture_close(&fixture);
}

static void connections_are_kept_and_cookies_are_not(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    for (int scenario = 0; scenario < 5; scenario++) {
        struct http_session *session = http_session_new(fixture.net, &fixture.arena);
        const char *paths[] = { "/cookie", "/in" };
        for (int i = 0; i < 2; i++) {
            struct request request = { .url = text_of(paths[i]) };
            struct exchange *exchange =
                http_start(session, &request, &fixture.settings, NULL, NULL);
            assert_int_equal(http_wait(session, exchange, LOOP_NO_DEADLINE), LOOP_DONE);
            assert_int_equal(exchange->response.status, 200);
            bool has_cookie = http_fixture_saw(&fixture, -1, "Cookie: sid=alice\r\n");
            assert_int_equal(has_cookie, i == 1);
        }
        http_session_free(session);
    }
    assert_int_equal(fixture.server.log->requests, 10);
    assert_int_equal(fixture.server.log->connections, 1);
    net_close_connections(fixture.net);
    http_fixture_get(&fixture, "/again");
    assert_int_equal(fixture.server.log->connections, 2);
    http_fixture_close(&fixture);
}

static void no_option_of_one_exchange_reaches_the_next(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct http_settings plain = fixture.settings;
    fixture.settings.auth = HTTP_AUTH_BASIC;
    fixture.settings.auth_user = TEXT("staff");
    fixture.settings.auth_password = TEXT("pw");
    struct request request = { .method = TEXT("PATCH"),
                               .url = TEXT("/"),
                               .body_kind = REQUEST_BODY_BYTES,
                               .body = TEXT("x") };
    http_fixture_send(&fixture, &request);
    assert_true(http_fixture_saw(&fixture, 0, "Authorization: Basic c3RhZmY6cHc=\r\n"));
    fixture.settings.auth = HTTP_AUTH_DIGEST;
    http_fixture_send(&fixture, &request);
    fixture.settings = plain;
    http_fixture_get(&fixture, "/next");
    assert_string_equal(
        http_fixture_seen(&fixture, -1),
        http_fixture_format(&fixture, "GET /next HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                                      "User-Agent: bddrun/" BDDRUN_VERSION "\r\nAccept: */*\r\n"
                                      "Accept-Encoding: gzip, deflate\r\n\r\n"));
    http_fixture_close(&fixture);
}

struct gathered {
    struct http_fixture *fixture;
    size_t count;
    bool starts_another;
};

static void gather(void *context, struct exchange *exchange)
{
    struct gathered *gathered = context;
    assert_true(exchange->is_finished);
    gathered->count++;
    if (gathered->starts_another) {
        gathered->starts_another = false;
        http_start(gathered->fixture->session, &(struct request){ .url = TEXT("/more") },
                   &gathered->fixture->settings, gather, gathered);
    }
}

static bool has_six(const void *context)
{
    const struct gathered *gathered = context;
    return gathered->count == 6;
}

static void requests_of_a_session_run_at_once(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct gathered gathered = { .fixture = &fixture, .starts_another = true };
    for (int i = 0; i < 5; i++) {
        http_start(fixture.session, &(struct request){ .url = TEXT("/slow") },
                   &fixture.settings, gather, &gathered);
    }
    assert_int_equal(gathered.count, 0);
    assert_int_equal(loop_run(&fixture.loop, has_six, &gathered, LOOP_NO_DEADLINE), LOOP_DONE);
    /* One after the other they would have shared a connection. */
    assert_int_equal(fixture.server.log->connections, 5);
    http_fixture_close(&fixture);
}

static void a_session_freed_while_requests_run_calls_nobody(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct gathered gathered = { .fixture = &fixture };
    struct http_session *session = http_session_new(fixture.net, &fixture.arena);
    struct exchange *sent = http_start(session, &(struct request){ .url = TEXT("/slow") },
                                       &fixture.settings, gather, &gathered);
    struct exchange *refused = http_start(session, &(struct request){ .url = TEXT("x://y") },
                                          &fixture.settings, gather, &gathered);
    http_session_free(session);
    assert_int_equal(sent->failure, EXCHANGE_INTERRUPTED);
    assert_int_equal(refused->failure, EXCHANGE_OTHER);
    http_fixture_get(&fixture, "/after");
    assert_int_equal(gathered.count, 0);
    http_session_free(NULL);
    net_free(NULL);
    net_global_free(NULL);
    http_fixture_close(&fixture);
}

static void a_child_with_its_own_net_gets_its_own_answers(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    fflush(NULL);
    for (int child = 0; child < 4; child++) {
        if (fork() != 0) {
            continue;
        }
        loop_abandon(&fixture.loop);
        struct loop loop;
        bool is_right = loop_init(&loop, clock_real(), &fixture.problems);
        struct net *net = net_new(fixture.global, &loop, clock_real());
        struct http_session *session = http_session_new(net, &fixture.arena);
        for (int i = 0; i < 50; i++) {
            struct text url = arena_format(&fixture.arena, "/%d/%d", child, i);
            struct exchange *exchange = http_start(session, &(struct request){ .url = url },
                                                   &fixture.settings, NULL, NULL);
            http_wait(session, exchange, LOOP_NO_DEADLINE);
            is_right = is_right && text_equal(exchange->response.body, url);
        }
        _exit(is_right ? 0 : 1);
    }
    for (int child = 0; child < 4; child++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(fixture.server.log->connections, 4);
    http_fixture_get(&fixture, "/parent");
    http_fixture_close(&fixture);
}

/* The sockets that a program started now would have. */
static int count_inherited_sockets(void)
{
    int ends[2];
    int count = -1;
    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", "ls -l /proc/self/fd | grep -c socket:", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *output = fdopen(ends[0], "r");
    assert_int_equal(fscanf(output, "%d", &count), 1);
    fclose(output);
    wait(NULL);
    return count;
}

static void sockets_are_closed_on_exec(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    fixture.settings.base_url = TEXT("http://127.0.0.1:1");
    http_fixture_get(&fixture, "/");
    /* Now libcurl has its own pair to be woken by, which it leaks and base/process closes. */
    int before = count_inherited_sockets();
    fixture.settings.base_url = text_of(fixture.base_url);
    http_fixture_get(&fixture, "/");
    assert_int_equal(fixture.server.log->connections, 1);
    assert_int_equal(count_inherited_sockets(), before);
    http_fixture_close(&fixture);
}

static void a_unix_socket_is_an_address(void **state)
{
    (void)state;
    struct http_fixture fixture;
    char path[] = "/tmp/bddrun-test-XXXXXX";
    assert_non_null(mkdtemp(path));
    char socket_path[64];
    snprintf(socket_path, sizeof socket_path, "%s/s", path);
    http_fixture_open_with(
        &fixture, &(struct raw_server_options){ .handler = answer, .unix_path = socket_path });
    fixture.settings.unix_socket = text_of(socket_path);
    fixture.settings.base_url = TEXT("http://shop.test");
    struct exchange *exchange = http_fixture_get(&fixture, "/u");
    assert_text(exchange->response.body, "/u");
    assert_int_equal(exchange->response.remote_address.size, 0);
    http_fixture_close(&fixture);
    unlink(socket_path);
    rmdir(path);
}

static void names_are_led_elsewhere_for_one_actor_only(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    struct http_settings plain = fixture.settings;
    struct text resolve[] = { text_of(
        http_fixture_format(&fixture, "shop.invalid:%d:127.0.0.1")) };
    struct text connect_to[] = { text_of(
        http_fixture_format(&fixture, "mail.invalid:80:127.0.0.1:%d")) };
    assert_true(http_resolve_is_valid(resolve[0]));
    assert_true(http_connect_to_is_valid(connect_to[0]));
    fixture.settings.resolve = resolve;
    fixture.settings.resolve_count = 1;
    fixture.settings.connect_to = connect_to;
    fixture.settings.connect_to_count = 1;
    const char *shop = http_fixture_format(&fixture, "http://shop.invalid:%d/s");
    assert_text(http_fixture_get(&fixture, shop)->response.body, "/s");
    assert_true(http_fixture_saw(&fixture, -1, "Host: shop.invalid:"));
    assert_text(http_fixture_get(&fixture, "http://mail.invalid/m")->response.body, "/m");
    fixture.settings = plain;
    assert_int_equal(http_fixture_get(&fixture, shop)->failure, EXCHANGE_UNKNOWN_HOST);
    http_fixture_close(&fixture);
}

static void proxies_are_used_as_said(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    /* The variable leads nowhere: loopback must not follow it. */
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    assert_text(http_fixture_get(&fixture, "/direct")->response.body, "/direct");
    assert_int_equal(http_fixture_get(&fixture, "http://shop.invalid/")->failure,
                     EXCHANGE_REFUSED);
    setenv("http_proxy", http_fixture_format(&fixture, "http://127.0.0.1:%d"), 1);
    assert_text(http_fixture_get(&fixture, "http://shop.invalid/v")->response.body,
                "http://shop.invalid/v");
    fixture.settings.proxy_use = HTTP_PROXY_NONE;
    assert_int_equal(http_fixture_get(&fixture, "http://shop.invalid/")->failure,
                     EXCHANGE_UNKNOWN_HOST);
    unsetenv("http_proxy");
    fixture.settings.proxy_use = HTTP_PROXY_GIVEN;
    fixture.settings.proxy = text_of(fixture.base_url);
    assert_text(http_fixture_get(&fixture, "http://localhost/p")->response.body,
                "http://localhost/p");
    http_fixture_close(&fixture);
}

static void versions_are_kept_apart(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    fixture.settings.version = HTTP_VERSION_1_0;
    fixture.settings.ip = HTTP_IP_4;
    http_fixture_get(&fixture, "/");
    assert_true(http_fixture_saw(&fixture, 0, "GET / HTTP/1.0\r\n"));
    fixture.settings.version = HTTP_VERSION_1_1;
    http_fixture_get(&fixture, "/");
    assert_true(http_fixture_saw(&fixture, 1, "GET / HTTP/1.1\r\n"));
    assert_int_equal(fixture.server.log->connections, 2);
    fixture.settings.ip = HTTP_IP_6;
    fixture.settings.base_url = text_of(http_fixture_format(&fixture, "http://[::1]:%d"));
    assert_int_equal(http_fixture_get(&fixture, "/")->failure, EXCHANGE_REFUSED);
    http_fixture_close(&fixture);
}

static void a_path_is_sent_as_it_is_written(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    http_fixture_get(&fixture, "/static/../../etc/passwd");
    assert_true(http_fixture_saw(&fixture, 0, "GET /static/../../etc/passwd HTTP/1.1\r\n"));
    http_fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_response_is_plain_data),
        cmocka_unit_test(headers_keep_order_repeats_and_bytes),
        cmocka_unit_test(what_was_sent_is_told_as_it_was_sent),
        cmocka_unit_test(a_request_overrides_defaults_and_removals),
        cmocka_unit_test(every_method_and_body_is_sent),
        cmocka_unit_test(head_has_no_body),
        cmocka_unit_test(connections_are_kept_and_cookies_are_not),
        cmocka_unit_test(no_option_of_one_exchange_reaches_the_next),
        cmocka_unit_test(requests_of_a_session_run_at_once),
        cmocka_unit_test(a_session_freed_while_requests_run_calls_nobody),
        cmocka_unit_test(a_child_with_its_own_net_gets_its_own_answers),
        cmocka_unit_test(sockets_are_closed_on_exec),
        cmocka_unit_test(a_unix_socket_is_an_address),
        cmocka_unit_test(names_are_led_elsewhere_for_one_actor_only),
        cmocka_unit_test(proxies_are_used_as_said),
        cmocka_unit_test(versions_are_kept_apart),
        cmocka_unit_test(a_path_is_sent_as_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
