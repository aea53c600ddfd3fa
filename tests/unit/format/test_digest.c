/* SPDX-License-Identifier: MIT */
#include "format/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void digests_are_those_of_the_standards(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(digest_sha256(&arena, TEXT("abc")).at,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(digest_sha256(&arena, TEXT_EMPTY).at,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    /* RFC 4231, test case 2 */
    assert_string_equal(
        digest_hmac_sha256(&arena, TEXT("Jefe"), TEXT("what do ya want for nothing?")).at,
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(digests_are_those_of_the_standards) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
