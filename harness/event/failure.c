/* SPDX-License-Identifier: MIT */
#include "event/failure.h"

#include <string.h>

const char *failure_kind_name(enum failure_kind kind)
{
    static const char *const names[FAILURE_KINDS] = { "", "difference", "not recorded" };
    return names[kind];
}

void failure_add_mismatch(struct failure *failure, struct arena *arena,
                          const struct mismatch *mismatch)
{
    size_t count = failure->mismatch_count;
    if (count == FAILURE_MISMATCHES_LIMIT) {
        failure->mismatches_dropped++;
        return;
    }
    if ((count & (count - 1)) == 0) { /* full at the powers of two: double */
        struct mismatch *grown = ARENA_ARRAY(arena, count ? count * 2 : 1, struct mismatch);
        if (count > 0)
            memcpy(grown, failure->mismatches, count * sizeof *grown);
        failure->mismatches = grown;
    }
    failure->mismatches[failure->mismatch_count++] = *mismatch;
}

void failure_locate(struct failure *failure, struct arena *arena)
{
    if (failure->place.name.size == 0)
        failure->place = place_of_span(arena, failure->at);
    for (size_t i = 0; i < failure->mismatch_count; i++) {
        struct mismatch *mismatch = &failure->mismatches[i];
        if (mismatch->place.name.size == 0)
            mismatch->place = place_of_span(arena, mismatch->at);
    }
}
