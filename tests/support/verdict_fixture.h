/* SPDX-License-Identifier: MIT */
/* A verdict of a made-up build, keys, and its file, for tests of who believes what. */
#ifndef BDDRUN_SUPPORT_VERDICT_FIXTURE_H
#define BDDRUN_SUPPORT_VERDICT_FIXTURE_H

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "gate/envelope/signer.h"
#include "gate/verdict.h"

#define VERDICT_COMMIT "1111111111111111111111111111111111111111"
#define VERDICT_TREE "2222222222222222222222222222222222222222"
#define VERDICT_POLICY "3333333333333333333333333333333333333333333333333333333333333333"
#define VERDICT_MADE_NS (UINT64_C(1767225600) * 1000000000) /* 2026-01-01T00:00:00Z */

/* Passed, by one rule, of VERDICT_COMMIT; made at VERDICT_MADE_NS, expiring 6 hours later. */
struct verdict verdict_fixture(struct arena *arena);

/* A new key that signs. */
struct signer verdict_signer(struct problems *problems);

/* The public key of the signer as a file of bddrun keygen; expires_at_ns 0: never. */
struct text verdict_public_key(const struct signer *signer, uint64_t expires_at_ns,
                               struct arena *arena);

/* The signed file. */
struct text verdict_file(struct verdict *verdict, const struct signer *signer,
                         const struct signer *override_signer, struct arena *arena);

#endif
