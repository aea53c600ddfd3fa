/* SPDX-License-Identifier: MIT */
#include "format/signature.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file_write.h"
#include "support/problem_text.h"

/* RFC 8410, section 10.3 and 10.1 */
static const char rfc_private[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n";
static const char rfc_public[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
    "-----END PUBLIC KEY-----\n";
static const char rsa_public[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL5SE+0TQBT6R0f6nemxlD8jDtL0sxVp\n"
    "6wEAkuS+rQIADMR6hwOy72fjVKOh08dPYeoV1HWLvirITd5cm89yUEcCAwEAAQ==\n"
    "-----END PUBLIC KEY-----\n";
static const char p384_public[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEH3VKzHkU7+ArpVy4tJD0x32rAqaQ3aMc\n"
    "UjBE6/oxuGc8KZMAx1Rr2PQsudT4EQT7wFxPYmBTul3QrkSMWcCRuJWd+eaDqkQu\n"
    "+s49+FZIJEvXQ6N2eDxZJru1dJ2EHSsX\n"
    "-----END PUBLIC KEY-----\n";
static const char encrypted_private[] =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhrbm93bnNhbAICCAAw\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";

static struct arena arena;
static struct problems problems;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    problems_init(&problems);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    problems_release(&problems);
    return 0;
}

static void a_signature_is_valid_for_exactly_its_bytes_and_key(void **state)
{
    (void)state;
    for (int algorithm = SIGNATURE_ED25519; algorithm <= SIGNATURE_ECDSA_P256; algorithm++) {
        CLEANUP(signature_key_release)
        struct signature_key *key =
            signature_key_generate((enum signature_algorithm)algorithm, &problems);
        CLEANUP(signature_key_release)
        struct signature_key *other =
            signature_key_generate((enum signature_algorithm)algorithm, &problems);
        assert_non_null(key);
        assert_int_equal(signature_key_algorithm(key), algorithm);
        struct text signature = signature_make(key, TEXT("release 7"), &arena);
        CLEANUP(signature_key_release)
        struct signature_key *public_key = signature_key_read_public(
            signature_key_print_public(key, &arena), TEXT("file 'x'"), &problems);
        assert_non_null(public_key);
        assert_true(text_equal(signature_key_id(key), signature_key_id(public_key)));
        assert_false(text_equal(signature_key_id(key), signature_key_id(other)));
        assert_true(signature_is_valid(public_key, TEXT("release 7"), signature));
        assert_false(signature_is_valid(public_key, TEXT("release 8"), signature));
        assert_false(signature_is_valid(public_key, TEXT_EMPTY, signature));
        assert_false(signature_is_valid(public_key, TEXT("release 7"), TEXT_EMPTY));
        assert_false(signature_is_valid(other, TEXT("release 7"), signature));
        ((char *)(uintptr_t)signature.at)[signature.size - 1] ^= 1;
        assert_false(signature_is_valid(public_key, TEXT("release 7"), signature));
    }
}

static void keys_of_the_standard_are_read_and_have_the_id_of_their_der(void **state)
{
    (void)state;
    CLEANUP(signature_key_release)
    struct signature_key *key =
        signature_key_read(text_of(rfc_private), TEXT("file 'k'"), &problems);
    CLEANUP(signature_key_release)
    struct signature_key *public_key =
        signature_key_read_public(text_of(rfc_public), TEXT("file 'k'"), &problems);
    assert_non_null(key);
    assert_non_null(public_key);
    assert_true(text_is(signature_key_id(key),
                        "a1e9156054e04fac899ae9f275132cdc07a5dbc4ea2c2ad3a1ffc6e0d253681f"));
    assert_true(text_equal(signature_key_id(key), signature_key_id(public_key)));
    assert_true(text_is(signature_key_print(key, &arena), rfc_private));
    assert_true(text_is(signature_key_print_public(key, &arena), rfc_public));
}

static void a_private_key_may_be_folded_into_one_line(void **state)
{
    (void)state;
    CLEANUP(signature_key_release)
    struct signature_key *key = signature_key_read(
        TEXT("-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/"
             "HU++CXqI9EdVhC\\n-----END PRIVATE KEY-----\\n"),
        TEXT("environment variable 'K'"), &problems);
    assert_non_null(key);
}

static void what_is_no_usable_key_is_named(void **state)
{
    (void)state;
    CLEANUP(buffer_release) struct buffer huge;
    buffer_init(&huge, BUFFER_NO_LIMIT);
    buffer_add_repeated(&huge, 'A', SIGNATURE_KEY_LIMIT_BYTES);
    struct text shown = TEXT("file 'k.pem'");
    assert_null(signature_key_read(TEXT_EMPTY, shown, &problems));
    assert_null(signature_key_read(buffer_text(&huge), shown, &problems));
    assert_null(signature_key_read(text_of(rfc_public), shown, &problems));
    assert_null(signature_key_read(text_of(encrypted_private), shown, &problems));
    assert_null(signature_key_read_public(text_of(rfc_private), shown, &problems));
    assert_null(signature_key_read_public(text_of(rsa_public), shown, &problems));
    assert_null(signature_key_read_public(text_of(p384_public), shown, &problems));
    assert_problems(
        &problems,
        "bddrun: error: no key in PEM form in file 'k.pem'\n"
        "  hint: it begins with a line '-----BEGIN …-----'; `bddrun keygen` makes a pair\n"
        "bddrun: error: no key in PEM form in file 'k.pem'\n"
        "  hint: it begins with a line '-----BEGIN …-----'; `bddrun keygen` makes a pair\n"
        "bddrun: error: a public key where the private one is needed in file 'k.pem'\n"
        "  hint: the private key signs; the public one is for `trust`\n"
        "bddrun: error: an encrypted private key in file 'k.pem'\n"
        "  hint: keep it without a passphrase where only the signer can read it, or name a "
        "signer command\n"
        "bddrun: error: a private key where the public one is needed in file 'k.pem'\n"
        "  hint: trust needs the public key; a private key that was copied about is to be "
        "replaced\n"
        "bddrun: error: a key of the wrong type in file 'k.pem': RSA\n"
        "  hint: `bddrun keygen` makes one; Ed25519 and ECDSA on P-256 are understood\n"
        "bddrun: error: a key of the wrong type in file 'k.pem': EC\n"
        "  hint: `bddrun keygen` makes one; Ed25519 and ECDSA on P-256 are understood\n");
}

static void a_private_key_that_others_can_read_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/bddrun-signature-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct text path = arena_format(&arena, "%s/key.pem", folder);
    char *name = arena_string(&arena, path);
    assert_true(file_replace(path, text_of(rfc_private), &problems));
    assert_int_equal(chmod(name, 0640), 0);
    assert_null(signature_key_read_file(path, &problems));
    assert_int_equal(problems.count, 1);
    assert_true(text_ends_with(problems.list[0].message, TEXT("(mode 0640)")));
    assert_true(text_starts_with(problems.list[0].hint, TEXT("chmod 600 ")));
    assert_int_equal(chmod(name, 0600), 0);
    CLEANUP(signature_key_release)
    struct signature_key *key = signature_key_read_file(path, &problems);
    assert_non_null(key);
    assert_int_equal(unlink(name), 0);
    assert_null(signature_key_read_file(path, &problems));
    assert_int_equal(problems.count, 2);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_signature_is_valid_for_exactly_its_bytes_and_key,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            keys_of_the_standard_are_read_and_have_the_id_of_their_der, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_private_key_may_be_folded_into_one_line, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_usable_key_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_private_key_that_others_can_read_is_refused, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
