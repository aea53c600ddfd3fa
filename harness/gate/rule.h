/* SPDX-License-Identifier: MIT */
/*
 * A rule of the gate: weighs the input and adds what it finds, one finding or several (of each
 * report, each component). Rules are pure: all that they look at is in the input, which is never
 * changed. A rule that the policy does not ask for adds nothing. Missing is never passed.
 */
#ifndef BDDRUN_GATE_RULE_H
#define BDDRUN_GATE_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/text.h"
#include "config/policy.h"
#include "gate/findings.h"

struct config_component;
struct evidence;
struct gate_change;
struct gate_coverage;
struct gate_masks;
struct gate_recordings;

/* The commit that is judged. */
struct gate_candidate {
    struct text commit;
    struct text tree;
    uint64_t time_ns;                 /* of the commit */
    struct text configuration_sha256; /* of its bddrun.yaml; empty: it has none */
    struct text configuration_path;
};

/* Where the policy comes from. */
struct gate_policy_source {
    struct text path;
    struct text wanted; /* "production", "candidate", a revision; empty: nowhere said */
    struct text commit; /* empty: the working tree */
    struct text sha256;
    struct text failure; /* why it could not be read there; empty: it was */
    struct text hint;
    bool has_changed; /* the candidate brings another one */
};

struct gate_input {
    const struct config_gate *policy; /* NULL: it could not be read */
    struct gate_policy_source policy_source;
    struct gate_candidate candidate;
    struct text production;      /* the commit in production; empty: not known */
    struct text artefact_sha256; /* that is to be promoted; empty: not given */
    const struct evidence *evidence;
    const struct gate_coverage *coverage;     /* NULL: no report is required */
    const struct gate_change *change;         /* NULL: no rule needs it */
    const struct gate_recordings *recordings; /* NULL: no rule needs them */
    const struct gate_masks *masks;           /* NULL: no rule needs them, or no bddrun.yaml */
    const struct config_component *components;
    size_t component_count;
    uint64_t now_ns;
};

struct gate_rule {
    const char *name; /* findings are called so, or begin so */
    const char *summary;
    void (*weigh)(const struct gate_input *input, struct findings *findings);
};

extern const struct gate_rule gate_rules[]; /* ended by one without a name */

/* Weighs all of them. */
void gate_weigh(const struct gate_input *input, struct findings *findings);

/* Without a limit in the policy evidence is stale after a day. */
#define GATE_MAX_AGE_MS UINT64_C(86400000)

#endif
