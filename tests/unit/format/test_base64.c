/* SPDX-License-Identifier: MIT */
#include "format/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void the_vectors_of_rfc_4648_go_both_ways(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        const char *encoded;
    } cases[] = {
        { TEXT_STATIC(""), "" },
        { TEXT_STATIC("f"), "Zg==" },
        { TEXT_STATIC("fo"), "Zm8=" },
        { TEXT_STATIC("foo"), "Zm9v" },
        { TEXT_STATIC("foob"), "Zm9vYg==" },
        { TEXT_STATIC("fooba"), "Zm9vYmE=" },
        { TEXT_STATIC("foobar"), "Zm9vYmFy" },
        { TEXT_STATIC("\xFF\xFE\0\xFB"), "//4A+w==" },
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct text decoded = TEXT_EMPTY;
        assert_true(text_is(base64_encode(&arena, cases[i].bytes), cases[i].encoded));
        assert_true(base64_decode(&arena, text_of(cases[i].encoded), &decoded));
        assert_true(text_equal(decoded, cases[i].bytes));
    }
    arena_release(&arena);
}

static void the_url_alphabet_is_read_and_other_bytes_are_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct text decoded = TEXT("untouched");
    arena_init(&arena);
    assert_true(base64_decode(&arena, TEXT("__4A-w"), &decoded));
    assert_true(text_equal(decoded, TEXT("\xFF\xFE\0\xFB")));
    decoded = TEXT("untouched");
    assert_false(base64_decode(&arena, TEXT("Z"), &decoded));
    assert_false(base64_decode(&arena, TEXT("Zm 9v"), &decoded));
    assert_false(base64_decode(&arena, TEXT("Zg==Zg=="), &decoded));
    assert_true(text_is(decoded, "untouched"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_rfc_4648_go_both_ways),
        cmocka_unit_test(the_url_alphabet_is_read_and_other_bytes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
