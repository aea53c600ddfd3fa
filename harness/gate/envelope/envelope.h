/* SPDX-License-Identifier: MIT */
/*
 * A DSSE envelope (Dead Simple Signing Envelope 1.0.2): a payload, its type, and signatures over
 * both. Key ids in it are hints and never believed (see keyring.h). Texts are in the arena given.
 */
#ifndef BDDRUN_GATE_ENVELOPE_ENVELOPE_H
#define BDDRUN_GATE_ENVELOPE_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

#define ENVELOPE_PAYLOAD_TYPE "application/vnd.in-toto+json"

enum { ENVELOPE_LIMIT_BYTES = 16 << 20, ENVELOPE_SIGNATURES_LIMIT = 16 };

struct envelope_signature {
    struct text key_id; /* may be empty */
    struct text bytes;
};

struct envelope {
    struct text payload_type;
    struct text payload; /* decoded: exactly the bytes that were signed */
    struct envelope_signature *signatures;
    size_t signature_count;
};

struct envelopes {
    struct envelope *list;
    size_t count;
};

/* What is signed: the pre-authentication encoding of the DSSE protocol. */
struct text envelope_signed_bytes(struct arena *arena, struct text payload_type,
                                  struct text payload);

/* Every envelope of the file: one JSON object, or one on each line (an in-toto bundle). Both
 * alphabets of base64 are accepted, unknown members ignored, repeated ones refused. A file without
 * any is none, not a failure. False with problems of kind PROBLEM_INPUT at their place. */
bool envelope_read_all(const struct source *source, struct arena *arena,
                       struct envelopes *ret_envelopes, struct problems *problems) MUST_CHECK;

/* One JSON object and a line end. */
void envelope_print(struct buffer *out, const struct envelope *envelope);

#endif
