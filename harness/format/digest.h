/* SPDX-License-Identifier: MIT */
/* SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), by libcrypto: lower-case hex digits. */
#ifndef BDDRUN_FORMAT_DIGEST_H
#define BDDRUN_FORMAT_DIGEST_H

#include "base/arena.h"
#include "base/text.h"

struct text digest_sha256(struct arena *arena, struct text bytes);
struct text digest_hmac_sha256(struct arena *arena, struct text key, struct text bytes);

#endif
