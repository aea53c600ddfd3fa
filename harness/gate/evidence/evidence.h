/* SPDX-License-Identifier: MIT */
/*
 * All runs together: of each shard its last attempt, of each scenario what became of it in all of
 * them. Owns the runs.
 */
#ifndef BDDRUN_GATE_EVIDENCE_EVIDENCE_H
#define BDDRUN_GATE_EVIDENCE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "gate/evidence/evidence_run.h"

struct evidence {
    struct evidence_run *runs; /* heap, as given */
    size_t run_count;
    const struct evidence_run **last; /* heap: the last attempt of each shard, by shard */
    size_t last_count;
    struct evidence_scenario *scenarios; /* heap: each once, the worst of all shards */
    size_t scenario_count;
};

void evidence_init(struct evidence *evidence);
void evidence_release(struct evidence *evidence);

/* Reads the message streams, and joins those that are whole. only_last: a scenario that failed in
 * an earlier attempt of its job is not flaky for that. */
void evidence_read(struct evidence *evidence, const struct text *paths, size_t count,
                   bool only_last);

#endif
