/* SPDX-License-Identifier: MIT */
#include "format/redaction_token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define GOOD "\xe2\x80\xb9redacted:jwt:0a1b2c3d:11223344\xe2\x80\xba"
#define CODED "%E2%80%B9redacted%3Apassword-number%3A0a1b2c3d%3A11223344%E2%80%BA"

static void a_token_is_read_with_its_parts(void **state)
{
    (void)state;
    struct redaction_token token;
    assert_true(redaction_token_parse(TEXT(GOOD), &token));
    assert_true(text_is(token.kind, "jwt"));
    assert_true(text_is(token.key_id, "0a1b2c3d"));
    assert_true(text_is(token.digest, "11223344"));
    assert_int_equal(token.size, sizeof GOOD - 1);
    assert_true(redaction_token_parse(TEXT(CODED), &token));
    assert_true(text_is(token.kind, "password-number"));
}

static void what_is_no_whole_token_is_not_read_as_one(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "jwt",
        GOOD "x",
        "x" GOOD,
        "\xe2\x80\xb9redacted:",
        "\xe2\x80\xb9redacted:jwt",
        "\xe2\x80\xb9redacted::0a1b2c3d:11223344\xe2\x80\xba",
        "\xe2\x80\xb9redacted:JWT:0a1b2c3d:11223344\xe2\x80\xba",
        "\xe2\x80\xb9redacted:jwt:0a1b2c3:11223344\xe2\x80\xba",
        "\xe2\x80\xb9redacted:jwt:0a1b2c3d:1122334\xe2\x80\xba",
        "\xe2\x80\xb9redacted:jwt:0a1b2c3d:1122334g\xe2\x80\xba",
        "\xe2\x80\xb9redacted:jwt:0a1b2c3d:11223344",
        "\xe2\x80\xb9redacted:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:0a1b2c3d:11223344\xe2\x80\xba",
    };
    struct redaction_token token;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_false(redaction_token_parse(text_of(bad[i]), &token));
}

static void tokens_are_found_inside_text(void **state)
{
    (void)state;
    struct text text = TEXT("a \xe2\x80\xb9 b % " GOOD " c");
    assert_int_equal(redaction_token_find(text, 0), 10);
    assert_int_equal(redaction_token_find(text, 11), text.size);
    assert_int_equal(redaction_token_find(TEXT("?t=" CODED), 0), 3);
}

static void a_token_knows_its_key_and_whether_runs_share_its_secret(void **state)
{
    (void)state;
    struct redaction_token a;
    struct redaction_token b;
    assert_true(redaction_token_parse(TEXT(GOOD), &a));
    assert_true(redaction_token_parse(TEXT(CODED), &b));
    assert_true(redaction_token_same_key(&a, &b));
    assert_true(redaction_token_is_minted(&a));
    assert_false(redaction_token_is_minted(&b));
    b.key_id = TEXT("ffffffff");
    assert_false(redaction_token_same_key(&a, &b));
}

static void a_token_is_printed_as_it_was_read(void **state)
{
    (void)state;
    struct redaction_token token;
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1000);
    assert_true(redaction_token_parse(TEXT(GOOD), &token));
    redaction_token_print(&out, &token);
    assert_string_equal(out.at, GOOD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_read_with_its_parts),
        cmocka_unit_test(what_is_no_whole_token_is_not_read_as_one),
        cmocka_unit_test(tokens_are_found_inside_text),
        cmocka_unit_test(a_token_knows_its_key_and_whether_runs_share_its_secret),
        cmocka_unit_test(a_token_is_printed_as_it_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
