/* SPDX-License-Identifier: MIT */
#include "format/signature.h"

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

bool signature_is_valid(const struct signature_key *key, struct text bytes,
                        struct text signature)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_valid = context &&
                    EVP_DigestVerifyInit(context, NULL, digest_of(key), NULL, key->key) == 1 &&
                    EVP_DigestVerify(context, bytes_of(signature), signature.size,
                                     bytes_of(bytes), bytes.size) == 1;
    EVP_MD_CTX_free(context);
    signature_forget_errors();
    return is_valid;
}
