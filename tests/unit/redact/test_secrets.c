/* SPDX-License-Identifier: MIT */
#include "redact/secrets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/attribute.h"

static void assert_masked(const struct secrets *secrets, const char *original,
                          const char *expected)
{
    CLEANUP(buffer_release) struct buffer out;
    buffer_init(&out, 1 << 16);
    secrets_mask(secrets, &out, text_of(original));
    assert_string_equal(out.at ? out.at : "", expected);
}

static void every_occurrence_is_masked(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    secrets_init(&secrets);
    assert_true(secrets_add(&secrets, TEXT("hunter2")));
    assert_true(secrets_add(&secrets, TEXT("s3cr3t/+ \"x\"")));
    static const struct {
        const char *original, *masked;
    } cases[] = {
        { "", "" },
        { "hunter", "hunter" },
        { "hunter2", "***" },
        { "a hunter2 b hunter2", "a *** b ***" },
        { "hunter2hunter2", "***" },
        { "s3cr3t/+ \"x\"", "***" },
        { "percent: s3cr3t%2F%2B%20%22x%22", "percent: ***" },
        { "lower: s3cr3t%2f%2b%20%22x%22!", "lower: ***!" },
        { "form: k=s3cr3t%2F%2B+%22x%22&b=1", "form: k=***&b=1" },
        { "a plus read as a blank: s3cr3t/  \"x\"", "a plus read as a blank: ***" },
        { "json: \"s3cr3t/+ \\\"x\\\"\"", "json: \"***\"" },
        { "json: \"s3cr3t\\/+ \\\"x\\\"\"", "json: \"***\"" },
        { "html: s3cr3t/+ &quot;x&quot;", "html: ***" },
        { "html: s3cr3t/+ &#34;x&#34;", "html: ***" },
    };
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_masked(&secrets, cases[i].original, cases[i].masked);
}

static void base64_is_masked_at_each_alignment(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    secrets_init(&secrets);
    assert_true(secrets_add(&secrets, TEXT("hunter2-hunter2")));
    /* "hunter2-hunter2" after 0, 1 and 2 bytes, at the end and before more. */
    assert_masked(&secrets, "Basic aHVudGVyMi1odW50ZXIy", "Basic ***");
    assert_masked(&secrets, "Basic YTpodW50ZXIyLWh1bnRlcjI=", "Basic YTp***=");
    assert_masked(&secrets, "Basic OmhodW50ZXIyLWh1bnRlcjI=", "Basic Omh***=");
    assert_masked(&secrets, "Basic OmE6aHVudGVyMi1odW50ZXIyOmE=", "Basic OmE6***OmE=");
    assert_masked(&secrets, "YWxpY2U6aHVudGVyMi1odW50ZXIy", "YWxpY2U6***");
    assert_masked(&secrets, "OmFhdW50ZXIyLWh1bnRlcjI=", "OmFhdW50ZXIyLWh1bnRlcjI=");
}

static void base64url_and_unicode_escapes_are_masked(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    secrets_init(&secrets);
    assert_true(secrets_add(&secrets, TEXT("\xfb\xff\xfe\xfb\xff\xfe")));
    assert_true(secrets_add(&secrets, TEXT("Passwört\xf0\x9f\x83\x8f'&")));
    assert_masked(&secrets, "-__--__-", "***");
    assert_masked(&secrets, "+//++//+", "***");
    assert_masked(&secrets, "Passw\\u00f6rt\\ud83c\\udccf'&", "***");
    assert_masked(&secrets, "Passw\\u00F6rt\\uD83C\\uDCCF'&", "***");
    assert_masked(&secrets, "Passw\\u00f6rt\\ud83d\\udccf'&", "Passw\\u00f6rt\\ud83d\\udccf'&");
    assert_masked(&secrets, "Passw\\u00f6rt\\ud83c\\udccf", "Passw\\u00f6rt\\ud83c\\udccf");
    assert_masked(&secrets, "Passwört\xf0\x9f\x83\x8f&#39;&amp;", "***");
    assert_masked(&secrets, "curl 'Passwört\xf0\x9f\x83\x8f'\\''&'", "curl '***'");
}

static void overlapping_secrets_become_one_mask(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    secrets_init(&secrets);
    assert_true(secrets_add(&secrets, TEXT("abcdef")));
    assert_true(secrets_add(&secrets, TEXT("defghi")));
    assert_true(secrets_add(&secrets, TEXT("abcdefxx")));
    assert_masked(&secrets, "-abcdefghi-", "-***-");
    assert_masked(&secrets, "-abcdefxxghi-", "-***ghi-");
}

static void short_values_are_refused(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    secrets_init(&secrets);
    assert_false(secrets_add(&secrets, TEXT("abc")));
    assert_false(secrets_add(&secrets, TEXT_EMPTY));
    assert_int_equal(secrets_mark(&secrets), 0);
    assert_masked(&secrets, "abc", "abc");
}

static void rewinding_forgets_only_the_newer_ones(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    secrets_init(&secrets);
    assert_true(secrets_add(&secrets, TEXT("first-secret")));
    size_t mark = secrets_mark(&secrets);
    assert_true(secrets_add(&secrets, TEXT("first-secret")));
    assert_int_equal(secrets_mark(&secrets), mark);
    assert_true(secrets_add(&secrets, TEXT("first-other")));
    assert_masked(&secrets, "first-secret first-other", "*** ***");
    secrets_rewind(&secrets, mark);
    assert_masked(&secrets, "first-secret first-other", "*** first-other");
}

static void a_text_without_secrets_is_not_copied(void **state)
{
    (void)state;
    CLEANUP(secrets_release) struct secrets secrets;
    CLEANUP(arena_release) struct arena arena;
    secrets_init(&secrets);
    arena_init(&arena);
    struct text text = TEXT("nothing to hide from hunter2");
    assert_ptr_equal(secrets_masked(&secrets, &arena, text).at, text.at);
    assert_true(secrets_add(&secrets, TEXT("other")));
    assert_ptr_equal(secrets_masked(&secrets, &arena, text).at, text.at);
    assert_true(secrets_add(&secrets, TEXT("hunter2")));
    assert_string_equal(secrets_masked(&secrets, &arena, text).at, "nothing to hide from ***");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_occurrence_is_masked),
        cmocka_unit_test(base64_is_masked_at_each_alignment),
        cmocka_unit_test(base64url_and_unicode_escapes_are_masked),
        cmocka_unit_test(overlapping_secrets_become_one_mask),
        cmocka_unit_test(short_values_are_refused),
        cmocka_unit_test(rewinding_forgets_only_the_newer_ones),
        cmocka_unit_test(a_text_without_secrets_is_not_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
