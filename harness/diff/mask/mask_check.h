/* SPDX-License-Identifier: MIT */
/* What a mask still asserts, asked of two values. */
#ifndef BDDRUN_DIFF_MASK_MASK_CHECK_H
#define BDDRUN_DIFF_MASK_MASK_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "diff/mask/mask.h"
#include "format/json.h"

/* Of one side: JSON, or a text (json NULL). */
struct mask_value {
    const struct json_value *json;
    struct text text;
    const struct json_value *root; /* for same-as; NULL without */
    uint64_t said_ns;              /* when; 0: not known */
};

/* Whether the two, both there, may differ under the mask. `set` and `by` allow nothing. */
bool mask_check(const struct mask *mask, const struct mask_value *recorded,
                const struct mask_value *live);

/* Whether one that is only on one side may be: only under `ignore`. */
bool mask_check_lone(const struct mask *mask, const struct mask_value *value);

/* Whether so many instead of so many hold: `length` and `number`. */
bool mask_check_count(const struct mask *mask, uint64_t recorded, uint64_t live);

#endif
