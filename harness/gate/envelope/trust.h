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
#ifndef BDDRUN_GATE_ENVELOPE_TRUST_H
#define BDDRUN_GATE_ENVELOPE_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "format/signature.h"
#include "gate/envelope/envelope.h"

enum trust_purpose { TRUST_VERDICTS, TRUST_OVERRIDES };

struct trusted_key {
    struct signature_key *key;
    struct text shown; /* "file 'keys/gate.pub'" */
    enum trust_purpose purpose;
    uint64_t expires_at_ns; /* realtime; 0: never */
};

struct trust {
    struct arena arena;
    struct trusted_key *list; /* heap */
    size_t count;
    size_t capacity;
};

void trust_init(struct trust *trust);
void trust_release(struct trust *trust);

/* False with a problem of kind PROBLEM_INPUT, which names the file. */
bool trust_add_file(struct trust *trust, struct text path, enum trust_purpose purpose,
                    struct problems *problems) MUST_CHECK;

/* The same from bytes that are called shown. */
bool trust_add(struct trust *trust, struct text bytes, struct text shown,
               enum trust_purpose purpose, struct problems *problems) MUST_CHECK;

/* How far an envelope is believed; of several signatures the best. */
enum trust_answer {
    TRUST_NO_SIGNATURE,    /* none in it */
    TRUST_NO_KEY,          /* no key is trusted for this purpose */
    TRUST_UNKNOWN_KEY,     /* signed by another key, or altered after it was signed */
    TRUST_ALTERED,         /* names a trusted key, whose signature it is not */
    TRUST_EXPIRED,         /* a valid signature by a key that has expired */
    TRUST_BELIEVED,
};

/* *ret_key is the key that decided, or NULL. */
enum trust_answer trust_ask(const struct trust *trust, const struct envelope *envelope,
                            enum trust_purpose purpose, uint64_t now_ns,
                            const struct trusted_key **ret_key) MUST_CHECK;

/* The file of a public key, for keygen. */
void trust_print_key(struct buffer *out, const struct signature_key *key,
                     uint64_t expires_at_ns);

#endif
