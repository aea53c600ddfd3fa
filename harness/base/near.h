/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean": of the names offered, the up to three nearest to a mistyped one, by edit
 * distance with swapped neighbours (optimal string alignment), case ignored. Names are borrowed.
 */
#ifndef BDDRUN_BASE_NEAR_H
#define BDDRUN_BASE_NEAR_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/text.h"

enum { NEAR_LIMIT = 3 };

struct near {
    struct text wanted;
    size_t worst; /* a distance above this is not near: a third of the size, at least 1 */
    struct text found[NEAR_LIMIT];
    size_t distances[NEAR_LIMIT];
    size_t count;
};

void near_init(struct near *near, struct text wanted);
void near_offer(struct near *near, struct text name);

/* Adds "'ticket', 'table' or 'tile'"; nothing where nothing is near. */
void near_print(struct buffer *out, const struct near *near);

/* Edits from a to b, in bytes, ASCII case ignored; texts above 64 bytes count as far apart. */
size_t near_distance(struct text a, struct text b);

#endif
