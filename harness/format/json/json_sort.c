/* SPDX-License-Identifier: MIT */
#include "format/json/json_sort.h"

#include <stdlib.h>
#include <string.h>

/* Up to this many members a linear search is faster than a binary one. */
enum { UNSORTED_LIMIT = 16 };

/* One of 64, by what is cheap to see of a key. */
static unsigned sign_of(const struct json_value *member)
{
    if (member->key_size == 0) {
        return 0;
    }
    unsigned first = (unsigned char)member->key_at[0];
    unsigned last = (unsigned char)member->key_at[member->key_size - 1];
    return (first * 7 + last * 3 + member->key_size) % 64;
}

static bool is_among(const struct json_value *members, size_t count, struct text key)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(json_key(&members[i]), key)) {
            return true;
        }
    }
    return false;
}

/* Only members with the same sign as an earlier one are compared with those before. */
static bool has_repeated_key(const struct json_value *members, size_t count)
{
    uint64_t signs = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t sign = (uint64_t)1 << sign_of(&members[i]);
        if ((signs & sign) && is_among(members, i, json_key(&members[i]))) {
            return true;
        }
        signs |= sign;
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

const struct json_value *json_sort_keep(struct arena *arena, const struct json_value *values,
                                        size_t count)
{
    struct text bytes = text_make((const char *)values, count * sizeof *values);
    return (const void *)arena_string(arena, bytes); /* not zeroed before it is written */
}

void json_sort_close(struct json_value *object, const struct json_value *members,
                     struct arena *arena)
{
    size_t count = object->count;
    if (count == 0) {
        return;
    }
    bool is_sorted = count > UNSORTED_LIMIT || has_repeated_key(members, count);
    if (!is_sorted) {
        object->children = json_sort_keep(arena, members, count);
        return;
    }
    struct json_value *kept =
        arena_alloc(arena, count * sizeof *members + count * sizeof(uint32_t));
    memcpy(kept, members, count * sizeof *kept);
    object->children = kept;
    sort_members(object, kept);
}

const uint32_t *json_sorted_members(const struct json_value *object)
{
    bool is_sorted = object->count > UNSORTED_LIMIT || object->has_repeated_keys;
    return is_sorted ? (const uint32_t *)(const void *)(object->children + object->count)
                     : NULL;
}
