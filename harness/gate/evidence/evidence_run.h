/* SPDX-License-Identifier: MIT */
/*
 * One message stream as evidence: its facts, and of each scenario the last attempt. The file is
 * read line by line, whatever its size; what is wrong with it does not end the reading of the
 * others, so it is kept as `broken` with its line. Owns everything.
 */
#ifndef BDDRUN_GATE_EVIDENCE_EVIDENCE_RUN_H
#define BDDRUN_GATE_EVIDENCE_EVIDENCE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "event/run_facts.h"
#include "event/status.h"
#include "gate/evidence/compared.h"

struct evidence_scenario {
    struct text path; /* of its feature file */
    struct text name;
    uint32_t line;
    struct text *tags;
    size_t tag_count;
    enum status status; /* of the last attempt; unknown: it never ran */
    uint32_t attempts;
    uint64_t differences; /* from recordings, of the last attempt, masked ones not counted */
    uint64_t breaking;    /* of these */
    bool is_planned;      /* it has a test case */
    bool is_finished;     /* its last attempt came to an end */
    bool is_flaky;        /* passed after an attempt that did not */
};

struct evidence_run {
    struct arena arena;
    struct text path;   /* as given */
    struct text sha256; /* of the bytes that were read; empty: not all of them */
    struct text broken; /* why it is no evidence; empty: it can be weighed */
    const char *hint;   /* of what is broken */
    uint64_t broken_line;
    bool is_missing;
    bool has_facts;
    struct run_facts facts;
    bool is_started;
    bool is_finished;                    /* it has its end */
    struct evidence_scenario *scenarios; /* heap */
    size_t scenario_count;
    size_t scenario_capacity;
    struct compared compared; /* with recordings */
};

void evidence_run_read(struct evidence_run *run, struct text path);
void evidence_run_release(struct evidence_run *run);

bool evidence_scenario_has_tag(const struct evidence_scenario *scenario, struct text tag);

/* The same scenario of the same feature file. */
bool evidence_scenario_is(const struct evidence_scenario *one,
                          const struct evidence_scenario *other);

#endif
