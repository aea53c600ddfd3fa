/* SPDX-License-Identifier: MIT */
/*
 * What the gate decided of one build: a result for each rule of the policy, what was judged
 * (commit, tree, artefacts), by which policy, on which evidence, when. Plain data in the arena of
 * whoever made it; statements are made from it (gate/envelope/), promote reads it back. Texts that
 * nobody knows are empty. Times are realtime nanoseconds, 0 where unknown.
 *
 * BLOCKED is not FAILED: evidence is missing, empty, stale, partial, foreign, or nothing can be
 * measured. A verdict without a rule is blocked.
 */
#ifndef BDDRUN_GATE_VERDICT_H
#define BDDRUN_GATE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/exit_code.h"
#include "base/problem.h"
#include "base/text.h"

struct json_value;
struct source;

enum verdict_result { VERDICT_PASSED, VERDICT_FAILED, VERDICT_BLOCKED };

struct verdict_rule {
    struct text name; /* "coverage.lines.total", "scenarios.passed" */
    enum verdict_result result;
    struct text measured; /* "81.20 % (812 of 1000)"; may be empty */
    struct text required; /* "at least 80 %"; may be empty */
    struct text reason;   /* in words; also of what passed */
    struct text hint;     /* of what did not pass: the next action */
    struct text file;     /* the place; empty: none */
    uint32_t line;        /* 1-based; 0: none */
    uint32_t column;
};

/* What the verdict is about. algorithm as in-toto calls it: "gitCommit", "gitTree", "sha256". */
struct verdict_subject {
    struct text name;
    struct text algorithm;
    struct text digest; /* lower-case hex digits */
};

/* A file that was weighed. */
struct verdict_evidence {
    struct text name; /* "run 1 of 2", "coverage php" */
    struct text path; /* as given */
    struct text sha256;
};

/* covered of total; total 0: not measured. */
struct verdict_measure {
    uint64_t covered;
    uint64_t total;
};

struct verdict_scenarios {
    uint64_t total;    /* of the project */
    uint64_t selected; /* to run */
    uint64_t passed;   /* flaky ones included */
    uint64_t flaky;
    uint64_t failed; /* undefined and ambiguous ones included */
    uint64_t pending;
    uint64_t skipped;
};

/* A refusal that somebody with a second key set aside; empty reason: none. */
struct verdict_override {
    struct text reason;
    struct text key_id; /* of the second key; set by who signs */
    uint64_t at_ns;
};

struct verdict {
    enum verdict_result result; /* of all rules together, whatever the override says */
    struct verdict_rule *rules;
    size_t rule_count;
    struct text commit; /* the candidate; 40 or 64 hex digits */
    struct text tree;
    struct text base_commit;          /* in production, or what was compared with */
    struct verdict_subject *subjects; /* commit, tree, artefacts, in this order */
    size_t subject_count;
    struct text policy_path;   /* inside the repository */
    struct text policy_commit; /* where it was read; empty: the working tree */
    struct text policy_sha256; /* of the text that was applied, its `extends` included */
    bool policy_has_changed;   /* the candidate brings another one */
    struct verdict_evidence *evidence;
    size_t evidence_count;
    struct verdict_scenarios scenarios;
    struct verdict_measure lines;
    struct verdict_measure branches;
    struct verdict_measure functions;
    struct text environment; /* whose scenarios were run: "staging" */
    struct text version;     /* of bddrun */
    uint64_t made_at_ns;
    uint64_t tested_at_ns;  /* the end of the oldest run */
    uint64_t expires_at_ns; /* when the evidence will be stale */
    struct verdict_override override;
};

enum verdict_result verdict_judge(const struct verdict *verdict); /* the worst of all rules */

/* May be promoted: passed, or overridden; then the exit code is 0, else 1 failed, 3 blocked. */
bool verdict_allows(const struct verdict *verdict);
enum exit_code verdict_exit_code(const struct verdict *verdict);
const char *verdict_result_name(enum verdict_result result); /* "PASSED", … */
/* One JSON object without a line end: also the predicate of our own type. */
void verdict_print_json(struct buffer *out, const struct verdict *verdict);

/* Reads back what verdict_print_json printed. Texts are in the arena. On failure *ret_verdict is
 * untouched and a problem has the place. The result is computed anew from the rules. */
bool verdict_read_json(const struct source *source, const struct json_value *root,
                       struct arena *arena, struct verdict *ret_verdict,
                       struct problems *problems) MUST_CHECK;

#endif
