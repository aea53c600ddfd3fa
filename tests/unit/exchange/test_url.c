/* SPDX-License-Identifier: MIT */
#include "exchange/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static void assert_same(struct text actual, const char *expected)
{
    if (!text_is(actual, expected)) {
        fail_msg("expected: %s\nactual:   %.*s", expected, TEXT_ARG(actual));
    }
}

static struct url parsed(const char *whole)
{
    struct url url;
    if (!url_parse(text_of(whole), &url)) {
        fail_msg("%s", whole);
    }
    return url;
}

static void a_url_has_parts(void **state)
{
    (void)state;
    struct url url = parsed("HTTPS://user:p@ss@Host.test:8443/a/b?c=d?e#f");
    assert_same(url.scheme, "HTTPS");
    assert_same(url.user_info, "user:p@ss");
    assert_same(url.host, "Host.test");
    assert_int_equal(url.port, 8443);
    assert_same(url.path, "/a/b");
    assert_same(url.query, "c=d?e");
    assert_true(url.has_query);
    url = parsed("ws://[::1]?");
    assert_same(url.host, "::1");
    assert_int_equal(url.port, 80);
    assert_same(url.path, "");
    assert_true(url.has_query);
    assert_int_equal(parsed("wss://h:/").port, 443);
    assert_false(parsed("http://h/#?x").has_query);
    assert_int_equal(parsed("http://[::1]:81/").port, 81);
}

static void what_is_no_url_is_refused(void **state)
{
    (void)state;
    static const char *const wholes[] = {
        "",           "/path",          "http:",       "http://",        "http:///p",
        "ftp://h/",   "http://h:0/",    "http://h:x/", "http://h:65536", "http://[::1",
        "http://[]/", "http://[::1]x/", "http://u@/",  "://h/",          "http://h:123456/",
    };
    for (size_t i = 0; i < ARRAY_SIZE(wholes); i++) {
        struct url url = { .port = 7 };
        if (url_parse(text_of(wholes[i]), &url)) {
            fail_msg("%s", wholes[i]);
        }
        assert_int_equal(url.port, 7);
    }
    size_t size = URL_SIZE_LIMIT + 1;
    char *huge = malloc(size);
    memset(huge, 'a', size);
    memcpy(huge, "http://h/", 9);
    struct url url;
    assert_false(url_parse(text_make(huge, size), &url));
    assert_true(url_parse(text_make(huge, size - 1), &url));
    free(huge);
}

static void absolute_urls_begin_with_a_scheme(void **state)
{
    (void)state;
    assert_true(url_is_absolute(TEXT("http://h")));
    assert_true(url_is_absolute(TEXT("a1+-.://")));
    assert_false(url_is_absolute(TEXT("//h/p")));
    assert_false(url_is_absolute(TEXT("/p?u=http://h")));
    assert_false(url_is_absolute(TEXT("1http://h")));
    assert_false(url_is_absolute(TEXT("http:")));
    assert_false(url_is_absolute(TEXT("")));
}

static void origins_are_compared(void **state)
{
    (void)state;
    struct url home = parsed("http://Home.test/a");
    static const struct {
        const char *other;
        bool is_same;
    } cases[] = {
        { "http://home.TEST:80/b", true }, { "ws://home.test/", true },
        { "https://home.test/", false },   { "http://home.test:81/", false },
        { "http://a.home.test/", false },  { "https://home.test:80/", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct url other = parsed(cases[i].other);
        assert_int_equal(url_same_origin(&home, &other), cases[i].is_same);
    }
}

static void loopback_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool is_loopback;
    } cases[] = {
        { "http://localhost/", true },
        { "http://LOCALHOST:1/", true },
        { "http://a.localhost/", true },
        { "http://127.0.0.1/", true },
        { "http://127.9.9.9/", true },
        { "http://[::1]/", true },
        { "http://127.0.0.1.nip.io/", false },
        { "http://127.1/", false },
        { "http://128.0.0.1/", false },
        { "http://notlocalhost/", false },
        { "http://[::2]/", false },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct url url = parsed(cases[i].url);
        if (url_is_loopback(&url) != cases[i].is_loopback) {
            fail_msg("%s", cases[i].url);
        }
    }
}

