/* SPDX-License-Identifier: MIT */
#include "coverage/text_map.h"

#include <stdlib.h>

#include "base/alloc.h"

void text_map_init(struct text_map *map)
{
    *map = (struct text_map){ 0 };
}

void text_map_release(struct text_map *map)
{
    free(map->slots);
    *map = (struct text_map){ 0 };
}

static uint64_t hash_key(struct text key)
{
    uint64_t hash = text_hash(key) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* The slot of the key, or the free one where it belongs. */
static struct text_map_slot *find_slot(const struct text_map *map, struct text key,
                                       uint64_t hash)
{
    size_t at = hash & (map->capacity - 1);
    while (map->slots[at].key.at &&
           (map->slots[at].hash != hash || !text_equal(map->slots[at].key, key))) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

static void grow(struct text_map *map)
{
    struct text_map old = *map;
    map->capacity = old.capacity ? old.capacity * 2 : 64;
    map->slots = alloc_or_die(map->capacity, sizeof *map->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].key.at) {
            *find_slot(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
        }
    }
    free(old.slots);
}

size_t *text_map_put(struct text_map *map, struct text key, size_t fresh, bool *ret_is_new)
{
    if (map->count * 2 >= map->capacity) {
        grow(map);
    }
    uint64_t hash = hash_key(key);
    struct text_map_slot *slot = find_slot(map, key, hash);
    *ret_is_new = slot->key.at == NULL;
    if (*ret_is_new) {
        struct text kept = key.at ? key : TEXT_EMPTY;
        *slot = (struct text_map_slot){ kept, hash, fresh };
        map->count++;
    }
    return &slot->value;
}

const size_t *text_map_find(const struct text_map *map, struct text key)
{
    if (map->count == 0) {
        return NULL;
    }
    const struct text_map_slot *slot = find_slot(map, key, hash_key(key));
    return slot->key.at ? &slot->value : NULL;
}
