/* SPDX-License-Identifier: MIT */
/*
 * Whether a file of verdicts allows a promotion of exactly this commit or artefact, now: signed by
 * a trusted key that has not expired, for these digests, by this policy, not too old, and saying
 * yes. Everything that is missing blocks. The answer is data: what to do is the caller's business.
 */
#ifndef BDDRUN_GATE_ENVELOPE_VERIFICATION_H
#define BDDRUN_GATE_ENVELOPE_VERIFICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/exit_code.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "gate/envelope/keyring.h"
#include "gate/verdict.h"

/* A verdict that was made later than now by more than this: one of the clocks is wrong. */
enum { VERIFICATION_CLOCK_TOLERANCE_S = 300 };

/* Borrowed. */
struct verification_request {
    const struct keyring *keyring;
    const struct text *digests; /* each must be a subject's; none blocks */
    size_t digest_count;
    struct text policy_sha256; /* empty: any */
    uint64_t max_age_ms;       /* 0: only what the verdict itself allows */
    uint64_t now_ns;           /* realtime */
};

struct verification {
    enum verdict_result
        result;         /* PASSED: it may be promoted; FAILED: no; BLOCKED: see reason */
    struct text reason; /* of the two others, as a problem's message */
    struct text hint;
    bool has_verdict; /* the rest is there: a believed verdict was found */
    struct verdict verdict;
    struct text key_id;          /* who signed */
    struct text override_key_id; /* who set its refusal aside; empty: nobody */
};

/* Texts are in the arena or borrowed from the source. False with problems of kind PROBLEM_INPUT:
 * the file is damaged. */
bool verification_run(const struct source *source, const struct verification_request *request,
                      struct arena *arena, struct verification *ret_verification,
                      struct problems *problems) MUST_CHECK;

/* The same from a file, which is copied to the arena; one that is not there blocks. */
bool verification_run_file(struct text path, const struct verification_request *request,
                           struct arena *arena, struct verification *ret_verification,
                           struct problems *problems) MUST_CHECK;

/* 0, 1 or 3. */
enum exit_code verification_exit_code(const struct verification *verification);

/* In words for a person; as one JSON object and a line end. */
void verification_print(struct buffer *out, const struct verification *verification);
void verification_print_json(struct buffer *out, const struct verification *verification);

#endif
