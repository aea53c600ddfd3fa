/* SPDX-License-Identifier: MIT */
#include "format/json/json_sort.h"

#include <stdlib.h>
#include <string.h>

/* Up to this many members a linear search is faster than a binary one. */
enum { UNSORTED_LIMIT = 16 };

static bool has_repeated_key(const struct json_value *members, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (text_equal(json_key(&members[i]), json_key(&members[k]))) {
                return true;
            }
        }
    }
    return false;
}

static int compare_members(const void *a, const void *b, void *context)
{
    const struct json_value *members = context;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order = text_compare(json_key(&members[left]), json_key(&members[right]));
    return order ? order : left < right ? -1 : left > right;
}

static void sort_members(struct json_value *object, struct json_value *members)
{
    uint32_t *order = (uint32_t *)(void *)(members + object->count);
    for (uint32_t i = 0; i < object->count; i++) {
        order[i] = i;
    }
    qsort_r(order, object->count, sizeof *order, compare_members, members);
    for (uint32_t i = 1; i < object->count; i++) {
        struct json_value *member = &members[order[i]];
        if (text_equal(json_key(member), json_key(&members[order[i - 1]]))) {
            member->is_repeated = true;
            object->has_repeated_keys = true;
        }
    }
}

void json_sort_close(struct json_value *object, const struct json_value *members,
                     struct arena *arena)
{
    size_t count = object->count;
    if (count == 0) {
        return;
    }
    bool is_sorted = count > UNSORTED_LIMIT || has_repeated_key(members, count);
    size_t size_bytes = count * sizeof *members + (is_sorted ? count * sizeof(uint32_t) : 0);
    struct json_value *kept = arena_alloc(arena, size_bytes);
    memcpy(kept, members, count * sizeof *kept);
    object->children = kept;
    if (is_sorted) {
        sort_members(object, kept);
    }
}

const uint32_t *json_sorted_members(const struct json_value *object)
{
    bool is_sorted = object->count > UNSORTED_LIMIT || object->has_repeated_keys;
    return is_sorted ? (const uint32_t *)(const void *)(object->children + object->count)
                     : NULL;
}
