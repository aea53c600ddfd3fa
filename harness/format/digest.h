/* SPDX-License-Identifier: MIT */
/* SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), by libcrypto: lower-case hex digits. */
#ifndef BDDRUN_FORMAT_DIGEST_H
#define BDDRUN_FORMAT_DIGEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

struct text digest_sha256(struct arena *arena, struct text bytes);
struct text digest_hmac_sha256(struct arena *arena, struct text key, struct text bytes);

/* Of a file of any size, read piece by piece. False with a problem (PROBLEM_INPUT) that names it. */
bool digest_sha256_file(struct arena *arena, struct text path, struct text *ret_digest,
                        struct problems *problems) MUST_CHECK;

/* Of bytes that come piece by piece. On the heap; finishing frees it. */
struct digest;
struct digest *digest_new(void) MUST_CHECK;
void digest_add(struct digest *digest, struct text bytes);
struct text digest_finish(struct digest *digest, struct arena *arena);

#endif
