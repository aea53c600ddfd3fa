/* SPDX-License-Identifier: MIT */
#include "format/signature.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include "format/signature/key.h"

/* Ed25519 hashes by itself. */
static const EVP_MD *digest_of(const struct signature_key *key)
{
    return key->algorithm == SIGNATURE_ED25519 ? NULL : EVP_sha256();
}

static const unsigned char *bytes_of(struct text text)
{
    return (const unsigned char *)(text.at ? text.at : "");
}

struct text signature_make(const struct signature_key *key, struct text bytes,
                           struct arena *arena)
{
    if (!key->is_private) {
        BUG("a public key cannot sign");
    }
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t size = 0;
    if (!context || EVP_DigestSignInit(context, NULL, digest_of(key), NULL, key->key) != 1 ||
        EVP_DigestSign(context, NULL, &size, bytes_of(bytes), bytes.size) != 1) {
        BUG("libcrypto cannot sign");
    }
    unsigned char *signature = arena_alloc(arena, size);
    if (EVP_DigestSign(context, signature, &size, bytes_of(bytes), bytes.size) != 1) {
        BUG("libcrypto cannot sign");
    }
    EVP_MD_CTX_free(context);
    return text_make((const char *)signature, size);
}

static bool verify(const struct signature_key *key, struct text bytes,
                   const unsigned char *signature, size_t signature_size)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_valid =
        context && EVP_DigestVerifyInit(context, NULL, digest_of(key), NULL, key->key) == 1 &&
        EVP_DigestVerify(context, signature, signature_size, bytes_of(bytes), bytes.size) == 1;
    EVP_MD_CTX_free(context);
    signature_forget_errors();
    return is_valid;
}

/* Two numbers of 32 bytes, as IEEE P1363 writes them and the example of DSSE has them. */
static bool verify_plain(const struct signature_key *key, struct text bytes,
                         struct text signature)
{
    enum { NUMBER_BYTES = 32 };
    if (key->algorithm != SIGNATURE_ECDSA_P256 || signature.size != (size_t)2 * NUMBER_BYTES) {
        return false;
    }
    ECDSA_SIG *pair = ECDSA_SIG_new();
    const unsigned char *at = bytes_of(signature);
    BIGNUM *r = BN_bin2bn(at, NUMBER_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(at + NUMBER_BYTES, NUMBER_BYTES, NULL);
    if (!pair || !r || !s || ECDSA_SIG_set0(pair, r, s) != 1) {
        BUG("libcrypto is out of memory");
    }
    unsigned char *der = NULL;
    int size = i2d_ECDSA_SIG(pair, &der);
    bool is_valid = size > 0 && verify(key, bytes, der, (size_t)size);
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    return is_valid;
}

bool signature_is_valid(const struct signature_key *key, struct text bytes,
                        struct text signature)
{
    return verify(key, bytes, bytes_of(signature), signature.size) ||
           verify_plain(key, bytes, signature);
}
