/* SPDX-License-Identifier: MIT */
#include "diff/exchange_diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"

struct fixture {
    struct arena arena;
    struct exchange left;
    struct exchange right;
};

/* "200 OK\nName: value\n…\n\nbody" */
static void fill(struct fixture *fixture, struct exchange *exchange, const char *url,
                 const char *answer)
{
    struct text rest = text_of(answer);
    struct text line;
    uint64_t status;
    *exchange = (struct exchange){ .is_finished = true, .request.url = text_of(url) };
    assert_true(text_take_until(&rest, '\n', &line));
    assert_true(text_to_uint64(text_slice(line, 0, 3), &status));
    exchange->response.status = (unsigned)status;
    exchange->response.reason = text_trim(text_from(line, 3));
    while (text_take_until(&rest, '\n', &line) && line.size) {
        size_t colon = text_find_byte(line, ':', 1);
        headers_add(&exchange->response.headers, &fixture->arena, text_slice(line, 0, colon),
                    text_trim(text_from(line, colon + 1)));
    }
    exchange->response.body = rest.at ? rest : TEXT_EMPTY;
}

static struct text compare(struct fixture *fixture, const struct judge *judge)
{
    struct differences differences;
    struct exchange_pair pair = { &fixture->left, &fixture->right, judge };
    struct buffer out;
    differences_init(&differences, &fixture->arena, NULL);
    exchange_diff(&pair, &differences);
    buffer_init(&out, 1 << 16);
    for (size_t i = 0; i < differences.count; i++) {
        const struct difference *entry = differences.list[i];
        const struct difference_example *example = &entry->examples[0];
        buffer_add_format(&out, "%s%s%s %.*s (%.*s > %.*s)", i ? ", " : "",
                          entry->severity == SEVERITY_MASKED ? "masked " : "",
                          difference_class_name(entry->class), TEXT_ARG(entry->path),
                          TEXT_ARG(example->left), TEXT_ARG(example->right));
    }
    struct text list = arena_text(&fixture->arena, buffer_text(&out));
    buffer_release(&out);
    return list;
}

struct answer_case {
    const char *left;
    const char *right;
    const char *list;
};

static void check(const struct answer_case *cases, size_t count, const struct judge *judge)
{
    struct fixture fixture = { 0 };
    arena_init(&fixture.arena);
    for (size_t i = 0; i < count; i++) {
        fill(&fixture, &fixture.left, "https://arena.example/api/x?y=1", cases[i].left);
        fill(&fixture, &fixture.right, "http://staging.test:8080/api/x?y=1", cases[i].right);
        struct text list = compare(&fixture, judge);
        if (!text_is(list, cases[i].list)) {
            fail_msg("%s\nand\n%s:\n%s\ninstead of\n%s", cases[i].left, cases[i].right, list.at,
                     cases[i].list);
        }
    }
    arena_release(&fixture.arena);
}

