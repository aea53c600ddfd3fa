/* SPDX-License-Identifier: MIT */
/*
 * The public keys that verdicts are believed by: several, each with its id and, if its file says so,
 * a date after which it counts no more. A key is for verdicts or for overrides, never for both. Its
 * file is PEM with lines before it that openssl skips and we hold to:
 *
 *     bddrun public key
 *     algorithm: ed25519
 *     key-id: <sha256 of the DER SubjectPublicKeyInfo>
 *     expires: 2027-11-23T00:00:00Z
 */
#ifndef BDDRUN_GATE_ENVELOPE_KEYRING_H
#define BDDRUN_GATE_ENVELOPE_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "format/signature.h"
#include "gate/envelope/envelope.h"

enum keyring_purpose { KEYRING_VERDICTS, KEYRING_OVERRIDES };

struct trusted_key {
    struct signature_key *key;
    struct text shown; /* "file 'keys/gate.pub'" */
    enum keyring_purpose purpose;
    uint64_t expires_at_ns; /* realtime; 0: never */
};

struct keyring {
    struct arena arena;
    struct trusted_key *list; /* heap */
    size_t count;
    size_t capacity;
};

void keyring_init(struct keyring *keyring);
void keyring_release(struct keyring *keyring);

/* False with a problem of kind PROBLEM_INPUT, which names the file. */
bool keyring_add_file(struct keyring *keyring, struct text path, enum keyring_purpose purpose,
                      struct problems *problems) MUST_CHECK;

/* The same from bytes that are called shown. */
bool keyring_add(struct keyring *keyring, struct text bytes, struct text shown,
                 enum keyring_purpose purpose, struct problems *problems) MUST_CHECK;

/* How far an envelope is believed; of several signatures the best. */
enum keyring_answer {
    KEYRING_NO_SIGNATURE, /* none in it */
    KEYRING_NO_KEY,       /* no key is trusted for this purpose */
    KEYRING_UNKNOWN_KEY,  /* signed by another key, or altered after it was signed */
    KEYRING_ALTERED,      /* names a trusted key, whose signature it is not */
    KEYRING_EXPIRED,      /* a valid signature by a key that has expired */
    KEYRING_BELIEVED,
};

/* *ret_key is the key that decided, or NULL. */
enum keyring_answer keyring_ask(const struct keyring *keyring, const struct envelope *envelope,
                                enum keyring_purpose purpose, uint64_t now_ns,
                                const struct trusted_key **ret_key) MUST_CHECK;

/* The file of a public key, for keygen. */
void keyring_print_key(struct buffer *out, const struct signature_key *key,
                       uint64_t expires_at_ns);

#endif
