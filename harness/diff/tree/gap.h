/* SPDX-License-Identifier: MIT */
/*
 * What is left unpaired between two pairs of items that keep their order: those most alike are
 * paired, in order, where they are few; else by place.
 */
#ifndef BDDRUN_DIFF_TREE_GAP_H
#define BDDRUN_DIFF_TREE_GAP_H

#include <stddef.h>

#include "diff/tree/alignment.h"

struct gap {
    size_t left;
    size_t left_end;
    size_t right;
    size_t right_end;
};

/* Pairs only items of a kind (JSON type, name of the element); where as many are left over on both
 * sides of a document that is no markup, also others. */
void gap_fill(struct alignment *alignment, const struct alignment_sides *sides, struct gap gap);

#endif
