/* SPDX-License-Identifier: MIT */
#include "exchange/response_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct problems problems;
    struct source source;
    struct response response;
};

static bool read(struct fixture *fixture, const char *bytes)
{
    arena_init(&fixture->arena);
    problems_init(&fixture->problems);
    source_init(&fixture->source, TEXT("answer"), text_of(bytes));
    return response_read(&fixture->source, &fixture->arena, &fixture->response,
                         &fixture->problems);
}

static void release(struct fixture *fixture)
{
    arena_release(&fixture->arena);
    problems_release(&fixture->problems);
}

static void status_fields_and_body_are_read(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "HTTP/1.1 404 Not Found\r\nA: 1\r\nb:  2 \r\n\r\nbody\r\n",
        "HTTP/1.1 404 Not Found\nA: 1\nb:  2 \n\nbody\r\n",
    };
    for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
        struct fixture fixture = { 0 };
        struct text value;
        assert_true(read(&fixture, answers[i]));
        assert_int_equal(fixture.response.status, 404);
        assert_true(text_is(fixture.response.reason, "Not Found"));
        assert_true(text_is(fixture.response.http_version, "1.1"));
        assert_int_equal(fixture.response.headers.count, 2);
        assert_true(headers_find(&fixture.response.headers, TEXT("B"), &value));
        assert_true(text_is(value, "2"));
        assert_true(text_is(fixture.response.body, "body\r\n"));
        release(&fixture);
    }
}

static void an_answer_may_be_only_its_first_line(void **state)
{
    (void)state;
    struct fixture fixture = { 0 };
    assert_true(read(&fixture, "HTTP/2 204"));
    assert_int_equal(fixture.response.status, 204);
    assert_int_equal(fixture.response.reason.size, 0);
    assert_int_equal(fixture.response.body.size, 0);
    release(&fixture);
}

static void what_is_none_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *answer;
        const char *message;
        size_t line;
    } cases[] = {
        { "", "this is no status line", 1 },
        { "HTTP/1.1", "this is no status line", 1 },
        { "HTTP/1.1 20 OK", "this is no status line", 1 },
        { "HTTP/1.1 2xx OK", "this is no status line", 1 },
        { "HTTP/1.1 099 OK", "this is no status line", 1 },
        { "SIP/2.0 200 OK", "this is no status line", 1 },
        { "HTTP/1.1 200 OK\nA: 1\nnothing\n\n", "this is no header field", 3 },
        { "HTTP/1.1 200 OK\n: 1\n\n", "this is no header field", 2 },
        { "HTTP/1.1 200 OK\nA b: 1\n\n", "this is no header field", 2 },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct fixture fixture = { 0 };
        assert_false(read(&fixture, cases[i].answer));
        assert_int_equal(fixture.problems.count, 1);
        const struct problem *problem = &fixture.problems.list[0];
        assert_string_equal(problem->message.at, cases[i].message);
        assert_int_equal(source_position(&fixture.source, problem->at.start).line,
                         cases[i].line);
        release(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_fields_and_body_are_read),
        cmocka_unit_test(an_answer_may_be_only_its_first_line),
        cmocka_unit_test(what_is_none_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