static void status_and_headers_are_compared(void **state)
{
    (void)state;
    static const struct answer_case cases[] = {
        { "200 OK", "200 Fine", "" },
        { "200 OK", "404 Not Found", "status status (200 OK > 404 Not Found)" },
        { "200\ncache-control: private", "200\nCache-Control: no-store",
          "changed header \"Cache-Control\" (private > no-store)" },
        { "200\nVary: a\nvary: b", "200\nVary: a", "missing header \"Vary\" (b > )" },
        { "200\nServer: x", "200\nServer: x\nX-Powered-By: PHP",
          "added header \"X-Powered-By\" ( > PHP)" },
        { "200\nX-Empty:", "200\nX-Empty: 1", "changed header \"X-Empty\" ( > 1)" },
        { "200\nContent-Type: application/json", "200\nContent-Type: text/html; charset=UTF-8",
          "type header \"Content-Type\" (application/json > text/html; charset=UTF-8)" },
        { "200\nContent-Type: text/html; charset=UTF-8",
          "200\ncontent-type: text/html;charset=\"utf-8\"", "" },
        { "200\nContent-Type: text/html; charset=UTF-8", "200\nContent-Type: text/html",
          "changed header \"Content-Type\" (text/html; charset=UTF-8 > text/html)" },
        { "200\nETag: \"1\"", "200\nETag: \"2\"", "changed header \"Etag\" (\"1\" > \"2\")" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void what_changes_with_every_answer_is_only_present(void **state)
{
    (void)state;
    static const struct answer_case cases[] = {
        { "200\nDate: a\nX-Request-Id: 1", "200\nDate: b\nX-Request-Id: 2",
          "masked changed header \"Date\" (a > b), masked changed header \"X-Request-Id\" (1 > "
          "2)" },
        { "200\nsentry-trace: a", "200", "missing header \"Sentry-Trace\" (a > )" },
        { "200\nTransfer-Encoding: chunked\nContent-Encoding: br\n:status: 200", "200", "" },
        { "200\nContent-Length: 3\n\nabc", "200\nContent-Length: 30\n\nabc", "" },
        { "200\nContent-Length: 3\n\nabc", "200\nContent-Length: 4\n\nabcd",
          "changed text (abc > abcd)" },
        { "200\nContent-Length: 3\n\nabc", "200\n\nabc", "" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void the_length_of_what_get_would_send_counts(void **state)
{
    (void)state;
    struct fixture fixture = { 0 };
    arena_init(&fixture.arena);
    fill(&fixture, &fixture.left, "https://arena.example/x", "200\nContent-Length: 3");
    fill(&fixture, &fixture.right, "https://staging.test/x", "200\nContent-Length: 4");
    fixture.left.request.method = TEXT("HEAD");
    struct text list = compare(&fixture, NULL);
    assert_true(text_is(list, "changed header \"Content-Length\" (3 > 4)"));
    arena_release(&fixture.arena);
}

static void the_own_host_is_the_same_on_both_sides(void **state)
{
    (void)state;
    static const struct answer_case cases[] = {
        { "302\nLocation: https://arena.example/lobby",
          "302\nLocation: http://staging.test:8080/lobby", "" },
        { "302\nLocation: /lobby", "302\nLocation: http://staging.test:8080/lobby", "" },
        { "302\nLocation: //arena.example/lobby", "302\nLocation: //staging.test:8080/lobby",
          "" },
        { "302\nLocation: /lobby", "302\nLocation: http://staging.test/lobby", "" },
        { "302\nLocation: /lobby", "302\nLocation: http://elsewhere.test/lobby",
          "changed redirect (/lobby > http://elsewhere.test/lobby)" },
        { "200\nX: arena.example.com", "200\nX: staging.test.com",
          "changed header \"X\" (arena.example.com > staging.test.com)" },
        { "302\nLocation: /lobby", "302\nLocation: ../lobby", "" },
        { "302\nLocation: /lobby", "302\nLocation: /login",
          "changed redirect (/lobby > /login)" },
        { "302\nLocation: /lobby", "302", "missing redirect (/lobby > )" },
        { "302\nLocation:", "302\nLocation: /x", "changed redirect ( > /x)" },
        { "200\nAccess-Control-Allow-Origin: arena.example",
          "200\nAccess-Control-Allow-Origin: staging.test", "" },
        { "200\nX: arena.example arena.example", "200\nX: staging.test:8080 staging.test", "" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void cookies_are_compared_by_attribute(void **state)
{
    (void)state;
    static const struct answer_case cases[] = {
        { "200\nSet-Cookie: a=1; Path=/; Secure; HttpOnly",
          "200\nSet-Cookie: a=2; path=/; HttpOnly; SameSite=Lax",
          "changed cookie \"a\" (1 > 2), missing cookie \"a\" attribute \"Secure\" (Secure > "
          "), "
          "added cookie \"a\" attribute \"SameSite\" ( > Lax)" },
        { "200\nSet-Cookie: a=1\nSet-Cookie: b=2", "200\nSet-Cookie: b=2\nSet-Cookie: c=3",
          "missing cookie \"a\" (1 > ), added cookie \"c\" ( > 3)" },
        { "200\nSet-Cookie: s=eyJpdiI6Ik1234567890ab%3D; Expires=Mon, 23 Nov 2026 10:00:00 GMT",
          "200\nSet-Cookie: s=eyJpdiI6Ik0987654321zz%3D; Expires=Tue, 24 Nov 2026 10:00:00 GMT",
          "masked changed cookie \"s\" (a token of 25 bytes > a token of 25 bytes), "
          "masked changed cookie \"s\" attribute \"Expires\" (Mon, 23 Nov 2026 10:00:00 GMT > "
          "Tue, 24 Nov 2026 10:00:00 GMT)" },
        { "200\nSet-Cookie: s=‹redacted:cookie:12345678›", "200\nSet-Cookie: s=x",
          "changed cookie \"s\" (a token of 30 bytes > x)" },
        { "200\nSet-Cookie: s=a long text with 1 digit", "200\nSet-Cookie: s=another one, 2 x",
          "changed cookie \"s\" (a long text with 1 digit > another one, 2 x)" },
        { "200\nSet-Cookie: a=1\nSet-Cookie: a=2", "200\nSet-Cookie: a=2", "" },
        { "200\nSet-Cookie: a=1; Domain=arena.example",
          "200\nSet-Cookie: a=1; Domain=staging.test", "" },
        { "200\nSet-Cookie: nonsense", "200", "" },
    };
    check(cases, ARRAY_SIZE(cases), NULL);
}

static void a_failure_is_compared_with_an_answer(void **state)
{
    (void)state;
    struct fixture fixture = { 0 };
    arena_init(&fixture.arena);
    fill(&fixture, &fixture.left, "http://a/", "200 OK\nX: y");
    fill(&fixture, &fixture.right, "nonsense", "200 OK");
    fixture.right.failure = EXCHANGE_TIMEOUT;
    assert_string_equal(compare(&fixture, NULL).at, "status status (200 OK > a timeout)");
    fixture.left.failure = EXCHANGE_TIMEOUT;
    assert_string_equal(compare(&fixture, NULL).at, "");
    fixture.left.failure = EXCHANGE_OTHER;
    assert_string_equal(compare(&fixture, NULL).at, "status status (no answer > a timeout)");
    arena_release(&fixture.arena);
}

static void more_headers_than_any_server_sends_are_not_compared(void **state)
{
    (void)state;
    struct fixture fixture = { 0 };
    arena_init(&fixture.arena);
    fill(&fixture, &fixture.left, "http://a/", "200 OK");
    fill(&fixture, &fixture.right, "http://a/", "200 OK");
    for (int i = 0; i < 1001; i++) {
        headers_add(&fixture.left.response.headers, &fixture.arena, TEXT("Set-Cookie"),
                    TEXT("a=1"));
    }
    assert_string_equal(
        compare(&fixture, NULL).at,
        "type headers (1001 fields > 0 fields (more than 1000 are not compared))");
    arena_release(&fixture.arena);
}

/* A judge that allows everything at a part whose state is not NULL; a state is its name. */
static const void *enter(void *context, enum judged_part part, struct text name)
{
    static const char *const parts[] = { "status", "header", "cookie", "redirect" };
    (void)name;
    return part <= JUDGED_REDIRECT ? arena_format(context, "%s", parts[part]).at : NULL;
}

static const void *by_key(void *context, const void *at, struct text key)
{
    return arena_format(context, "%s %.*s", (const char *)at, TEXT_ARG(key)).at;
}

static bool allows(void *context, const void *at, const struct judged_pair *pair,
                   struct text *ret_mask)
{
    (void)context;
    *ret_mask = text_of(at);
    return pair->class != DIFFERENCE_ADDED;
}

static void masks_reach_every_part(void **state)
{
    (void)state;
    static const struct answer_case cases[] = {
        { "200\nX: 1", "201\nX: 2",
          "masked status status (200 > 201), masked changed header \"X\" (1 > 2)" },
        { "302\nLocation: /a\nSet-Cookie: a=1; Path=/", "302\nLocation: /b\nSet-Cookie: a=2",
          "masked changed redirect (/a > /b), masked changed cookie \"a\" (1 > 2), masked "
          "missing "
          "cookie \"a\" attribute \"Path\" (/ > )" },
        { "200", "200\nX: 2", "added header \"X\" ( > 2)" },
    };
    struct arena arena;
    arena_init(&arena);
    struct judge judge = { .context = &arena, .enter = enter, .key = by_key, .allows = allows };
    check(cases, ARRAY_SIZE(cases), &judge);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_and_headers_are_compared),
        cmocka_unit_test(what_changes_with_every_answer_is_only_present),
        cmocka_unit_test(the_length_of_what_get_would_send_counts),
        cmocka_unit_test(the_own_host_is_the_same_on_both_sides),
        cmocka_unit_test(cookies_are_compared_by_attribute),
        cmocka_unit_test(a_failure_is_compared_with_an_answer),
        cmocka_unit_test(more_headers_than_any_server_sends_are_not_compared),
        cmocka_unit_test(masks_reach_every_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
