/* SPDX-License-Identifier: MIT */
/* What registry/ shares inside: the registry itself and one search. */
#ifndef BDDRUN_MATCH_REGISTRY_PARTS_H
#define BDDRUN_MATCH_REGISTRY_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "match/capture_tree.h"
#include "match/expression.h"
#include "match/match_cache.h"
#include "match/registry.h"

struct regex;
struct step_index;

enum {
    REGISTRY_CAPTURES_LIMIT = 256,
    REGISTRY_SEEN_SLOTS = 8192, /* a power of two */
};

struct registered {
    const struct step_definition *definition;
    struct expression expression;
    struct regex *regex; /* NULL until a text asks for it */
    struct capture_tree captures;
    bool is_broken; /* its pattern is too much for PCRE2 */
};

struct registry {
    struct parameter_types *types;
    struct arena arena;
    struct step_index *index;
    struct registered *list;
    size_t count;
    size_t capacity;
    struct match_cache cache;
    uint32_t seen[REGISTRY_SEEN_SLOTS]; /* hashes of texts that registry_look has met */
    struct regex *within; /* "within {duration} "; NULL where there is no such type */
};

/* Every definition that fits; in the arena, pointing into text. is_kept is what the matches say
 * of themselves. */
const struct step_matches *registry_search(struct registry *registry, struct text text,
                                           struct arena *arena, bool is_kept);

#endif
