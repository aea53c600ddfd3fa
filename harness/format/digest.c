/* SPDX-License-Identifier: MIT */
#include "format/digest.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/attribute.h"

static struct text hex(struct arena *arena, const unsigned char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, size * 2 + 1);
    for (size_t i = 0; i < size; i++) {
        text[i * 2] = digits[bytes[i] >> 4];
        text[i * 2 + 1] = digits[bytes[i] & 15];
    }
    return text_make(text, size * 2);
}

struct text digest_sha256(struct arena *arena, struct text bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(bytes.at ? bytes.at : "", bytes.size, digest, &size, EVP_sha256(), NULL) !=
        1) {
        BUG("libcrypto has no SHA-256");
    }
    return hex(arena, digest, size);
}

struct text digest_hmac_sha256(struct arena *arena, struct text key, struct text bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (key.size > INT_MAX ||
        !HMAC(EVP_sha256(), key.at ? key.at : "", (int)key.size,
              (const unsigned char *)(bytes.at ? bytes.at : ""), bytes.size, digest, &size)) {
        BUG("libcrypto has no HMAC");
    }
    return hex(arena, digest, size);
}