static void steps_write_paths_after_the_base_url(void **state)
{
    (void)state;
    static const struct {
        const char *base;
        const char *reference;
        const char *expected;
    } cases[] = {
        { "http://h", "/a", "http://h/a" },
        { "http://h/", "/a", "http://h/a" },
        { "http://h/app", "/a", "http://h/app/a" },
        { "http://h/app/", "a", "http://h/app/a" },
        { "http://h", "a", "http://h/a" },
        { "http://h", "", "http://h" },
        { "http://h", "?q=1", "http://h?q=1" },
        { "http://h#x", "/a#frag", "http://h/a" },
        { "http://h", "https://other/x", "https://other/x" },
        { "http://h", "https://other/\xc3\xa4 b", "https://other/%C3%A4%20b" },
        { "http://h", "/\xc3\xa4?q=a b|%20\"<>\\^`{}\x7f\t",
          "http://h/%C3%A4?q=a%20b%7C%20%22%3C%3E%5C%5E%60%7B%7D%7F%09" },
        { "http://h", "/a/../b", "http://h/a/../b" },
        { "", "/a", "/a" },
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_same(url_of_step(&arena, text_of(cases[i].base), text_of(cases[i].reference)),
                    cases[i].expected);
    }
    arena_release(&arena);
}

/* RFC 3986, section 5.4, but for the schemes we do not have. */
static void references_are_resolved_as_the_standard_says(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "g", "http://a/b/c/g" },
        { "./g", "http://a/b/c/g" },
        { "g/", "http://a/b/c/g/" },
        { "/g", "http://a/g" },
        { "//g", "http://g" },
        { "//g/x?y", "http://g/x?y" },
        { "?y", "http://a/b/c/d;p?y" },
        { "g?y", "http://a/b/c/g?y" },
        { "#s", "http://a/b/c/d;p?q" },
        { "g#s", "http://a/b/c/g" },
        { ";x", "http://a/b/c/;x" },
        { "", "http://a/b/c/d;p?q" },
        { ".", "http://a/b/c/" },
        { "./", "http://a/b/c/" },
        { "..", "http://a/b/" },
        { "../", "http://a/b/" },
        { "../g", "http://a/b/g" },
        { "../..", "http://a/" },
        { "../../", "http://a/" },
        { "../../g", "http://a/g" },
        { "../../../g", "http://a/g" },
        { "/./g", "http://a/g" },
        { "/../g", "http://a/g" },
        { "g.", "http://a/b/c/g." },
        { "..g", "http://a/b/c/..g" },
        { "./../g", "http://a/b/g" },
        { "./g/.", "http://a/b/c/g/" },
        { "g/./h", "http://a/b/c/g/h" },
        { "g/../h", "http://a/b/c/h" },
        { "g?y/../x", "http://a/b/c/g?y/../x" },
        { " https://other:1/x y ", "https://other:1/x%20y" },
        { "ftp://other/", "ftp://other/" },
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_same(url_resolve(&arena, TEXT("http://a/b/c/d;p?q"), text_of(cases[i][0])),
                    cases[i][1]);
    }
    assert_same(url_resolve(&arena, TEXT("http://u:p@a:81"), TEXT("g")), "http://u:p@a:81/g");
    assert_same(url_resolve(&arena, TEXT("http://a"), TEXT("?q")), "http://a?q");
    arena_release(&arena);
}

static void a_query_is_added(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_same(url_add_query(&arena, TEXT("http://h/a"), TEXT("b=1")), "http://h/a?b=1");
    assert_same(url_add_query(&arena, TEXT("http://h/a?x=1"), TEXT("b=1")),
                "http://h/a?x=1&b=1");
    assert_same(url_add_query(&arena, TEXT("http://h/a?"), TEXT("b=1")), "http://h/a?b=1");
    assert_same(url_add_query(&arena, TEXT("http://h/a?x&"), TEXT("b=1")), "http://h/a?x&b=1");
    assert_same(url_add_query(&arena, TEXT("http://h/a"), TEXT("")), "http://h/a");
    arena_release(&arena);
}

static void a_password_in_a_url_is_found(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "http://staff:a@b:c@proxy.test:3128/x", "a@b:c" },
        { "socks5://u:p%40@[::1]:1080", "p%40" },
        { "http://staff@proxy.test", "" },
        { "http://proxy.test:80/a:b@c", "" },
        { "http://staff:@proxy.test", "" },
        { "proxy.test:3128", "" },
        { "", "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_true(text_is(url_password(text_of(cases[i][0])), cases[i][1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_in_a_url_is_found),
        cmocka_unit_test(a_url_has_parts),
        cmocka_unit_test(what_is_no_url_is_refused),
        cmocka_unit_test(absolute_urls_begin_with_a_scheme),
        cmocka_unit_test(origins_are_compared),
        cmocka_unit_test(loopback_is_known),
        cmocka_unit_test(steps_write_paths_after_the_base_url),
        cmocka_unit_test(references_are_resolved_as_the_standard_says),
        cmocka_unit_test(a_query_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
