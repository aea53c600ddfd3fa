/* SPDX-License-Identifier: MIT */
#include "net/http_settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void words_become_values(void **state)
{
    (void)state;
    enum http_version version = HTTP_VERSION_ANY;
    assert_true(http_version_parse(TEXT("1.0"), &version));
    assert_int_equal(version, HTTP_VERSION_1_0);
    assert_true(http_version_parse(TEXT("1.1"), &version));
    assert_true(http_version_parse(TEXT("2"), &version));
    assert_int_equal(version, HTTP_VERSION_2);
    assert_false(http_version_parse(TEXT("3"), &version));
    assert_int_equal(version, HTTP_VERSION_2);
    enum http_ip ip;
    assert_true(http_ip_parse(TEXT("4"), &ip));
    assert_int_equal(ip, HTTP_IP_4);
    assert_true(http_ip_parse(TEXT("6"), &ip));
    assert_false(http_ip_parse(TEXT("5"), &ip));
    enum http_tls tls;
    assert_true(http_tls_parse(TEXT("1.3"), &tls));
    assert_int_equal(tls, HTTP_TLS_1_3);
    assert_true(http_tls_parse(TEXT("1.0"), &tls));
    assert_int_equal(tls, HTTP_TLS_1_0);
    assert_false(http_tls_parse(TEXT("1.4"), &tls));
}

static void routes_have_curls_form(void **state)
{
    (void)state;
    assert_true(http_resolve_is_valid(TEXT("shop.test:443:127.0.0.1")));
    assert_true(http_resolve_is_valid(TEXT("shop.test:443:[::1]")));
    assert_true(http_resolve_is_valid(TEXT("[::1]:443:127.0.0.1")));
    assert_false(http_resolve_is_valid(TEXT("shop.test")));
    assert_false(http_resolve_is_valid(TEXT("shop.test:443")));
    assert_false(http_resolve_is_valid(TEXT("shop.test:443:")));
    assert_false(http_resolve_is_valid(TEXT("shop.test:x:127.0.0.1")));
    assert_false(http_resolve_is_valid(TEXT("shop.test:0:127.0.0.1")));
    assert_false(http_resolve_is_valid(TEXT("shop.test:65536:127.0.0.1")));
    assert_false(http_resolve_is_valid(TEXT(":443:127.0.0.1")));
    assert_false(http_resolve_is_valid(TEXT("shop.test:443:127.0.0.1:80")));
    assert_false(http_resolve_is_valid(TEXT("[::1:443:127.0.0.1")));
    assert_true(http_connect_to_is_valid(TEXT("shop.test:443:127.0.0.1:8443")));
    assert_false(http_connect_to_is_valid(TEXT("shop.test:443:127.0.0.1")));
    assert_false(http_connect_to_is_valid(TEXT("shop.test:443:127.0.0.1:")));
    assert_false(http_connect_to_is_valid(TEXT("shop.test:443:127.0.0.1:1:2")));
}

static void the_defaults_are_those_of_the_documentation(void **state)
{
    (void)state;
    struct http_settings settings;
    http_settings_init(&settings);
    assert_int_equal(settings.connect_timeout_ms, 5000);
    assert_int_equal(settings.response_timeout_ms, 10000);
    assert_int_equal(settings.body_limit_bytes, 64 << 20);
    assert_int_equal(settings.redirect_limit, 10);
    assert_false(settings.follows_redirects);
    assert_false(settings.trusts_any_certificate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_become_values),
        cmocka_unit_test(routes_have_curls_form),
        cmocka_unit_test(the_defaults_are_those_of_the_documentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
