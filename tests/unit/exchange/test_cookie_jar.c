/* SPDX-License-Identifier: MIT */
#include "exchange/cookie_jar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"

#define NOW (UINT64_C(1000) * NANOSECONDS_PER_SECOND)

struct fixture {
    struct arena arena;
    struct cookie_jar jar;
    struct buffer line;
};

static void open_fixture(struct fixture *fixture)
{
    arena_init(&fixture->arena);
    cookie_jar_init(&fixture->jar, &fixture->arena);
    buffer_init(&fixture->line, 1 << 20);
}

static void close_fixture(struct fixture *fixture)
{
    buffer_release(&fixture->line);
    arena_release(&fixture->arena);
}

static void take(struct fixture *fixture, const char *url, const char *set_cookie)
{
    struct headers headers = { 0 };
    headers_add(&headers, &fixture->arena, TEXT("Set-Cookie"), text_of(set_cookie));
    cookie_jar_take(&fixture->jar, text_of(url), &headers, NOW);
}

static void assert_sent(struct fixture *fixture, const char *url, const char *expected)
{
    static const struct headers none = { 0 };
    buffer_clear(&fixture->line);
    cookie_jar_print_header(&fixture->jar, text_of(url), &none, NOW, &fixture->line);
    if (!text_is(buffer_text(&fixture->line), expected)) {
        fail_msg("%s\nexpected: %s\nactual:   %.*s", url, expected,
                 TEXT_ARG(buffer_text(&fixture->line)));
    }
}

static void cookies_go_where_they_may(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *set_cookie;
        const char *to;
        const char *expected;
    } cases[] = {
        { "http://shop.test/", "a=1", "http://shop.test/x", "a=1" },
        { "http://shop.test/", "a=1", "http://SHOP.test:81/x", "a=1" },
        { "http://shop.test/", "a=1", "http://www.shop.test/", "" },
        { "http://shop.test/", "a=1", "http://evil.test/", "" },
        { "http://shop.test/", "a=1; Domain=shop.test", "http://www.shop.test/", "a=1" },
        { "http://www.shop.test/", "a=1; Domain=.shop.test", "http://api.shop.test/", "a=1" },
        { "http://shop.test/", "a=1; Domain=shop.test", "http://notshop.test/", "" },
        { "http://shop.test/", "a=1; Domain=evil.test", "http://evil.test/", "" },
        { "http://shop.test/", "a=1; Domain=test", "http://evil.test/", "" },
        { "http://localhost/", "a=1; Domain=localhost", "http://localhost/", "a=1" },
        { "http://127.0.0.1/", "a=1; Domain=0.0.1", "http://127.0.0.1/", "" },
        { "http://[::1]/", "a=1", "http://[::1]/", "a=1" },
        { "http://shop.test/", "a=1; Path=/in", "http://shop.test/in/x", "a=1" },
        { "http://shop.test/", "a=1; Path=/in", "http://shop.test/in", "a=1" },
        { "http://shop.test/", "a=1; Path=/in", "http://shop.test/inn", "" },
        { "http://shop.test/", "a=1; Path=/in/", "http://shop.test/in/x", "a=1" },
        { "http://shop.test/in/page", "a=1", "http://shop.test/out", "" },
        { "http://shop.test/in/page", "a=1", "http://shop.test/in/b", "a=1" },
        { "http://shop.test/page", "a=1", "http://shop.test", "a=1" },
        { "https://shop.test/", "a=1; Secure", "http://shop.test/", "" },
        { "https://shop.test/", "a=1; Secure", "https://shop.test/", "a=1" },
        { "https://shop.test/", "a=1; Secure", "wss://shop.test/", "a=1" },
        { "http://shop.test/", "a=1; Secure", "https://shop.test/", "" },
        { "http://127.0.0.1/", "a=1; Secure", "http://127.0.0.1/", "a=1" },
        { "https://shop.test/", "__Secure-a=1", "https://shop.test/", "" },
        { "https://shop.test/", "__Secure-a=1; Secure", "https://shop.test/", "__Secure-a=1" },
        { "https://shop.test/x/y", "__Host-a=1; Secure", "https://shop.test/x/y", "" },
        { "https://shop.test/", "__Host-a=1; Secure; Path=/; Domain=shop.test",
          "https://shop.test/", "" },
        { "https://shop.test/", "__Host-a=1; Secure; Path=/", "https://shop.test/",
          "__Host-a=1" },
        { "http://shop.test/", "a=1; Max-Age=0", "http://shop.test/", "" },
        { "http://shop.test/", "broken", "http://shop.test/", "" },
        { "nonsense", "a=1", "http://shop.test/", "" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture;
        open_fixture(&fixture);
        take(&fixture, cases[i].from, cases[i].set_cookie);
        assert_sent(&fixture, cases[i].to, cases[i].expected);
        close_fixture(&fixture);
    }
}

