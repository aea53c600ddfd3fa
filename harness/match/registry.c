/* SPDX-License-Identifier: MIT */
#include "match/registry.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "format/regex.h"
#include "match/capture_tree.h"
#include "match/match_cache.h"
#include "match/parameter_type.h"
#include "match/step_index.h"

enum {
    CAPTURES_LIMIT = 256,
    CANDIDATES_LIMIT = 64,
    SEEN_SLOTS = 8192,   /* a power of two */
    KEPT_LIMIT = 16384,  /* texts whose matches registry_look keeps */
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
    uint32_t seen[SEEN_SLOTS]; /* hashes of texts that registry_look has met */
    struct regex *within; /* "within {duration} "; NULL where there is no such type */
};

/* A search in progress. */
struct search {
    struct registry *registry;
    struct arena *arena; /* of what is found */
    struct text text;
    struct step_match *list;
    size_t count;
    size_t capacity;
    bool is_inner; /* behind "afterwards": not that again */
    bool is_too_complex;
};

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
        struct text pattern = text_from(registered->expression.pattern, 1);
        bool is_well = regex_compile(pattern, REGEX_HERE, &registered->regex, NULL);
        if (is_well) {
            capture_tree_make(pattern, &registry->arena, &registered->captures);
        }
        registered->is_broken = !is_well || registered->captures.count > CAPTURES_LIMIT;
    }
    return !registered->is_broken;
}

bool registry_fits(struct registry *registry, size_t index, struct text text)
{
    return registry_prepare(registry, index) &&
           regex_match(registry->list[index].regex, text, 0, NULL, 0) == REGEX_MATCHED;
}

/* captures has one for each group of the pattern, the whole first. */
static void fill_arguments(struct search *search, const struct registered *registered,
                           const struct regex_capture *captures, struct step_match *match)
{
    struct arena *arena = search->arena;
    const struct capture_tree *tree = &registered->captures;
    const struct expression *expression = &registered->expression;
    struct match_argument *arguments =
        ARENA_ARRAY(arena, expression->parameter_count, struct match_argument);
    size_t count = 0;
    for (size_t i = 1; i < tree->count; i++) {
        if (tree->parents[i] == 0) {
            struct match_argument *argument = &arguments[count];
            capture_tree_group(tree, i, search->text, captures, arena, &argument->group);
            argument->type_name = expression->parameters[count++]->name;
            argument->text = argument->group.value;
            argument->start = argument->group.start;
            argument->end = argument->group.end;
        }
    }
    match->arguments = arguments;
    match->argument_count = count;
}

static void add_match(struct search *search, struct step_match match)
{
    GROW(search->list, search->count, search->capacity);
    search->list[search->count++] = match;
}

static void search_run(struct search *search);

/* "afterwards" is only as good as what it runs: undefined and ambiguous as that. */
static void add_afterwards(struct search *search, struct step_match match)
{
    struct search inner = { .registry = search->registry,
                            .arena = search->arena,
                            .text = match.arguments[0].text,
                            .is_inner = true };
    search_run(&inner);
    search->is_too_complex |= inner.is_too_complex;
    if (inner.count == 1) {
        struct step_match *kept = ARENA_NEW(search->arena, struct step_match);
        *kept = inner.list[0];
        match.inner = kept;
        match.inner_start = match.arguments[0].start;
        add_match(search, match);
    }
    for (size_t i = 0; inner.count > 1 && i < inner.count; i++) {
        add_match(search, inner.list[i]);
    }
    free(inner.list);
}

/* Tries one definition on the text from `start`. */
static void try_definition(struct search *search, size_t index, size_t start,
                           struct text within)
{
    struct registered *registered = &search->registry->list[index];
    bool is_afterwards = registered->definition->takes == TAKES_AS_THE_STEP;
    if (is_afterwards && search->is_inner) {
        return;
    }
    if (!registry_prepare(search->registry, index)) {
        search->is_too_complex = true;
        return;
    }
    struct regex_capture captures[CAPTURES_LIMIT];
    enum regex_result result = regex_match(registered->regex, search->text, start, captures,
                                           registered->captures.count);
    search->is_too_complex |= result == REGEX_LIMIT;
    if (result != REGEX_MATCHED) {
        return;
    }
    struct step_match match = { .definition = registered->definition,
                                .text = search->text,
                                .within = within };
    match.within_start = within.size > 0 ? (size_t)(within.at - search->text.at) : 0;
    fill_arguments(search, registered, captures, &match);
    if (is_afterwards) {
        add_afterwards(search, match);
    } else {
        add_match(search, match);
    }
}

static void try_all(struct search *search, size_t start, struct text within)
{
    struct registry *registry = search->registry;
    size_t count = 0;
    const size_t *borrowed =
        step_index_find(registry->index, text_from(search->text, start), &count);
    size_t candidates[CANDIDATES_LIMIT];
    size_t *copy = count > CANDIDATES_LIMIT ? alloc_or_die(count, sizeof *copy) : candidates;
    for (size_t i = 0; i < count; i++) { /* because "afterwards" searches again */
        copy[i] = borrowed[i];
    }
    for (size_t i = 0; i < count; i++) {
        if (within.size == 0 || registry->list[copy[i]].definition->is_timed) {
            try_definition(search, copy[i], start, within);
        }
    }
    if (copy != candidates) {
        free(copy);
    }
}

static void search_run(struct search *search)
{
    try_all(search, 0, TEXT_EMPTY);
    struct regex_capture captures[2];
    struct regex *within = search->registry->within;
    if (within && text_starts_with(search->text, TEXT("within ")) &&
        regex_match(within, search->text, 0, captures, 2) == REGEX_MATCHED) {
        try_all(search, captures[0].end,
                text_slice(search->text, captures[1].start, captures[1].end));
    }
}

/* Searches for a text that lives as long as the arena. */
static const struct step_matches *search_new(struct registry *registry, struct text text,
                                             struct arena *arena, bool is_kept)
{
    struct search search = { .registry = registry, .arena = arena, .text = text };
    search_run(&search);
    struct step_matches *matches = ARENA_NEW(arena, struct step_matches);
    struct step_match *list = ARENA_ARRAY(arena, search.count + 1, struct step_match);
    for (size_t i = 0; i < search.count; i++) {
        list[i] = search.list[i];
        list[i].is_kept = is_kept;
    }
    free(search.list);
    *matches = (struct step_matches){ .list = list,
                                      .count = search.count,
                                      .is_too_complex = search.is_too_complex };
    return matches;
}

const struct step_matches *registry_match(struct registry *registry, struct text text)
{
    struct cached_match *place = match_cache_find(&registry->cache, text);
    if (!place->matches) {
        struct text copy = arena_text(&registry->arena, text);
        match_cache_fill(&registry->cache, place, copy,
                         search_new(registry, copy, &registry->arena, true));
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
    uint32_t *seen = &registry->seen[hash % SEEN_SLOTS];
    if (*seen == (uint32_t)(hash >> 32) && registry->cache.count < KEPT_LIMIT) {
        return registry_match(registry, text);
    }
    *seen = (uint32_t)(hash >> 32);
    return search_new(registry, text, arena, false);
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
