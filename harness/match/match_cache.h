/* SPDX-License-Identifier: MIT */
/*
 * What was found for a text. It owns no text and no matches: both must outlive it.
 */
#ifndef BDDRUN_MATCH_MATCH_CACHE_H
#define BDDRUN_MATCH_MATCH_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct step_matches;

struct cached_match {
    uint64_t hash;
    struct text text;
    const struct step_matches *matches; /* NULL: nothing is kept for the text yet */
};

struct match_cache {
    struct cached_match *list; /* open addressing, at most half full */
    size_t count;
    size_t capacity;
};

void match_cache_init(struct match_cache *cache);
void match_cache_release(struct match_cache *cache);

/* The place for the text: with matches, or to be filled with match_cache_fill before the next
 * call. */
struct cached_match *match_cache_find(struct match_cache *cache, struct text text);

/* What is kept for the text with this text_hash, or NULL. Changes nothing. */
const struct step_matches *match_cache_look(const struct match_cache *cache, struct text text,
                                            uint64_t hash);
void match_cache_fill(struct match_cache *cache, struct cached_match *place, struct text text,
                      const struct step_matches *matches);

#endif
