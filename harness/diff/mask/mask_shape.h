/* SPDX-License-Identifier: MIT */
/* The shape of JSON: types all the way down, values left out. */
#ifndef BDDRUN_DIFF_MASK_MASK_SHAPE_H
#define BDDRUN_DIFF_MASK_MASK_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "format/json.h"

/* The same for values of the same shape: types, keys, the shapes that occur among items. */
uint64_t mask_shape_hash(const struct json_value *value);

/* Whether live has the shape of recorded: the same keys, and items as some recorded item; where
 * none was recorded, any. Bounded: of the recorded items MASK_SHAPES different ones are tried. */
bool mask_shape_fits(const struct json_value *recorded, const struct json_value *live);

enum { MASK_SHAPES = 16 };

#endif
