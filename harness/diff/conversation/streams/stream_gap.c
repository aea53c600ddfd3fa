/* SPDX-License-Identifier: MIT */
#include "diff/conversation/streams/stream_gap.h"

#include <stdlib.h>

#include "base/alloc.h"

/* Of a gap so large likeness is not looked at: its cost is the product of both sides. */
enum { SIDE_LIMIT = 32 };

void stream_gap_init(struct stream_gap *gap, const struct stream_sides *sides)
{
    *gap = (struct stream_gap){ .sides = sides };
    gap->left = alloc_or_die(sides->left_count + 1, sizeof(uint32_t));
    gap->right = alloc_or_die(sides->right_count + 1, sizeof(uint32_t));
}

void stream_gap_release(struct stream_gap *gap)
{
    free(gap->left);
    free(gap->right);
}

void stream_gap_add_left(struct stream_gap *gap, size_t place)
{
    gap->left[gap->left_count++] = (uint32_t)place;
}

void stream_gap_add_right(struct stream_gap *gap, size_t place)
{
    gap->right[gap->right_count++] = (uint32_t)place;
}

static void pair_by_place(const struct stream_gap *gap, uint32_t *to)
{
    for (size_t i = 0; i < gap->left_count && i < gap->right_count; i++) {
        to[gap->left[i]] = gap->right[i];
    }
}

/* The best pairing of what is left from (i, j) on; each pair counts 1 and how alike it is. */
struct likeness {
    double alike[SIDE_LIMIT][SIDE_LIMIT];
    double best[SIDE_LIMIT + 1][SIDE_LIMIT + 1];
};

static double best_of(const struct likeness *likeness, size_t i, size_t j)
{
    double best = likeness->best[i + 1][j] > likeness->best[i][j + 1]
                      ? likeness->best[i + 1][j]
                      : likeness->best[i][j + 1];
    double paired = likeness->alike[i][j] > 0
                        ? 1 + likeness->alike[i][j] + likeness->best[i + 1][j + 1]
                        : 0;
    return paired > best ? paired : best;
}

static void pair_alike(const struct stream_gap *gap, uint32_t *to)
{
    struct likeness *likeness = alloc_or_die(1, sizeof *likeness);
    for (size_t i = gap->left_count; i-- > 0;) {
        for (size_t j = gap->right_count; j-- > 0;) {
            likeness->alike[i][j] =
                gap->sides->alike(gap->sides->context, gap->left[i], gap->right[j]);
            likeness->best[i][j] = best_of(likeness, i, j);
        }
    }
    for (size_t i = 0, j = 0; i < gap->left_count && j < gap->right_count;) {
        double best = likeness->best[i][j];
        if (best > likeness->best[i + 1][j] && best > likeness->best[i][j + 1]) {
            to[gap->left[i++]] = gap->right[j++];
        } else if (likeness->best[i + 1][j] >= likeness->best[i][j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    free(likeness);
}

void stream_gap_pair(struct stream_gap *gap, uint32_t *to)
{
    if (gap->left_count && gap->right_count) {
        bool is_large = gap->left_count > SIDE_LIMIT || gap->right_count > SIDE_LIMIT;
        (is_large ? pair_by_place : pair_alike)(gap, to);
    }
    gap->left_count = 0;
    gap->right_count = 0;
}
