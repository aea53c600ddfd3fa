/* SPDX-License-Identifier: MIT */
#include "exchange/cookie.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/clock.h"

#define NOW (UINT64_C(784111777) * NANOSECONDS_PER_SECOND)

static struct cookie parsed(const char *set_cookie)
{
    struct cookie cookie;
    if (!cookie_parse(text_of(set_cookie), NOW, &cookie)) {
        fail_msg("%s", set_cookie);
    }
    return cookie;
}

static void a_cookie_has_name_value_and_attributes(void **state)
{
    (void)state;
    struct cookie cookie = parsed(" sid = a=b ;Path=/x; domain=.Shop.test; SECURE ;HttpOnly;"
                                  " SameSite=Lax;; Max-Age=60");
    assert_true(text_is(cookie.name, "sid"));
    assert_true(text_is(cookie.value, "a=b"));
    assert_true(text_is(cookie.path, "/x"));
    assert_true(text_is(cookie.domain, "Shop.test"));
    assert_true(cookie.is_secure && cookie.is_http_only && !cookie.is_host_only);
    assert_true(cookie.expires_ns == NOW + 60 * NANOSECONDS_PER_SECOND);
    struct text value = TEXT("kept");
    assert_true(cookie_attribute_find(&cookie, TEXT("samesite"), &value));
    assert_true(text_is(value, "Lax"));
    assert_true(cookie_attribute_find(&cookie, TEXT("httponly"), &value));
    assert_int_equal(value.size, 0);
    assert_false(cookie_attribute_find(&cookie, TEXT("Partitioned"), &value));
}

static void expiry_prefers_max_age(void **state)
{
    (void)state;
    static const struct {
        const char *set_cookie;
        uint64_t expires_ns;
    } cases[] = {
        { "a=1", COOKIE_OF_SESSION },
        { "a=1; Max-Age=0; Expires=Sun, 06 Nov 2094 08:49:37 GMT", 0 },
        { "a=1; Max-Age=-5", 0 },
        { "a=1; Max-Age=soon", COOKIE_OF_SESSION },
        { "a=1; Max-Age=18446744073709551614", COOKIE_OF_SESSION - 1 },
        { "a=1; Expires=Sun, 06 Nov 1994 08:49:37 GMT", NOW },
        { "a=1; Expires=never", COOKIE_OF_SESSION },
        { "a=1; Max-Age=1; Max-Age=2", NOW + 2 * NANOSECONDS_PER_SECOND },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_true(parsed(cases[i].set_cookie).expires_ns == cases[i].expires_ns);
    }
}

static void what_is_no_cookie_is_refused(void **state)
{
    (void)state;
    struct cookie cookie;
    assert_false(cookie_parse(TEXT(""), NOW, &cookie));
    assert_false(cookie_parse(TEXT("novalue"), NOW, &cookie));
    assert_false(cookie_parse(TEXT("=x"), NOW, &cookie));
    assert_false(cookie_parse(TEXT("a=b\tc"), NOW, &cookie));
    assert_false(cookie_parse(TEXT("a=b\0c"), NOW, &cookie));
    static char huge[COOKIE_SIZE_LIMIT + 1];
    memset(huge, 'a', sizeof huge);
    huge[1] = '=';
    assert_false(cookie_parse(text_make(huge, sizeof huge), NOW, &cookie));
    assert_true(cookie_parse(text_make(huge, sizeof huge - 1), NOW, &cookie));
    assert_true(text_is(parsed("a=").value, ""));
    assert_true(text_is(parsed("a=; Path=relative").path, ""));
}

static void attributes_beyond_the_limit_are_left_out(void **state)
{
    (void)state;
    struct cookie cookie = parsed("a=1;1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;Secure");
    assert_int_equal(cookie.attribute_count, COOKIE_ATTRIBUTES_LIMIT);
}

static void the_last_set_cookie_of_a_name_is_found(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct headers headers = { 0 };
    struct cookie cookie = { 0 };
    headers_add(&headers, &arena, TEXT("Set-Cookie"), TEXT("a=1; Path=/"));
    headers_add(&headers, &arena, TEXT("set-cookie"), TEXT("b=2"));
    headers_add(&headers, &arena, TEXT("Set-Cookie"), TEXT("broken"));
    headers_add(&headers, &arena, TEXT("Set-Cookie"), TEXT("a=3"));
    assert_true(cookie_find_set(&headers, TEXT("a"), NOW, &cookie));
    assert_true(text_is(cookie.value, "3"));
    assert_false(cookie_find_set(&headers, TEXT("A"), NOW, &cookie));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cookie_has_name_value_and_attributes),
        cmocka_unit_test(expiry_prefers_max_age),
        cmocka_unit_test(what_is_no_cookie_is_refused),
        cmocka_unit_test(attributes_beyond_the_limit_are_left_out),
        cmocka_unit_test(the_last_set_cookie_of_a_name_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
