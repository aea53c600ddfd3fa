/* SPDX-License-Identifier: MIT */
#include "gate/envelope/signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/file_write.h"
#include "format/base64.h"
#include "gate/envelope/bundle.h"
#include "gate/envelope/key_pair.h"
#include "support/verdict_fixture.h"

static struct arena arena;
static struct problems problems;
static char folder[] = "/tmp/bddrun-signer-XXXXXX";
static struct key_pair pair;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    assert_non_null(mkdtemp(folder));
    struct text stem = arena_format(&arena, "%s/gate", folder);
    assert_true(key_pair_write(stem, SIGNATURE_ED25519, 0, &arena, &pair, &problems));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(pair.private_path.at);
    unlink(pair.public_path.at);
    assert_int_equal(rmdir(folder), 0);
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static void a_private_key_signs_from_its_file_and_from_text(void **state)
{
    (void)state;
    struct signer signer;
    struct text signature;
    assert_true(signer_init_file(&signer, pair.private_path, &problems));
    assert_true(text_equal(signer_key_id(&signer), pair.id));
    assert_true(signer_sign(&signer, TEXT("bytes"), &arena, &signature, &problems));
    assert_true(signature_is_valid(signer.key, TEXT("bytes"), signature));
    struct text pem = signature_key_print(signer.key, &arena);
    signer_release(&signer);
    assert_true(signer_init(&signer, pem, TEXT("environment variable 'K'"), &problems));
    signer_release(&signer);
    assert_false(signer_init(&signer, TEXT("x"), TEXT("environment variable 'K'"), &problems));
    assert_false(signer_init_file(&signer, TEXT("/nowhere/k.key"), &problems));
    assert_false(signer_init_command(&signer, NULL, TEXT("/nowhere/k.pub"), &problems));
    assert_int_equal(problems.count, 3);
}

/* A command answers with a signature that was made before: the bytes are the same each time. */
static struct text prepare(const char *file, struct text bytes, bool is_base64)
{
    struct signer signer;
    struct text signature;
    assert_true(signer_init_file(&signer, pair.private_path, &problems));
    assert_true(signer_sign(&signer, bytes, &arena, &signature, &problems));
    signer_release(&signer);
    struct text path = arena_format(&arena, "%s/%s", folder, file);
    if (is_base64) {
        signature = arena_format(&arena, "%.*s\n", TEXT_ARG(base64_encode(&arena, signature)));
    }
    assert_true(file_replace(path, signature, &problems));
    return path;
}

static bool ask(const char *const *words, struct text bytes, struct text *ret_signature)
{
    CLEANUP(signer_release) struct signer signer;
    assert_true(signer_init_command(&signer, words, pair.public_path, &problems));
    return signer_sign(&signer, bytes, &arena, ret_signature, &problems);
}

static void a_command_signs_raw_or_in_base64(void **state)
{
    (void)state;
    struct text bytes = TEXT("DSSEv1 1 t 1 x");
    for (int is_base64 = 0; is_base64 < 2; is_base64++) {
        struct text path = prepare("signature", bytes, is_base64);
        const char *words[] = { "cat", path.at, NULL };
        struct text signature;
        assert_true(ask(words, bytes, &signature));
        assert_int_equal(signature.size, 64);
        assert_int_equal(unlink(path.at), 0);
    }
}

static void a_command_gets_the_bytes_on_its_input(void **state)
{
    (void)state;
    struct text bytes = TEXT("DSSEv1 1 t 1 x");
    struct text path = prepare("signature", bytes, false);
    const char *words[] = { "sh", "-c", "test \"$(cat)\" = 'DSSEv1 1 t 1 x' && cat \"$0\"",
                            path.at, NULL };
    struct text signature;
    assert_true(ask(words, bytes, &signature));
    assert_int_equal(unlink(path.at), 0);
}

static void a_command_that_fails_or_signs_something_else_is_named(void **state)
{
    (void)state;
    struct text signature = TEXT("untouched");
    const char *failing[] = { "sh", "-c", "echo 'no such key' >&2; exit 3", NULL };
    const char *wrong[] = { "echo", "AAAA", NULL };
    const char *absent[] = { "/nowhere/signer", NULL };
    assert_false(ask(failing, TEXT("x"), &signature));
    assert_false(ask(wrong, TEXT("x"), &signature));
    assert_false(ask(absent, TEXT("x"), &signature));
    assert_true(text_is(signature, "untouched"));
    assert_true(text_is(problems.list[0].message, "the signer command 'sh' failed"));
    assert_true(text_is(problems.list[0].hint, "it said: no such key"));
    assert_true(text_is(problems.list[1].message,
                        "the signer command 'echo' answered no signature by its public key"));
    assert_int_equal(problems.count, 3);
    struct verdict verdict = verdict_fixture(&arena);
    struct buffer out;
    buffer_init(&out, 1 << 20);
    CLEANUP(signer_release) struct signer signer;
    assert_true(signer_init_command(&signer, wrong, pair.public_path, &problems));
    assert_false(bundle_print(&out, &verdict, &signer, NULL, &problems));
    buffer_release(&out);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_private_key_signs_from_its_file_and_from_text),
        TEST(a_command_signs_raw_or_in_base64),
        TEST(a_command_gets_the_bytes_on_its_input),
        TEST(a_command_that_fails_or_signs_something_else_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
