/* SPDX-License-Identifier: MIT */
#include "match/registry.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "format/regex.h"
#include "match/parameter_type.h"
#include "match/registry_parts.h"
#include "match/step_index.h"

enum { KEPT_LIMIT = 16384 }; /* texts whose matches registry_look keeps */

struct registry *registry_new(struct parameter_types *types)
{
    struct registry *registry = alloc_or_die(1, sizeof *registry);
    arena_init(&registry->arena);
    match_cache_init(&registry->cache);
    registry->types = types;
    registry->index = step_index_new();
    const struct parameter_type *duration = parameter_types_find(types, TEXT("duration"));
    if (duration) {
        struct text pattern =
            arena_format(&registry->arena, "within (%s) ", duration->patterns[0]);
        if (!regex_compile(pattern, REGEX_HERE, &registry->within, NULL)) {
            BUG("the pattern of a duration does not compile");
        }
    }
    return registry;
}

void registry_free(struct registry *registry)
{
    if (!registry) {
        return;
    }
    for (size_t i = 0; i < registry->count; i++) {
        regex_free(registry->list[i].regex);
    }
    regex_free(registry->within);
    step_index_free(registry->index);
    arena_release(&registry->arena);
    free(registry->list);
    match_cache_release(&registry->cache);
    free(registry);
}

void registry_release(struct registry **registry)
{
    registry_free(*registry);
    *registry = NULL;
}

bool registry_add(struct registry *registry, const struct step_definition *definitions,
                  size_t count, struct expression_error *ret_error)
{
    match_cache_release(&registry->cache);
    for (size_t i = 0; i < count; i++) {
        struct registered registered = { .definition = &definitions[i] };
        if (!expression_compile(text_of(definitions[i].expression), registry->types,
                                &registry->arena, &registered.expression, ret_error)) {
            return false;
        }
        GROW(registry->list, registry->count, registry->capacity);
        registry->list[registry->count++] = registered;
        step_index_add(registry->index, registered.expression.tree);
    }
    return true;
}

bool registry_prepare(struct registry *registry, size_t index)
{
    struct registered *registered = &registry->list[index];
    if (!registered->regex && !registered->is_broken) {
        /* Without its ^: behind "within 2 s " it starts in the middle of the text. */
        struct text pattern =
            text_from(expression_pattern(&registered->expression, &registry->arena), 1);
        bool is_well = regex_compile(pattern, REGEX_HERE, &registered->regex, NULL);
        if (is_well) {
            capture_tree_make(pattern, &registry->arena, &registered->captures);
        }
        registered->is_broken =
            !is_well || registered->captures.count > REGISTRY_CAPTURES_LIMIT;
    }
    return !registered->is_broken;
}

bool registry_fits(struct registry *registry, size_t index, struct text text)
{
    return registry_prepare(registry, index) &&
           regex_match(registry->list[index].regex, text, 0, NULL, 0) == REGEX_MATCHED;
}

const struct step_matches *registry_match(struct registry *registry, struct text text)
{
    struct cached_match *place = match_cache_find(&registry->cache, text);
    if (!place->matches) {
        struct text copy = arena_text(&registry->arena, text);
        match_cache_fill(&registry->cache, place, copy,
                         registry_search(registry, copy, &registry->arena, true));
    }
    return place->matches;
}

const struct step_matches *registry_look(struct registry *registry, struct text text,
                                         struct arena *arena)
{
    uint64_t hash = text_hash(text);
    const struct step_matches *known = match_cache_look(&registry->cache, text, hash);
    if (known) {
        return known;
    }
    uint32_t *seen = &registry->seen[hash % REGISTRY_SEEN_SLOTS];
    if (*seen == (uint32_t)(hash >> 32) && registry->cache.count < KEPT_LIMIT) {
        return registry_match(registry, text);
    }
    *seen = (uint32_t)(hash >> 32);
    return registry_search(registry, text, arena, false);
}

void registry_settle(struct registry *registry)
{
    memset(registry->seen, 0, sizeof registry->seen);
}

size_t registry_count(const struct registry *registry)
{
    return registry->count;
}

const struct step_definition *registry_definition(const struct registry *registry, size_t index)
{
    return registry->list[index].definition;
}

const struct expression *registry_expression(const struct registry *registry, size_t index)
{
    return &registry->list[index].expression;
}
