/* SPDX-License-Identifier: MIT */
#include "gate/envelope/keyring.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "gate/envelope/key_pair.h"
#include "support/problem_text.h"

static const char pem[] = "-----BEGIN PUBLIC KEY-----\n"
                          "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                          "-----END PUBLIC KEY-----\n";
#define ID "a1e9156054e04fac899ae9f275132cdc07a5dbc4ea2c2ad3a1ffc6e0d253681f"

static struct arena arena;
static struct problems problems;
static struct keyring keyring;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    keyring_init(&keyring);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    problems_release(&problems);
    keyring_release(&keyring);
    return 0;
}

static bool add(const char *lines)
{
    struct text bytes = arena_format(&arena, "%s%s", lines, pem);
    return keyring_add(&keyring, bytes, TEXT("file 'g.pub'"), KEYRING_VERDICTS, &problems);
}

static void the_lines_above_the_key_are_held_to(void **state)
{
    (void)state;
    assert_true(add(""));
    assert_true(add("# the gate's\n\nbddrun public key\nalgorithm: ed25519\nkey-id: " ID
                    "\nexpires: 2027-01-01\n"));
    assert_int_equal(keyring.count, 2);
    assert_int_equal(keyring.list[0].expires_at_ns, 0);
    assert_int_equal(keyring.list[1].expires_at_ns / 1000000000, 1798761600);
    assert_true(text_is(signature_key_id(keyring.list[1].key), ID));
}

static void a_line_that_is_wrong_or_unknown_is_refused(void **state)
{
    (void)state;
    assert_false(add("expires: soon\n"));
    assert_false(add("expirse: 2027-01-01\n"));
    assert_false(add("key-id: 00\n"));
    assert_false(add("algorithm: ecdsa-p256\n"));
    assert_false(add("hello\n"));
    assert_int_equal(keyring.count, 0);
    static const char *const messages[] = {
        "no date in 'expires' in file 'g.pub': 'soon'",
        "an unknown line in file 'g.pub': 'expirse'",
        "a key-id that is not that of the key in file 'g.pub': '00'",
        "an algorithm that is not that of the key in file 'g.pub': 'ecdsa-p256'",
        "an unknown line in file 'g.pub': 'hello'",
    };
    for (size_t i = 0; i < ARRAY_SIZE(messages); i++) {
        assert_true(text_is(problems.list[i].message, messages[i]));
    }
}

static void a_file_without_a_key_is_refused(void **state)
{
    (void)state;
    assert_false(
        keyring_add(&keyring, TEXT("x"), TEXT("file 'x'"), KEYRING_VERDICTS, &problems));
    assert_false(
        keyring_add_file(&keyring, TEXT("/nowhere/x.pub"), KEYRING_VERDICTS, &problems));
    assert_int_equal(problems.count, 2);
}

static void a_new_pair_is_two_files_that_fit_and_are_never_replaced(void **state)
{
    (void)state;
    char folder[] = "/tmp/bddrun-keys-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct text stem = arena_format(&arena, "%s/gate", folder);
    struct key_pair pair;
    assert_true(key_pair_write(stem, SIGNATURE_ECDSA_P256, UINT64_C(1798761600000000000),
                               &arena, &pair, &problems));
    struct stat status;
    assert_int_equal(stat(pair.private_path.at, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    CLEANUP(signature_key_release)
    struct signature_key *key = signature_key_read_file(pair.private_path, &problems);
    assert_non_null(key);
    assert_true(keyring_add_file(&keyring, pair.public_path, KEYRING_OVERRIDES, &problems));
    assert_true(text_equal(signature_key_id(keyring.list[0].key), pair.id));
    assert_int_equal(keyring.list[0].expires_at_ns / 1000000000, 1798761600);
    assert_int_equal(keyring.list[0].purpose, KEYRING_OVERRIDES);
    assert_false(key_pair_write(stem, SIGNATURE_ED25519, 0, &arena, &pair, &problems));
    assert_int_equal(unlink(pair.private_path.at), 0);
    assert_false(key_pair_write(stem, SIGNATURE_ED25519, 0, &arena, &pair, &problems));
    assert_false(file_exists(pair.private_path)); /* taken back, for the other was there */
    assert_int_equal(unlink(pair.public_path.at), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_false(key_pair_write(stem, SIGNATURE_ED25519, 0, &arena, &pair, &problems));
    assert_int_equal(problems.count, 3);
    assert_true(text_is(problems.list[0].hint, "keys are never replaced: choose another name"));
    assert_true(text_ends_with(problems.list[2].message, TEXT("No such file or directory")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_lines_above_the_key_are_held_to),
        TEST(a_line_that_is_wrong_or_unknown_is_refused),
        TEST(a_file_without_a_key_is_refused),
        TEST(a_new_pair_is_two_files_that_fit_and_are_never_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
