/* SPDX-License-Identifier: MIT */
#include "format/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

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

struct digest {
    EVP_MD_CTX *context;
};

struct digest *digest_new(void)
{
    struct digest *digest = alloc_or_die(1, sizeof *digest);
    digest->context = EVP_MD_CTX_new();
    if (!digest->context || EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        BUG("libcrypto has no SHA-256");
    }
    return digest;
}

void digest_add(struct digest *digest, struct text bytes)
{
    if (EVP_DigestUpdate(digest->context, bytes.at ? bytes.at : "", bytes.size) != 1) {
        BUG("libcrypto cannot add to a digest");
    }
}

struct text digest_finish(struct digest *digest, struct arena *arena)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_DigestFinal_ex(digest->context, bytes, &size) != 1) {
        BUG("libcrypto cannot finish a digest");
    }
    EVP_MD_CTX_free(digest->context);
    free(digest);
    return hex(arena, bytes, size);
}

/* The whole file; the descriptor stays open. */
static ssize_t add_file(struct digest *digest, int descriptor)
{
    char piece[1 << 16];
    ssize_t size = 0;
    do {
        size = read(descriptor, piece, sizeof piece);
        if (size > 0) {
            digest_add(digest, text_make(piece, (size_t)size));
        }
    } while (size > 0 || (size < 0 && errno == EINTR));
    return size;
}

bool digest_sha256_file(struct arena *arena, struct text path, struct text *ret_digest,
                        struct problems *problems)
{
    struct digest *digest = digest_new();
    int descriptor = open(arena_string(arena, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    bool is_read = descriptor >= 0 && add_file(digest, descriptor) == 0;
    if (!is_read) {
        problems_add(problems, PROBLEM_INPUT, span_none(), NULL, "cannot read '%.*s': %s",
                     TEXT_ARG(path), strerror(errno));
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    struct text found = digest_finish(digest, arena);
    if (is_read) {
        *ret_digest = found;
    }
    return is_read;
}
