/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/json.h"
#include "format/json/json_number.h"

static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
    return hash ^ (hash >> 31);
}

/* 1, 1.0 and 1e0 are one number, and so are 0 and -0. */
static uint64_t hash_number(struct text number)
{
    double value = json_number_to_double(number) + 0.0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

uint64_t json_hash(const struct json_value *value)
{
    uint64_t hash = (uint64_t)value->type;
    switch (value->type) {
    case JSON_NULL:
    case JSON_FALSE:
    case JSON_TRUE:
        break;
    case JSON_NUMBER:
        hash ^= hash_number(json_text(value));
        break;
    case JSON_STRING:
        hash ^= text_hash(json_text(value));
        break;
    case JSON_ARRAY:
        for (size_t i = 0; i < value->count; i++) {
            hash = mix(hash) + json_hash(json_item(value, i));
        }
        break;
    case JSON_OBJECT: /* in any order */
        for (size_t i = 0; i < value->count; i++) {
            const struct json_value *member = &value->children[i];
            hash += mix(text_hash(json_key(member)) ^ mix(json_hash(member)));
        }
        break;
    }
    return mix(hash);
}

/* A hash set of the items before; places are 1-based, 0: empty. */
struct seen {
    uint32_t *places;
    uint64_t *hashes; /* of all items */
    size_t mask;
};

static size_t place_of(const struct seen *seen, const struct json_value *array, size_t item)
{
    size_t slot = seen->hashes[item] & seen->mask;
    for (; seen->places[slot]; slot = (slot + 1) & seen->mask) {
        size_t other = seen->places[slot] - 1;
        if (seen->hashes[other] == seen->hashes[item] &&
            json_equal(json_item(array, other), json_item(array, item))) {
            return slot;
        }
    }
    return slot;
}

bool json_find_duplicate(const struct json_value *array, size_t *ret_first, size_t *ret_second)
{
    struct seen seen = { .mask = 15 };
    while (seen.mask < (size_t)array->count * 2) {
        seen.mask = seen.mask * 2 + 1;
    }
    seen.places = alloc_or_die(seen.mask + 1, sizeof *seen.places);
    seen.hashes = alloc_or_die(array->count, sizeof *seen.hashes);
    bool is_found = false;
    for (uint32_t i = 0; i < array->count && !is_found; i++) {
        seen.hashes[i] = json_hash(json_item(array, i));
        size_t slot = place_of(&seen, array, i);
        is_found = seen.places[slot] != 0;
        if (is_found) {
            *ret_first = seen.places[slot] - 1;
            *ret_second = i;
        }
        seen.places[slot] = i + 1;
    }
    free(seen.places);
    free(seen.hashes);
    return is_found;
}
