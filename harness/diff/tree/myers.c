/* SPDX-License-Identifier: MIT */
/* E. Myers, "An O(ND) difference algorithm and its variations", with the furthest points of every
 * number of edits kept, so that the way can be walked back. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diff/tree/sequence.h"

enum { EDITS_LIMIT = 512 };

struct search {
    const uint32_t *left;
    const uint32_t *right;
    int64_t left_count;
    int64_t right_count;
    int32_t *rows; /* row d: how far left each diagonal -d, -d + 2, …, d came; d + 1 of them */
};

static int32_t *row_of(const struct search *search, int64_t edits)
{
    return search->rows + edits * (edits + 1) / 2;
}

/* Where diagonal k starts with so many edits: coming down (an item of right) or from the left. */
static int64_t start_of(const struct search *search, int64_t edits, int64_t k,
                        bool *ret_is_down)
{
    if (edits == 0) {
        *ret_is_down = false;
        return 0;
    }
    const int32_t *before = row_of(search, edits - 1);
    int64_t at = (k + edits) / 2; /* in this row; before: at - 1 is k - 1, at is k + 1 */
    bool is_down = k == -edits || (k != edits && before[at - 1] < before[at]);
    *ret_is_down = is_down;
    return is_down ? before[at] : before[at - 1] + 1;
}

/* True when the ends of both are reached. */
static bool extend(struct search *search, int64_t edits)
{
    int32_t *row = row_of(search, edits);
    for (int64_t k = -edits; k <= edits; k += 2) {
        bool is_down;
        int64_t x = start_of(search, edits, k, &is_down);
        while (x < search->left_count && x - k < search->right_count &&
               search->left[x] == search->right[x - k]) {
            x++;
        }
        row[(k + edits) / 2] = (int32_t)x;
        if (x >= search->left_count && x - k >= search->right_count) {
            return true;
        }
    }
    return false;
}

static void walk_back(const struct search *search, int64_t edits, uint32_t *to)
{
    int64_t x = search->left_count;
    int64_t k = search->left_count - search->right_count;
    for (; edits >= 0; edits--) {
        bool is_down;
        int64_t start = start_of(search, edits, k, &is_down);
        while (x > start) {
            x--;
            to[x] = (uint32_t)(x - k);
        }
        x = is_down ? start : start - 1;
        k = is_down ? k + 1 : k - 1;
    }
}

bool sequence_myers(const uint32_t *left, size_t left_count, const uint32_t *right,
                    size_t right_count, uint32_t *to)
{
    struct search search = { left, right, (int64_t)left_count, (int64_t)right_count, NULL };
    int64_t longest = search.left_count + search.right_count;
    int64_t limit = longest < EDITS_LIMIT ? longest : EDITS_LIMIT;
    search.rows =
        realloc_or_die(NULL, (size_t)((limit + 1) * (limit + 2) / 2), sizeof *search.rows);
    int64_t edits = 0;
    while (edits <= limit && !extend(&search, edits)) {
        edits++;
    }
    if (edits <= limit) {
        walk_back(&search, edits, to);
    }
    free(search.rows);
    return edits <= limit;
}
