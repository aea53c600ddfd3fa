/* SPDX-License-Identifier: MIT */
#include "diff/tree/keyed.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/tree/sequence.h"

enum { CANDIDATES_LIMIT = 8 };

/* What the key says in the items of one side, and a table of the items by it. */
struct keys {
    const struct json_value **members; /* heap */
    uint64_t *hashes;                  /* heap */
    uint32_t *slots;                   /* heap; items, 1-based */
    size_t mask;
};

static bool is_identifying(const struct json_value *value)
{
    return json_is(value, JSON_STRING) || json_is(value, JSON_NUMBER);
}

/* The member, looked for where that of another item was first: most objects of an array have the
 * same keys in the same order. */
static const struct json_value *member_near(const struct json_value *object, struct text key,
                                            uint32_t hint)
{
    if (json_is(object, JSON_OBJECT) && hint < object->count && !object->has_repeated_keys &&
        text_equal(json_key(&object->children[hint]), key)) {
        return &object->children[hint];
    }
    return json_member(object, key);
}

static void keys_init(struct keys *keys, size_t count)
{
    *keys = (struct keys){ .mask = 15 };
    while (keys->mask < count * 2) {
        keys->mask = keys->mask * 2 + 1;
    }
    keys->members = realloc_or_die(NULL, count + 1, sizeof *keys->members);
    keys->hashes = realloc_or_die(NULL, count + 1, sizeof *keys->hashes);
    keys->slots = alloc_or_die(keys->mask + 1, sizeof *keys->slots);
}

static void keys_release(struct keys *keys)
{
    free(keys->members);
    free(keys->hashes);
    free(keys->slots);
}

/* Where an item with this key is, or would be. */
static size_t slot_of(const struct keys *keys, uint64_t hash, const struct json_value *wanted)
{
    size_t slot = (size_t)(hash ^ hash >> 29) & keys->mask;
    for (; keys->slots[slot]; slot = (slot + 1) & keys->mask) {
        size_t item = keys->slots[slot] - 1;
        if (keys->hashes[item] == hash && json_equal(keys->members[item], wanted)) {
            break;
        }
    }
    return slot;
}

/* False when an item lacks the key, or two have the same value. */
static bool fill(struct keys *keys, struct shape *shape, const struct json_value *array,
                 struct text key, uint32_t hint)
{
    for (uint32_t i = 0; i < array->count; i++) {
        const struct json_value *member = member_near(&array->children[i], key, hint);
        if (!is_identifying(member)) {
            return false;
        }
        keys->members[i] = member;
        keys->hashes[i] = shape_hash(shape, member, NULL);
        size_t slot = slot_of(keys, keys->hashes[i], member);
        if (keys->slots[slot]) {
            return false;
        }
        keys->slots[slot] = i + 1;
    }
    return true;
}

/* How many items of left are found on the right. */
static size_t look_up(const struct keys *left, const struct keys *right, size_t count,
                      uint32_t *to)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t item = right->slots[slot_of(right, left->hashes[i], left->members[i])];
        to[i] = item ? item - 1 : SEQUENCE_NONE;
        found += item != 0;
    }
    return found;
}

/* The number of pairs; SEQUENCE_NONE when the key does not identify. */
static size_t try_key(const struct keyed_arrays *arrays, struct text key, uint32_t hint,
                      uint32_t *to)
{
    struct keys left;
    struct keys right;
    keys_init(&left, arrays->left->count);
    keys_init(&right, arrays->right->count);
    size_t found = SEQUENCE_NONE;
    if (fill(&right, arrays->shape, arrays->right, key, hint) &&
        fill(&left, arrays->shape, arrays->left, key, hint)) {
        found = look_up(&left, &right, arrays->left->count, to);
    }
    keys_release(&left);
    keys_release(&right);
    return found;
}

/* "id", "_id", "uuid", "userId", "user_id", …: of these one common item is enough. */
static bool is_name_of_identity(struct text key)
{
    static const char *const names[] = { "id", "_id", "uuid", "guid", "key", "slug", "@id" };
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (text_equal_ignoring_case(key, text_of(names[i]))) {
            return true;
        }
    }
    return text_ends_with(key, TEXT("Id")) || text_ends_with(key, TEXT("_id"));
}

static bool is_masked(const struct keyed_arrays *arrays, const struct json_value *item,
                      uint32_t member)
{
    if (!arrays->at) {
        return false;
    }
    const void *at = shape_below(arrays->shape, arrays->left, 0, arrays->at);
    const void *below = at ? shape_below(arrays->shape, item, member, at) : NULL;
    return shape_is_masked(arrays->shape, &item->children[member], below);
}

static bool is_candidate(const struct keyed_arrays *arrays, const struct json_value *item,
                         uint32_t member, bool is_by_name)
{
    struct text key = json_key(&item->children[member]);
    return is_identifying(&item->children[member]) && is_name_of_identity(key) == is_by_name &&
           !is_masked(arrays, item, member);
}

static bool find(const struct keyed_arrays *arrays, bool is_by_name, uint32_t *to)
{
    const struct json_value *item = &arrays->left->children[0];
    size_t smaller =
        arrays->left->count < arrays->right->count ? arrays->left->count : arrays->right->count;
    size_t least = is_by_name ? 1 : smaller / 2 + 1;
    unsigned tried = 0;
    for (uint32_t i = 0; i < item->count && tried < CANDIDATES_LIMIT; i++) {
        if (!is_candidate(arrays, item, i, is_by_name)) {
            continue;
        }
        tried++;
        size_t found = try_key(arrays, json_key(&item->children[i]), i, to);
        if (found != SEQUENCE_NONE && found >= least) {
            return true;
        }
    }
    return false;
}

bool keyed_align(const struct keyed_arrays *arrays, struct text named, uint32_t *to)
{
    if (!arrays->left->count || !arrays->right->count) {
        return false;
    }
    if (named.size) {
        return try_key(arrays, named, 0, to) != SEQUENCE_NONE;
    }
    bool are_objects = json_is(arrays->left->children, JSON_OBJECT) &&
                       json_is(arrays->right->children, JSON_OBJECT);
    return are_objects && (find(arrays, true, to) || find(arrays, false, to));
}
