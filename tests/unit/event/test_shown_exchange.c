/* SPDX-License-Identifier: MIT */
#include "event/shown_exchange.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/attribute.h"
#include "base/clock.h"
#include "exchange/exchange.h"

static void fill(struct exchange *exchange, struct arena *arena)
{
    *exchange = (struct exchange){ .is_finished = true };
    exchange->request.method = TEXT("POST");
    exchange->request.url = TEXT("https://al:pw@host.example/login?api_key=1&x=2");
    exchange->request.body = TEXT("{\"user\":\"alice\",\"password\":\"p4ss\"}");
    exchange->request.has_body = true;
    headers_add(&exchange->request.headers, arena, TEXT("Authorization"), TEXT("Bearer t0ken"));
    headers_add(&exchange->request.headers, arena, TEXT("Accept"), TEXT("*/*"));
    exchange->response.status = 403;
    exchange->response.http_version = TEXT("1.1");
    exchange->response.reason = TEXT("Forbidden");
    exchange->response.timing.total_ns = 1500 * 1000;
    headers_add(&exchange->response.headers, arena, TEXT("Set-Cookie"), TEXT("s=1; Path=/"));
    exchange->response.body = TEXT("{\"token\": \"abc\", \"a\": 1}");
}

static void what_is_sensitive_by_its_name_is_masked(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct exchange exchange;
    fill(&exchange, &arena);
    struct shown_exchange *shown = shown_exchange_make(&arena, &exchange);
    shown_exchange_cut(shown);
    assert_string_equal(
        shown->title.at,
        "POST https://al:***@host.example/login?api_key=***&x=2: 403 Forbidden in 1.5 ms");
    assert_string_equal(shown->request_head.at,
                        "POST https://al:***@host.example/login?api_key=***&x=2\n"
                        "Authorization: Bearer ***\nAccept: */*\n");
    assert_string_equal(shown->request_body.at, "{\"user\":\"alice\",\"password\":\"***\"}");
    assert_string_equal(shown->response_head.at,
                        "HTTP/1.1 403 Forbidden\nSet-Cookie: s=***; Path=/\n");
    assert_string_equal(shown->response_body.at, "{\"token\": \"***\", \"a\": 1}");
    assert_int_equal(shown->response_body_bytes, exchange.response.body.size);
    static const char *const hidden[] = { "pw@", "t0ken", "p4ss" };
    for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
        assert_false(text_contains(shown->curl, text_of(hidden[i])));
    assert_true(text_contains(shown->curl, TEXT("Bearer ***")));
}

static void no_answer_is_shown_as_its_fault(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    struct exchange exchange;
    fill(&exchange, &arena);
    exchange.response = (struct response){ 0 };
    exchange.request.url = TEXT("http://h/");
    exchange.failure = EXCHANGE_TIMEOUT;
    struct shown_exchange *shown = shown_exchange_make(&arena, &exchange);
    assert_string_equal(shown->title.at, "POST http://h/: a timeout");
    assert_int_equal(shown->response_head.size, 0);
    exchange.failure = EXCHANGE_OTHER;
    assert_string_equal(shown_exchange_make(&arena, &exchange)->title.at,
                        "POST http://h/: no answer");
    exchange.response.status = 204;
    exchange.response.http_version = TEXT("2");
    shown = shown_exchange_make(&arena, &exchange);
    assert_string_equal(shown->title.at, "POST http://h/: 204");
    assert_string_equal(shown->response_head.at, "HTTP/2 204\n");
}

static void bodies_are_cut_after_masking(void **state)
{
    (void)state;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    static const size_t sizes[][2] = {
        { 100, 100 },
        { SHOWN_BODY_LIMIT, SHOWN_BODY_LIMIT },
        { SHOWN_BODY_LIMIT + 1, SHOWN_BODY_LIMIT },
        { SHOWN_BODY_LIMIT + SHOWN_BODY_SLACK + 1, SHOWN_BODY_LIMIT },
        { 1 << 20, SHOWN_BODY_LIMIT },
    };
    char *large = malloc(1 << 20);
    assert_non_null(large);
    memset(large, 'x', 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        struct exchange exchange;
        fill(&exchange, &arena);
        exchange.response.body = text_make(large, sizes[i][0]);
        struct shown_exchange *shown = shown_exchange_make(&arena, &exchange);
        shown_exchange_cut(shown);
        assert_int_equal(shown->response_body.size, sizes[i][1]);
        assert_int_equal(shown->response_body_bytes, sizes[i][0]);
        shown->response_body.size = 10; /* all of it was secrets */
        shown_exchange_cut(shown);
        bool is_cut = sizes[i][0] > SHOWN_BODY_LIMIT + SHOWN_BODY_SLACK;
        assert_int_equal(shown->response_body.size, is_cut ? 0 : 10);
    }
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sensitive_by_its_name_is_masked),
        cmocka_unit_test(no_answer_is_shown_as_its_fault),
        cmocka_unit_test(bodies_are_cut_after_masking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
