/* SPDX-License-Identifier: MIT */
#include "format/signature/key.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "format/digest.h"

const char *const signature_algorithm_words[] = { "ed25519", "ecdsa-p256", NULL };

void signature_forget_errors(void)
{
    ERR_clear_error();
}

void signature_key_free(struct signature_key *key)
{
    if (key) {
        EVP_PKEY_free(key->key);
        free(key);
    }
}

void signature_key_release(struct signature_key **key)
{
    signature_key_free(*key);
    *key = NULL;
}

static bool algorithm_of(EVP_PKEY *key, enum signature_algorithm *ret_algorithm)
{
    char curve[32];
    size_t size = 0;
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) {
        *ret_algorithm = SIGNATURE_ED25519;
        return true;
    }
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
        EVP_PKEY_get_group_name(key, curve, sizeof(curve), &size) == 1 &&
        text_is(text_make(curve, size), "prime256v1")) {
        *ret_algorithm = SIGNATURE_ECDSA_P256;
        return true;
    }
    return false;
}

static void identify(struct signature_key *key)
{
    unsigned char *der = NULL;
    int size = i2d_PUBKEY(key->key, &der);
    if (size <= 0) {
        BUG("libcrypto cannot write a public key");
    }
    struct arena arena;
    arena_init(&arena);
    struct text id = digest_sha256(&arena, text_make((const char *)der, (size_t)size));
    memcpy(key->id, id.at, sizeof(key->id));
    arena_release(&arena);
    OPENSSL_free(der);
}

struct signature_key *signature_key_wrap(struct evp_pkey_st *raw, bool is_private,
                                         struct text shown, struct problems *problems)
{
    enum signature_algorithm algorithm;
    if (!algorithm_of(raw, &algorithm)) {
        const char *name = EVP_PKEY_get0_type_name(raw);
        problems_add(problems, PROBLEM_INPUT, span_none(),
                     "`bddrun keygen` makes one; Ed25519 and ECDSA on P-256 are understood",
                     "a key of the wrong type in %.*s: %s", TEXT_ARG(shown),
                     name ? name : "unknown");
        EVP_PKEY_free(raw);
        return NULL;
    }
    struct signature_key *key = alloc_or_die(1, sizeof(*key));
    key->key = raw;
    key->algorithm = algorithm;
    key->is_private = is_private;
    identify(key);
    return key;
}

struct signature_key *signature_key_generate(enum signature_algorithm algorithm,
                                             struct problems *problems)
{
    EVP_PKEY *raw = algorithm == SIGNATURE_ED25519 ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
                                                   : EVP_EC_gen("P-256");
    if (!raw) {
        signature_forget_errors();
        problems_add(problems, PROBLEM_ENVIRONMENT, span_none(), "look at openssl.cnf",
                     "cannot make a key of type '%s' with this OpenSSL",
                     signature_algorithm_words[algorithm]);
        return NULL;
    }
    return signature_key_wrap(raw, true, TEXT("a new key"), problems);
}

enum signature_algorithm signature_key_algorithm(const struct signature_key *key)
{
    return key->algorithm;
}

struct text signature_key_id(const struct signature_key *key)
{
    return text_make(key->id, sizeof(key->id));
}

static struct text print(const struct signature_key *key, struct arena *arena,
                         bool wants_private)
{
    BIO *out = BIO_new(BIO_s_mem());
    if (!out ||
        (wants_private ? PEM_write_bio_PKCS8PrivateKey(out, key->key, NULL, NULL, 0, NULL, NULL)
                       : PEM_write_bio_PUBKEY(out, key->key)) != 1) {
        BUG("libcrypto cannot write a key");
    }
    char *at = NULL;
    long size = BIO_get_mem_data(out, &at);
    struct text pem = arena_text(arena, text_make(at, (size_t)size));
    BIO_free(out);
    return pem;
}

struct text signature_key_print(const struct signature_key *key, struct arena *arena)
{
    return print(key, arena, true);
}

struct text signature_key_print_public(const struct signature_key *key, struct arena *arena)
{
    return print(key, arena, false);
}
