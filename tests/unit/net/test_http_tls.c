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
#include <unistd.h>

#include "net/trust.h"
#include "support/http_fixture.h"

static bool answer(struct raw_connection *connection, const char *path)
{
    raw_send_ok(connection, path);
    return true;
}

struct tls_fixture {
    struct http_fixture http;
    char path[64];
};

static void open_tls(struct tls_fixture *fixture, bool wants_client_certificate)
{
    snprintf(fixture->path, sizeof fixture->path, "/tmp/bddrun-tls-XXXXXX");
    int descriptor = mkstemp(fixture->path);
    assert_true(descriptor >= 0);
    close(descriptor);
    raw_make_certificate(fixture->path, 30);
    http_fixture_open_with(
        &fixture->http,
        &(struct raw_server_options){ .handler = answer,
                                      .certificate_file = fixture->path,
                                      .wants_client_certificate = wants_client_certificate,
                                      .alpn = "http/1.1" });
}

static void close_tls(struct tls_fixture *fixture)
{
    http_fixture_close(&fixture->http);
    unlink(fixture->path);
}

static void an_unknown_certificate_is_a_tls_failure(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, false);
    struct exchange *exchange = http_fixture_get(&fixture.http, "/");
    assert_int_equal(exchange->failure, EXCHANGE_TLS);
    assert_true(
        text_starts_with(exchange->message, TEXT("certificate not trusted of 'https://")));
    assert_true(exchange->hint.size > 0);
    assert_int_equal(fixture.http.server.log->requests, 0);
    close_tls(&fixture);
}

static void trust_of_one_actor_is_not_lent_to_another(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, false);
    struct http_settings plain = fixture.http.settings;
    fixture.http.settings.ca_file = text_of(fixture.path);
    struct exchange *exchange = http_fixture_get(&fixture.http, "/a");
    assert_text(exchange->response.body, "/a");
    assert_true(exchange->response.timing.tls_ns > 0);
    http_fixture_get(&fixture.http, "/b");
    assert_int_equal(fixture.http.server.log->connections, 1);

    fixture.http.settings = plain;
    fixture.http.settings.trusts_any_certificate = true;
    assert_text(http_fixture_get(&fixture.http, "/c")->response.body, "/c");
    fixture.http.settings = plain;
    assert_int_equal(http_fixture_get(&fixture.http, "/d")->failure, EXCHANGE_TLS);
    close_tls(&fixture);
}

static void the_end_of_the_certificate_is_told_on_kept_connections_too(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, false);
    fixture.http.settings.trusts_any_certificate = true;
    uint64_t day_ns = 86400 * NANOSECONDS_PER_SECOND;
    uint64_t now_ns = clock_realtime_ns(clock_real());
    for (int i = 0; i < 2; i++) {
        struct exchange *exchange = http_fixture_get(&fixture.http, "/");
        uint64_t end_ns = exchange->response.certificate_expires_ns;
        assert_true(end_ns > now_ns + 29 * day_ns && end_ns < now_ns + 31 * day_ns);
    }
    assert_int_equal(fixture.http.server.log->connections, 1);
    close_tls(&fixture);
}

static void a_name_that_the_certificate_lacks_is_refused(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, false);
    struct text connect_to[] = { text_of(
        http_fixture_format(&fixture.http, "other.test:443:127.0.0.1:%d")) };
    fixture.http.settings.connect_to = connect_to;
    fixture.http.settings.connect_to_count = 1;
    fixture.http.settings.ca_file = text_of(fixture.path);
    struct exchange *exchange = http_fixture_get(&fixture.http, "https://other.test/");
    assert_int_equal(exchange->failure, EXCHANGE_TLS);
    connect_to[0] = text_of(http_fixture_format(&fixture.http, "shop.test:443:127.0.0.1:%d"));
    exchange = http_fixture_get(&fixture.http, "https://shop.test/named");
    assert_text(exchange->response.body, "/named");
    close_tls(&fixture);
}

