/* SPDX-License-Identifier: MIT */
#include "format/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

static void a_digest_of_pieces_is_that_of_the_whole(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct digest *digest = digest_new();
    digest_add(digest, TEXT("a"));
    digest_add(digest, TEXT_EMPTY);
    digest_add(digest, TEXT("bc"));
    assert_string_equal(digest_finish(digest, &arena).at,
                        digest_sha256(&arena, TEXT("abc")).at);
    arena_release(&arena);
}

static void a_file_has_the_digest_of_its_bytes(void **state)
{
    (void)state;
    struct arena arena;
    struct problems problems;
    struct text digest;
    char path[] = "/tmp/bddrun-digest-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "abc", 3), 3);
    close(descriptor);
    arena_init(&arena);
    problems_init(&problems);
    assert_true(digest_sha256_file(&arena, text_of(path), &digest, &problems));
    assert_string_equal(digest.at, digest_sha256(&arena, TEXT("abc")).at);
    assert_int_equal(remove(path), 0);
    assert_false(digest_sha256_file(&arena, text_of(path), &digest, &problems));
    assert_false(digest_sha256_file(&arena, TEXT("/"), &digest, &problems));
    assert_int_equal(problems.count, 2);
    assert_string_equal(problems.list[1].message.at, "cannot read '/': Is a directory");
    problems_release(&problems);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_standards),
        cmocka_unit_test(a_digest_of_pieces_is_that_of_the_whole),
        cmocka_unit_test(a_file_has_the_digest_of_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