static void longer_paths_come_first_then_older_ones(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    take(&fixture, "http://h.test/", "a=1; Path=/");
    take(&fixture, "http://h.test/", "b=2; Path=/x/y");
    take(&fixture, "http://h.test/", "c=3; Path=/");
    take(&fixture, "http://h.test/", "d=4; Path=/x");
    assert_sent(&fixture, "http://h.test/x/y/z", "b=2; d=4; a=1; c=3");
    take(&fixture, "http://h.test/", "a=5; Path=/"); /* replaced: keeps its place */
    assert_sent(&fixture, "http://h.test/", "a=5; c=3");
    take(&fixture, "http://h.test/", "a=; Path=/; Max-Age=0");
    assert_sent(&fixture, "http://h.test/", "c=3");
    const struct cookie *cookie =
        cookie_jar_find(&fixture.jar, TEXT("http://h.test/x"), TEXT("d"), NOW);
    assert_true(text_is(cookie->value, "4"));
    assert_null(cookie_jar_find(&fixture.jar, TEXT("http://h.test/"), TEXT("d"), NOW));
    assert_null(cookie_jar_find(&fixture.jar, TEXT("nonsense"), TEXT("d"), NOW));
    cookie_jar_clear(&fixture.jar);
    assert_sent(&fixture, "http://h.test/x/y/z", "");
    close_fixture(&fixture);
}

static void cookies_expire(void **state)
{
    (void)state;
    static const struct headers none = { 0 };
    struct fixture fixture;
    open_fixture(&fixture);
    take(&fixture, "http://h.test/", "a=1; Max-Age=10");
    assert_sent(&fixture, "http://h.test/", "a=1");
    buffer_clear(&fixture.line);
    cookie_jar_print_header(&fixture.jar, TEXT("http://h.test/"), &none,
                            NOW + 10 * NANOSECONDS_PER_SECOND, &fixture.line);
    assert_int_equal(fixture.line.size, 0);
    close_fixture(&fixture);
}

static void an_actor_sets_and_deletes(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    struct text url = TEXT("http://www.h.test/deep/path");
    take(&fixture, "http://www.h.test/deep/", "theme=old; Domain=h.test; Path=/deep");
    assert_true(cookie_jar_set(&fixture.jar, url, TEXT("theme"), TEXT("dark"), NOW));
    assert_sent(&fixture, "http://www.h.test/deep/x", "theme=dark");
    assert_false(cookie_jar_set(&fixture.jar, TEXT("/x"), TEXT("a"), TEXT("b"), NOW));
    assert_false(cookie_jar_set(&fixture.jar, url, TEXT("a;b"), TEXT("c"), NOW));
    assert_false(cookie_jar_set(&fixture.jar, url, TEXT("a"), TEXT("b; Path=/"), NOW));
    assert_false(cookie_jar_set(&fixture.jar, url, TEXT(""), TEXT("b"), NOW));
    assert_false(cookie_jar_set(&fixture.jar, url, TEXT("a"), TEXT("b\n"), NOW));
    assert_false(cookie_jar_delete(&fixture.jar, TEXT("http://other.test/"), TEXT("theme")));
    assert_true(cookie_jar_delete(&fixture.jar, url, TEXT("theme")));
    assert_false(cookie_jar_delete(&fixture.jar, url, TEXT("theme")));
    assert_true(cookie_jar_set(&fixture.jar, url, TEXT("theme"), TEXT("dark"), NOW));
    assert_true(cookie_jar_delete(&fixture.jar, TEXT_EMPTY, TEXT("theme")));
    close_fixture(&fixture);
}

