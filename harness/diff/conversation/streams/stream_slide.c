/* SPDX-License-Identifier: MIT */
#include "diff/conversation/streams/stream_slide.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/alloc.h"

enum { STEPS_LIMIT = 64 };

struct sliding {
    const struct stream_sides *sides;
    uint32_t *to;
    bool *is_taken; /* by right event */
};

/* Whether right's event beside the partner of `at`, on its far side, has no partner. */
static bool is_free_behind(const struct sliding *sliding, size_t at, bool is_forward)
{
    size_t partner = sliding->to[at];
    if (is_forward) {
        return partner + 1 < sliding->sides->right_count && !sliding->is_taken[partner + 1];
    }
    return partner > 0 && !sliding->is_taken[partner - 1];
}

/* How many equal events lie between `at` and a free place; 0: none is near. */
static size_t steps_to_free(const struct sliding *sliding, size_t at, bool is_forward)
{
    for (size_t steps = 1; steps <= STEPS_LIMIT; steps++) {
        if (is_forward ? at + steps >= sliding->sides->left_count : steps > at) {
            return 0;
        }
        size_t next = is_forward ? at + steps : at - steps;
        if (sliding->to[next] == STREAM_NONE ||
            sliding->sides->left[next] != sliding->sides->left[at]) {
            return 0;
        }
        if (is_free_behind(sliding, next, is_forward)) {
            return steps;
        }
    }
    return 0;
}

static void slide(struct sliding *sliding, size_t at, size_t steps, bool is_forward)
{
    for (; steps > 0; steps--) {
        size_t next = is_forward ? at + 1 : at - 1;
        sliding->to[at] = sliding->to[next];
        sliding->to[next] = STREAM_NONE;
        at = next;
    }
}

void stream_slide(const struct stream_sides *sides, uint32_t *to)
{
    struct sliding sliding = { .sides = sides, .to = to };
    sliding.is_taken = alloc_or_die(sides->right_count + 1, sizeof(bool));
    for (size_t i = 0; i < sides->left_count; i++) {
        if (to[i] != STREAM_NONE) {
            sliding.is_taken[to[i]] = true;
        }
    }
    for (size_t i = 0; i < sides->left_count; i++) {
        size_t forward = to[i] == STREAM_NONE ? steps_to_free(&sliding, i, true) : 0;
        slide(&sliding, i, forward, true);
        size_t backward = to[i] == STREAM_NONE ? steps_to_free(&sliding, i, false) : 0;
        slide(&sliding, i, backward, false);
        i += forward;
    }
    free(sliding.is_taken);
}
