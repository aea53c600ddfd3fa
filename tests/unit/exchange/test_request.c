/* SPDX-License-Identifier: MIT */
#include "exchange/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file_write.h"

struct fixture {
    struct arena arena;
    struct problems problems;
    struct request request;
    struct request_body body;
    char path[64];
};

static int open_fixture(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){ 0 };
    arena_init(&fixture.arena);
    problems_init(&fixture.problems);
    snprintf(fixture.path, sizeof fixture.path, "/tmp/bddrun-request-%d.png", (int)getpid());
    *state = &fixture;
    bool is_made = file_replace(text_of(fixture.path), TEXT("\0PNG"), &fixture.problems);
    return is_made ? 0 : -1;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    unlink(fixture->path);
    problems_release(&fixture->problems);
    arena_release(&fixture->arena);
    return 0;
}

static bool encode(struct fixture *fixture)
{
    return request_encode_body(&fixture->request, &fixture->arena, 0xABC, &fixture->body,
                               &fixture->problems);
}

static void assert_body(struct fixture *fixture, struct text bytes, const char *content_type)
{
    assert_true(encode(fixture));
    assert_true(fixture->body.is_present);
    if (!text_equal(fixture->body.bytes, bytes)) {
        fail_msg("%.*s", TEXT_ARG(fixture->body.bytes));
    }
    if (!text_is(fixture->body.content_type, content_type)) {
        fail_msg("%.*s", TEXT_ARG(fixture->body.content_type));
    }
}

static void simple_bodies_are_taken_as_they_are(void **state)
{
    struct fixture *fixture = *state;
    assert_true(encode(fixture));
    assert_false(fixture->body.is_present);
    fixture->request.body_kind = REQUEST_BODY_BYTES;
    assert_body(fixture, TEXT(""), "");
    fixture->request.body = TEXT("a\0b");
    fixture->request.content_type = TEXT("text/plain");
    assert_body(fixture, TEXT("a\0b"), "text/plain");
    fixture->request.body_kind = REQUEST_BODY_FILE;
    fixture->request.body_file = text_of(fixture->path);
    assert_body(fixture, TEXT("\0PNG"), "text/plain");
}

static void pairs_are_percent_encoded(void **state)
{
    struct fixture *fixture = *state;
    struct headers *form = &fixture->request.form;
    fixture->request.body_kind = REQUEST_BODY_FORM;
    headers_add(form, &fixture->arena, TEXT("a b"), TEXT("1+2&3=\xc3\xa4~-._\n"));
    headers_add(form, &fixture->arena, TEXT("a b"), TEXT("\0"));
    assert_body(fixture, TEXT("a+b=1%2B2%263%3D%C3%A4~-._%0A&a+b=%00"),
                "application/x-www-form-urlencoded");
    CLEANUP(buffer_release) struct buffer query;
    buffer_init(&query, 1000);
    request_encode_pairs(&query, form, false);
    assert_true(text_is(buffer_text(&query), "a%20b=1%2B2%263%3D%C3%A4~-._%0A&a%20b=%00"));
}

static void parts_are_form_data(void **state)
{
    struct fixture *fixture = *state;
    struct request_part parts[] = {
        { .name = TEXT("title"), .value = TEXT("Holiday") },
        { .name = TEXT("a\"\r\n"), .value = TEXT("{}"), .content_type = TEXT("text/json") },
        { .name = TEXT("image"), .file_path = text_of(fixture->path) },
        { .name = TEXT("named"),
          .file_path = text_of(fixture->path),
          .file_name = TEXT("x.bin"),
          .content_type = TEXT("image/png") },
        { .name = TEXT("inline"), .value = TEXT("v"), .file_name = TEXT("v.txt") },
    };
    fixture->request.body_kind = REQUEST_BODY_PARTS;
    fixture->request.parts = parts;
    fixture->request.part_count = ARRAY_SIZE(parts);
    fixture->request.content_type = TEXT("ignored/because-it-lacks-the-boundary");
    struct text expected = arena_format(
        &fixture->arena,
        "------bddrun0000000000000abc\r\n"
        "Content-Disposition: form-data; name=\"title\"\r\n\r\nHoliday\r\n"
        "------bddrun0000000000000abc\r\n"
        "Content-Disposition: form-data; name=\"a%%22%%0D%%0A\"\r\n"
        "Content-Type: text/json\r\n\r\n{}\r\n"
        "------bddrun0000000000000abc\r\n"
        "Content-Disposition: form-data; name=\"image\"; filename=\"bddrun-request-%d.png\"\r\n"
        "Content-Type: application/octet-stream\r\n\r\n?PNG\r\n"
        "------bddrun0000000000000abc\r\n"
        "Content-Disposition: form-data; name=\"named\"; filename=\"x.bin\"\r\n"
        "Content-Type: image/png\r\n\r\n?PNG\r\n"
        "------bddrun0000000000000abc\r\n"
        "Content-Disposition: form-data; name=\"inline\"; filename=\"v.txt\"\r\n\r\nv\r\n"
        "------bddrun0000000000000abc--\r\n",
        (int)getpid());
    char *bytes = arena_string(&fixture->arena, expected);
    for (size_t i = 0; i < expected.size; i++) {
        bytes[i] = bytes[i] == '?' ? '\0' : bytes[i];
    }
    assert_body(fixture, text_make(bytes, expected.size),
                "multipart/form-data; boundary=----bddrun0000000000000abc");
}

static void a_missing_file_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct request_part part = { .name = TEXT("a"), .file_path = TEXT("/does/not/exist") };
    fixture->request.parts = &part;
    fixture->request.part_count = 1;
    fixture->request.body_kind = REQUEST_BODY_PARTS;
    assert_false(encode(fixture));
    fixture->request.body_kind = REQUEST_BODY_FILE;
    fixture->request.body_file = TEXT("/does/not/exist");
    assert_false(encode(fixture));
    assert_int_equal(fixture->problems.count, 2);
}

int main(void)
{
#define REQUEST_TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        REQUEST_TEST(simple_bodies_are_taken_as_they_are),
        REQUEST_TEST(pairs_are_percent_encoded),
        REQUEST_TEST(parts_are_form_data),
        REQUEST_TEST(a_missing_file_is_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
