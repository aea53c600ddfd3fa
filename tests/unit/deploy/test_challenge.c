/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "deploy/image/challenge.h"

/* "Scheme name=value name=value; Scheme …" of all that can be read. */
static void assert_read(const char *field, const char *expected)
{
    struct arena arena;
    struct buffer found;
    struct text rest = text_of(field);
    struct challenge challenge;
    arena_init(&arena);
    buffer_init(&found, 1000);
    while (challenge_next(&rest, &arena, &challenge)) {
        buffer_add_string(&found, found.size ? "; " : "");
        buffer_add(&found, challenge.scheme);
        for (size_t i = 0; i < challenge.parameters.count; i++) {
            buffer_add_format(&found, " %.*s=%.*s", TEXT_ARG(challenge.parameters.list[i].name),
                              TEXT_ARG(challenge.parameters.list[i].value));
        }
    }
    assert_string_equal(found.at ? found.at : "", expected);
    buffer_release(&found);
    arena_release(&arena);
}

static void schemes_and_parameters_are_read(UNUSED void **state)
{
    assert_read("Basic realm=\"x\"", "Basic realm=x");
    assert_read("Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:a/b:pull,push\"",
                "Bearer realm=https://a/t service=s scope=repository:a/b:pull,push");
    assert_read("Bearer realm = \"a\" , x=y, Basic realm=\"b\"",
                "Bearer realm=a x=y; Basic realm=b");
    assert_read("Negotiate, Basic realm=\"q\\\"u\\\\o\"", "Negotiate; Basic realm=q\"u\\o");
    assert_read(", ,Basic", "Basic");
}

static void what_cannot_be_read_ends_the_list(UNUSED void **state)
{
    assert_read("", "");
    assert_read("\"x\"", "");
    assert_read("Basic realm=\"open", "Basic; realm");
    assert_read("Basic realm=", "Basic; realm");
    assert_read("Basic realm=\"open\\", "Basic; realm");
}

static void a_scheme_is_found_in_any_field_whatever_its_case(UNUSED void **state)
{
    struct arena arena;
    struct headers headers = { 0 };
    struct challenge challenge;
    arena_init(&arena);
    headers_add(&headers, &arena, TEXT("WWW-Authenticate"), TEXT("Negotiate"));
    headers_add(&headers, &arena, TEXT("www-authenticate"), TEXT("x, BEARER realm=r"));
    assert_true(challenge_find(&headers, TEXT("Bearer"), &arena, &challenge));
    assert_true(text_is(challenge.parameters.list[0].value, "r"));
    assert_false(challenge_find(&headers, TEXT("Basic"), &arena, &challenge));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schemes_and_parameters_are_read),
        cmocka_unit_test(what_cannot_be_read_ends_the_list),
        cmocka_unit_test(a_scheme_is_found_in_any_field_whatever_its_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