static void a_request_brings_its_own(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    struct headers own = { 0 };
    take(&fixture, "http://h.test/", "a=1");
    take(&fixture, "http://h.test/", "b=2");
    headers_add(&own, &fixture.arena, TEXT("a"), TEXT("mine"));
    headers_add(&own, &fixture.arena, TEXT("c"), TEXT("3"));
    cookie_jar_print_header(&fixture.jar, TEXT("http://h.test/"), &own, NOW, &fixture.line);
    assert_true(text_is(buffer_text(&fixture.line), "b=2; a=mine; c=3"));
    close_fixture(&fixture);
}

static void a_jar_travels_as_text(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    take(&fixture, "https://h.test/", "a=1; Domain=h.test; Path=/x; Secure; HttpOnly");
    take(&fixture, "https://h.test/", "b=; Max-Age=10");
    CLEANUP(buffer_release) struct buffer lines;
    buffer_init(&lines, 4096);
    cookie_jar_export(&fixture.jar, &lines);
    assert_true(text_is(buffer_text(&lines), "18446744073709551615\t0\t1\t1\th.test\t/x\ta\t1\n"
                                             "1010000000000\t1\t0\t0\th.test\t/\tb\t\n"));
    struct cookie_jar copy;
    cookie_jar_init(&copy, &fixture.arena);
    assert_true(cookie_jar_import(&copy, buffer_text(&lines)));
    CLEANUP(buffer_release) struct buffer again;
    buffer_init(&again, 4096);
    cookie_jar_export(&copy, &again);
    assert_true(text_equal(buffer_text(&again), buffer_text(&lines)));
    assert_true(cookie_jar_import(&copy, TEXT("")));
    assert_int_equal(copy.count, 2);
    close_fixture(&fixture);
}

static void lines_that_are_not_ours_are_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "x",
        "1\t0\t0\t0\th\t/\ta",
        "1\t0\t0\t0\th\t/\ta\t1\t2",
        "x\t0\t0\t0\th\t/\ta\t1",
        "1\t0\t0\t0\th\tpath\ta\t1",
        "1\t0\t0\t0\th\t/\t\t1",
    };
    for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
        struct fixture fixture;
        open_fixture(&fixture);
        assert_false(cookie_jar_import(&fixture.jar, text_of(lines[i])));
        assert_int_equal(fixture.jar.count, 0);
        close_fixture(&fixture);
    }
}

static void the_oldest_cookies_make_room(void **state)
{
    (void)state;
    struct fixture fixture;
    open_fixture(&fixture);
    for (int i = 0; i < COOKIE_JAR_LIMIT + 2; i++) {
        struct cookie cookie = { .name = arena_format(&fixture.arena, "n%d", i),
                                 .domain = TEXT("h"),
                                 .path = TEXT("/"),
                                 .expires_ns = COOKIE_OF_SESSION };
        cookie_jar_store(&fixture.jar, &cookie, NOW);
    }
    assert_int_equal(fixture.jar.count, COOKIE_JAR_LIMIT);
    assert_true(text_is(fixture.jar.list[0].name, "n2"));
    assert_true(text_is(fixture.jar.list[COOKIE_JAR_LIMIT - 1].name, "n3001"));
    close_fixture(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cookies_go_where_they_may),
        cmocka_unit_test(longer_paths_come_first_then_older_ones),
        cmocka_unit_test(cookies_expire),
        cmocka_unit_test(an_actor_sets_and_deletes),
        cmocka_unit_test(a_request_brings_its_own),
        cmocka_unit_test(a_jar_travels_as_text),
        cmocka_unit_test(lines_that_are_not_ours_are_refused),
        cmocka_unit_test(the_oldest_cookies_make_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
