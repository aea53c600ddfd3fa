/* SPDX-License-Identifier: MIT */
/* The masks of the bddrun.yaml that the judged commit has, by their places. */
#ifndef BDDRUN_GATE_MEASURE_GATE_MASKS_H
#define BDDRUN_GATE_MEASURE_GATE_MASKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum { GATE_MASK_PLACES = 3 }; /* a run may name a mask by any of its parts */

struct gate_mask {
    struct text shown;                    /* what it stands for */
    struct text places[GATE_MASK_PLACES]; /* ":81:5"; empty: the mask has no such part */
    uint64_t line;
};

struct gate_masks {
    struct gate_mask *list; /* in the arena given */
    size_t count;
    struct text failure; /* why the file could not be read; empty: it was */
};

/* bytes: of the file. */
void gate_masks_read(struct gate_masks *masks, struct text path, struct text bytes,
                     const char *const *process_environment, struct arena *arena);

#endif
