/* SPDX-License-Identifier: MIT */
#include "diff/tree/sequence.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Equal hashes have one id; of each id the items of right, in order. */
struct index {
    uint32_t *slots; /* hash table: an item of right that is the first of its id, 1-based */
    size_t mask;
    uint32_t *first;     /* by id (the first item of right): the next one not yet given away */
    uint32_t *following; /* by item of right: the next of the same id */
    uint32_t *last;      /* by id: the last so far */
    bool has_repeats;
};

static uint32_t find(const struct index *index, struct sequence right, uint64_t hash,
                     size_t *ret_slot)
{
    size_t slot = (size_t)(hash ^ hash >> 29) & index->mask;
    while (index->slots[slot]) {
        uint32_t id = index->slots[slot] - 1;
        if (right.hashes[id] == hash) {
            return id;
        }
        slot = (slot + 1) & index->mask;
    }
    *ret_slot = slot;
    return SEQUENCE_NONE;
}

static uint32_t *new_numbers(size_t count)
{
    return realloc_or_die(NULL, count + 1, sizeof(uint32_t));
}

static void index_init(struct index *index, struct sequence right)
{
    *index = (struct index){ .mask = 15 };
    while (index->mask < right.count * 2) {
        index->mask = index->mask * 2 + 1;
    }
    index->slots = alloc_or_die(index->mask + 1, sizeof(uint32_t));
    index->first = new_numbers(right.count);
    index->following = new_numbers(right.count);
    index->last = new_numbers(right.count);
    for (uint32_t i = 0; i < right.count; i++) {
        size_t slot = 0;
        uint32_t id = find(index, right, right.hashes[i], &slot);
        index->following[i] = SEQUENCE_NONE;
        if (id == SEQUENCE_NONE) {
            index->slots[slot] = i + 1;
            index->first[i] = i;
            index->last[i] = i;
        } else {
            index->following[index->last[id]] = i;
            index->last[id] = i;
            index->has_repeats = true;
        }
    }
}

static void index_release(struct index *index)
{
    free(index->slots);
    free(index->first);
    free(index->following);
    free(index->last);
}

/* Those items of both that occur on the other side too. */
struct common {
    uint32_t *ids;   /* of the items */
    uint32_t *items; /* their places */
    size_t count;
};

static void common_init(struct common *common, size_t count)
{
    *common = (struct common){ new_numbers(count), new_numbers(count), 0 };
}

static void common_add(struct common *common, uint32_t id, uint32_t item)
{
    common->ids[common->count] = id;
    common->items[common->count++] = item;
}

static void common_release(struct common *common)
{
    free(common->ids);
    free(common->items);
}

static void align_repeats(const struct common *left, const struct common *right, uint32_t *to)
{
    uint32_t *found = new_numbers(left->count);
    for (size_t i = 0; i < left->count; i++) {
        found[i] = SEQUENCE_NONE;
    }
    if (sequence_myers(left->ids, left->count, right->ids, right->count, found)) {
        for (size_t i = 0; i < left->count; i++) {
            to[left->items[i]] =
                found[i] == SEQUENCE_NONE ? SEQUENCE_NONE : right->items[found[i]];
        }
    }
    free(found);
}

/* What is not paired yet, by its number of occurrence. */
static void pair_rest(struct index *index, const struct common *left, bool *is_taken,
                      uint32_t *to)
{
    for (size_t i = 0; i < left->count; i++) {
        uint32_t item = left->items[i];
        uint32_t *next = &index->first[left->ids[i]];
        if (to[item] != SEQUENCE_NONE) {
            continue;
        }
        while (*next != SEQUENCE_NONE && is_taken[*next]) {
            *next = index->following[*next];
        }
        if (*next != SEQUENCE_NONE) {
            to[item] = *next;
            *next = index->following[*next];
        }
    }
}

void sequence_align(struct sequence left, struct sequence right, uint32_t *to)
{
    struct index index;
    struct common common_left;
    struct common common_right;
    index_init(&index, right);
    common_init(&common_left, left.count);
    common_init(&common_right, right.count);
    bool *is_taken = alloc_or_die(right.count + 1, sizeof *is_taken);
    bool *is_wanted = alloc_or_die(right.count + 1, sizeof *is_wanted); /* by id */
    size_t unused = 0;
    for (uint32_t i = 0; i < left.count; i++) {
        uint32_t id = find(&index, right, left.hashes[i], &unused);
        to[i] = SEQUENCE_NONE;
        if (id != SEQUENCE_NONE) {
            common_add(&common_left, id, i);
            index.has_repeats |= is_wanted[id];
            is_wanted[id] = true;
        }
    }
    for (uint32_t i = 0; i < right.count && index.has_repeats; i++) {
        uint32_t id = find(&index, right, right.hashes[i], &unused);
        if (is_wanted[id]) {
            common_add(&common_right, id, i);
        }
    }
    if (index.has_repeats) {
        align_repeats(&common_left, &common_right, to);
    }
    for (size_t i = 0; i < left.count; i++) {
        if (to[i] != SEQUENCE_NONE) {
            is_taken[to[i]] = true;
        }
    }
    pair_rest(&index, &common_left, is_taken, to);
    index_release(&index);
    common_release(&common_left);
    common_release(&common_right);
    free(is_taken);
    free(is_wanted);
}

/* How many of `ends` come before value; they ascend. */
static size_t count_before(const uint32_t *to, const uint32_t *ends, size_t count,
                           uint32_t value)
{
    size_t low = 0;
    if (count && to[ends[count - 1]] < value) {
        low = count; /* mostly in order */
    }
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (to[ends[middle]] < value) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return low;
}

/* The longest increasing subsequence, by the smallest ends of those of each length. */
void sequence_find_moved(const uint32_t *to, size_t count, bool *is_moved)
{
    uint32_t *ends = new_numbers(count);   /* by length: the item that ends it */
    uint32_t *before = new_numbers(count); /* by item: the one before it */
    size_t longest = 0;
    for (uint32_t i = 0; i < count; i++) {
        is_moved[i] = to[i] != SEQUENCE_NONE;
        if (is_moved[i]) {
            size_t length = count_before(to, ends, longest, to[i]);
            before[i] = length ? ends[length - 1] : SEQUENCE_NONE;
            ends[length] = i;
            longest += length == longest;
        }
    }
    uint32_t item = longest ? ends[longest - 1] : SEQUENCE_NONE;
    for (; item != SEQUENCE_NONE; item = before[item]) {
        is_moved[item] = false;
    }
    free(ends);
    free(before);
}
