/* SPDX-License-Identifier: MIT */
#include "match/match_cache.h"

#include <stdlib.h>

#include "base/alloc.h"

enum { CAPACITY_AT_LEAST = 256 };

void match_cache_init(struct match_cache *cache)
{
    *cache = (struct match_cache){ 0 };
}

void match_cache_release(struct match_cache *cache)
{
    free(cache->list);
    *cache = (struct match_cache){ 0 };
}

static struct cached_match *find(const struct match_cache *cache, struct text text,
                                 uint64_t hash)
{
    size_t mask = cache->capacity - 1;
    size_t at = (size_t)hash & mask;
    while (cache->list[at].matches &&
           (cache->list[at].hash != hash || !text_equal(cache->list[at].text, text))) {
        at = (at + 1) & mask;
    }
    return &cache->list[at];
}

static void grow(struct match_cache *cache)
{
    struct match_cache old = *cache;
    cache->capacity = old.capacity ? old.capacity * 2 : CAPACITY_AT_LEAST;
    cache->list = alloc_or_die(cache->capacity, sizeof *cache->list);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.list[i].matches) {
            *find(cache, old.list[i].text, old.list[i].hash) = old.list[i];
        }
    }
    free(old.list);
}

struct cached_match *match_cache_find(struct match_cache *cache, struct text text)
{
    if (cache->count * 2 >= cache->capacity) {
        grow(cache);
    }
    uint64_t hash = text_hash(text);
    struct cached_match *place = find(cache, text, hash);
    place->hash = hash;
    return place;
}

const struct step_matches *match_cache_look(const struct match_cache *cache, struct text text,
                                            uint64_t hash)
{
    return cache->capacity ? find(cache, text, hash)->matches : NULL;
}

void match_cache_fill(struct match_cache *cache, struct cached_match *place, struct text text,
                      const struct step_matches *matches)
{
    place->text = text;
    place->matches = matches;
    cache->count++;
}
