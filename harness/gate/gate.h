/* SPDX-License-Identifier: MIT */
/*
 * The gate: gathers what is to be judged (git, the policy, runs, coverage), weighs it by all rules,
 * and says what came of it. Everything that is missing blocks. Owns all of it; the verdict lives
 * until gate_release.
 */
#ifndef BDDRUN_GATE_GATE_H
#define BDDRUN_GATE_GATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "config/config.h"
#include "config/settings.h"
#include "gate/evidence/evidence.h"
#include "gate/measure/gate_change.h"
#include "gate/measure/gate_coverage.h"
#include "gate/measure/gate_masks.h"
#include "gate/measure/gate_recordings.h"
#include "gate/policy/policy_file.h"
#include "gate/verdict.h"
#include "git/git.h"

struct clock;
struct promotion_dates;

struct gate_request {
    const struct config *config; /* of the working tree: where things are, not how to judge */
    const struct config_settings *settings;
    const struct text *runs; /* message streams; none: those of `reports:` */
    size_t run_count;
    struct text commit;                       /* to be judged; empty: HEAD */
    struct text production;                   /* the commit in production; empty: not known */
    struct text policy_from;                  /* instead of the file's own; empty: not given */
    struct text override_reason;              /* --override; empty: none */
    const struct promotion_dates *promotions; /* recordings from before are stale; NULL: none */
    const char *const *process_environment;
    const struct clock *clock;
};

struct gate {
    struct arena arena;
    struct git git;
    struct policy_file policy;
    struct evidence evidence;
    struct gate_coverage coverage;
    struct gate_change change;
    struct gate_recordings recordings;
    struct gate_masks masks;
    struct verdict verdict;
};

/* False with problems where there is nothing to judge: no repository, no such commit. Either way
 * gate_release. Problems point into the gate. */
bool gate_decide(struct gate *gate, const struct gate_request *request,
                 struct problems *problems) MUST_CHECK;
void gate_release(struct gate *gate);

/* Writes what was measured of the candidate, for the ratchet of the next release. False with a
 * problem: nothing was measured, or it cannot be written. */
bool gate_write_baseline(const struct gate *gate, struct text path,
                         struct problems *problems) MUST_CHECK;

#endif