static void the_bundle_is_read_once_and_shared(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, false);
    setenv("SSL_CERT_FILE", "/does/not/exist", 1);
    struct exchange *exchange = http_fixture_get(&fixture.http, "/");
    assert_int_equal(exchange->failure, EXCHANGE_TLS);
    assert_false(net_global_load_trust(fixture.http.global, &fixture.http.problems));
    assert_text(fixture.http.problems.list[0].message,
                "cannot read the trusted certificates '/does/not/exist'");
    setenv("SSL_CERT_FILE", fixture.path, 1);
    assert_true(net_global_load_trust(fixture.http.global, &fixture.http.problems));
    unsetenv("SSL_CERT_FILE");
    assert_true(net_global_load_trust(fixture.http.global, &fixture.http.problems));
    unlink(fixture.path);
    struct trust loaded = { 0 };
    setenv("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt", 1);
    assert_true(trust_load(&loaded, &fixture.http.problems));
    unsetenv("SSL_CERT_FILE");
    assert_true(trust_rehearse(&loaded));
    trust_release(&loaded);
    exchange = http_fixture_get(&fixture.http, "/trusted");
    assert_text(exchange->message, "");
    assert_text(exchange->response.body, "/trusted");
    close_tls(&fixture);
}

static void a_client_certificate_is_shown(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, true);
    fixture.http.settings.trusts_any_certificate = true;
    fixture.http.settings.tls_minimum = HTTP_TLS_1_3;
    struct exchange *exchange = http_fixture_get(&fixture.http, "/");
    assert_int_not_equal(exchange->failure, EXCHANGE_ANSWERED);
    fixture.http.settings.client_certificate = text_of(fixture.path);
    fixture.http.settings.client_key = text_of(fixture.path);
    exchange = http_fixture_get(&fixture.http, "/known");
    assert_text(exchange->response.body, "/known");
    fixture.http.settings.client_certificate = TEXT("/does/not/exist");
    exchange = http_fixture_get(&fixture.http, "/");
    assert_int_equal(exchange->failure, EXCHANGE_TLS);
    assert_true(
        text_starts_with(exchange->message, TEXT("client certificate cannot be used for '")));
    close_tls(&fixture);
}

static void no_tls_there_is_a_tls_failure(void **state)
{
    (void)state;
    struct http_fixture fixture;
    http_fixture_open(&fixture, answer);
    const char *url = http_fixture_format(&fixture, "https://127.0.0.1:%d/");
    fixture.settings.response_timeout_ms = 300;
    /* The server waits for a request that never comes, or answers in plain text. */
    struct exchange *exchange = http_fixture_get(&fixture, url);
    assert_true(exchange->failure == EXCHANGE_TLS || exchange->failure == EXCHANGE_TIMEOUT);
    http_fixture_close(&fixture);
}

static void http_2_falls_back_where_it_is_not_offered(void **state)
{
    (void)state;
    struct tls_fixture fixture;
    open_tls(&fixture, false);
    fixture.http.settings.trusts_any_certificate = true;
    fixture.http.settings.version = HTTP_VERSION_2;
    struct exchange *exchange = http_fixture_get(&fixture.http, "/");
    assert_text(exchange->response.http_version, "1.1");
    close_tls(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_certificate_is_a_tls_failure),
        cmocka_unit_test(trust_of_one_actor_is_not_lent_to_another),
        cmocka_unit_test(the_end_of_the_certificate_is_told_on_kept_connections_too),
        cmocka_unit_test(a_name_that_the_certificate_lacks_is_refused),
        cmocka_unit_test(the_bundle_is_read_once_and_shared),
        cmocka_unit_test(a_client_certificate_is_shown),
        cmocka_unit_test(no_tls_there_is_a_tls_failure),
        cmocka_unit_test(http_2_falls_back_where_it_is_not_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
