/* SPDX-License-Identifier: MIT */
/*
 * Numbers by text. Keys are borrowed and must outlive the map.
 */
#ifndef BDDRUN_COVERAGE_TEXT_MAP_H
#define BDDRUN_COVERAGE_TEXT_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct text_map_slot {
    struct text key; /* at NULL: free */
    uint64_t hash;
    size_t value;
};

struct text_map {
    struct text_map_slot *slots; /* heap; a power of two */
    size_t capacity;
    size_t count;
};

void text_map_init(struct text_map *map);
void text_map_release(struct text_map *map);

/* The place of the key's value: where it is new, the value is `fresh` and *ret_is_new is set. */
size_t *text_map_put(struct text_map *map, struct text key, size_t fresh, bool *ret_is_new);

/* NULL: not there. */
const size_t *text_map_find(const struct text_map *map, struct text key);

#endif
