/* SPDX-License-Identifier: MIT */
/*
 * Signatures by Ed25519 (RFC 8032) and by ECDSA on P-256 with SHA-256 (FIPS 186-5, in DER), by
 * libcrypto: keys as PEM (PKCS#8 and SubjectPublicKeyInfo), and their ids: the SHA-256 of the DER
 * SubjectPublicKeyInfo in lower-case hex. A key is on the heap and owns all of it; no text of a
 * private key ever reaches a problem.
 */
#ifndef BDDRUN_FORMAT_SIGNATURE_H
#define BDDRUN_FORMAT_SIGNATURE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

enum signature_algorithm { SIGNATURE_ED25519, SIGNATURE_ECDSA_P256 };

/* "ed25519", "ecdsa-p256": for options, NULL-ended. */
extern const char *const signature_algorithm_words[];

enum { SIGNATURE_KEY_LIMIT_BYTES = 64 << 10 };

struct signature_key; /* heap */

void signature_key_free(struct signature_key *key);     /* NULL is allowed */
void signature_key_release(struct signature_key **key); /* for CLEANUP */

/* A new pair. NULL with a problem where libcrypto cannot. */
struct signature_key *signature_key_generate(enum signature_algorithm algorithm,
                                             struct problems *problems) MUST_CHECK;

/* A private key from PEM; `\n` written as two characters, as one-line variables of CI systems have
 * it, is a line end. shown is what messages call it: "file 'x'", "environment variable 'Y'". NULL
 * with a problem: not PEM, encrypted, a public key, or of another type. */
struct signature_key *signature_key_read(struct text pem, struct text shown,
                                         struct problems *problems) MUST_CHECK;

/* The same from a file, which nobody but its owner may read. */
struct signature_key *signature_key_read_file(struct text path,
                                              struct problems *problems) MUST_CHECK;

/* A public key from PEM; text around it is skipped, as openssl does. */
struct signature_key *signature_key_read_public(struct text pem, struct text shown,
                                                struct problems *problems) MUST_CHECK;

enum signature_algorithm signature_key_algorithm(const struct signature_key *key);

/* Borrowed from the key. */
struct text signature_key_id(const struct signature_key *key);

/* As PEM, in the arena. The first is a secret: only for a file of mode 0600. */
struct text signature_key_print(const struct signature_key *key, struct arena *arena);
struct text signature_key_print_public(const struct signature_key *key, struct arena *arena);

/* The signature of the bytes by a private key, in the arena. */
struct text signature_make(const struct signature_key *key, struct text bytes,
                           struct arena *arena);

/* Whether the signature is that of exactly these bytes by this key. One of ECDSA may also be the
 * plain 64 bytes of IEEE P1363. */
bool signature_is_valid(const struct signature_key *key, struct text bytes,
                        struct text signature);

#endif
