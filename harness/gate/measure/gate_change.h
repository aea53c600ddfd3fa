/* SPDX-License-Identifier: MIT */
/*
 * What the candidate changes: against the merge base with production (its own changes: size,
 * changed lines), and against production itself (for the ratchet). Lives in git's arena.
 */
#ifndef BDDRUN_GATE_MEASURE_GATE_CHANGE_H
#define BDDRUN_GATE_MEASURE_GATE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "git/diff.h"
#include "git/git.h"

struct gate_change {
    struct text base; /* the commit compared with: production's, or a branch's */
    struct text merge_base;
    struct git_diff diff;    /* from the merge base */
    size_t commit_count;     /* from the merge base, merges not counted */
    struct git_diff release; /* from the base itself */
    struct text failure;     /* why it is not known; empty: it is */
    struct text hint;
};

/* base: a revision; empty: not known. What goes wrong is in the struct. */
void gate_change_read(struct gate_change *change, struct git *git, struct text base,
                      struct text commit);

#endif
