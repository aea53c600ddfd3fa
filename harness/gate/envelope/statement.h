/* SPDX-License-Identifier: MIT */
/*
 * The in-toto Statements (v1) that say a verdict: the facts (test-result/v0.1), all of it (our own
 * predicate: the JSON of gate/verdict.h), and the outcome (svr/v0.2, a Simple Verification
 * Result, whose property BDDRUN_PROMOTE is there only where the verdict allows it). All name the
 * same subjects; matching is by digest only.
 */
#ifndef BDDRUN_GATE_ENVELOPE_STATEMENT_H
#define BDDRUN_GATE_ENVELOPE_STATEMENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/text.h"
#include "gate/verdict.h"

#define STATEMENT_TYPE "https://in-toto.io/Statement/v1"

enum statement_kind {
    STATEMENT_VERDICT, /* https://bddrun.dev/coverage-gate/v1 */
    STATEMENT_TEST_RESULT,
    STATEMENT_SUMMARY, /* svr/v0.2 */
    STATEMENT_KINDS,
    STATEMENT_UNKNOWN = STATEMENT_KINDS,
};

/* The predicateType. */
const char *statement_kind_type(enum statement_kind kind);

void statement_print(struct buffer *out, const struct verdict *verdict,
                     enum statement_kind kind);

struct statement {
    enum statement_kind kind;
    struct text type; /* the predicateType as written */
    struct verdict_subject *subjects;
    size_t subject_count;
    bool allows;            /* of the test result: not FAILED; of the summary: BDDRUN_PROMOTE */
    struct verdict verdict; /* of STATEMENT_VERDICT, with the subjects of the statement */
};

/* Reads the payload of an envelope. False with a problem of kind PROBLEM_INPUT: no statement of
 * this version, no subject, or a predicate of ours that is damaged. */
bool statement_read(struct text payload, struct arena *arena, struct statement *ret_statement,
                    struct problems *problems) MUST_CHECK;

/* Whether some subject has the digest: "gitCommit:…", "sha256:…", or the hex digits alone. */
bool statement_has_digest(const struct statement *statement, struct text digest);

#endif
