/* SPDX-License-Identifier: MIT */
#include "match/registry.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "format/regex.h"
#include "match/capture_tree.h"
#include "match/parameter_type.h"
#include "match/step_index.h"

enum { RESULTS_AT_LEAST = 256, CAPTURES_LIMIT = 256, CANDIDATES_LIMIT = 64 };

struct registered {
    const struct step_definition *definition;
    struct expression expression;
    struct regex *regex; /* NULL until a text asks for it */
    struct capture_tree captures;
    bool is_broken; /* its pattern is too much for PCRE2 */
};

struct result {
    struct text text;
    uint64_t hash;
    struct step_matches matches;
};

struct registry {
    struct parameter_types *types;
    struct arena arena;
    struct step_index *index;
    struct registered *list;
    size_t count;
    size_t capacity;
    struct result **results; /* open addressing, never more than half full */
    size_t result_count;
    size_t result_capacity;
    struct regex *within; /* "within {duration} "; NULL where there is no such type */
};

/* A search in progress. */
struct search {
    struct registry *registry;
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
    free(registry->results);
    free(registry);
}

void registry_release(struct registry **registry)
{
    registry_free(*registry);
    *registry = NULL;
}

static void forget_results(struct registry *registry)
{
    free(registry->results);
    registry->results = NULL;
    registry->result_count = 0;
    registry->result_capacity = 0;
}

bool registry_add(struct registry *registry, const struct step_definition *definitions,
                  size_t count, struct expression_error *ret_error)
{
    forget_results(registry);
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

/* captures has one for each group of the pattern, the whole first. */
static void fill_arguments(struct search *search, const struct registered *registered,
                           const struct regex_capture *captures, struct step_match *match)
{
    struct arena *arena = &search->registry->arena;
    struct match_group whole;
    capture_tree_groups(&registered->captures, search->text, captures, arena, &whole);
    struct match_argument *arguments =
        ARENA_ARRAY(arena, whole.child_count + 1, struct match_argument);
    for (size_t i = 0; i < whole.child_count; i++) {
        const struct match_group *group = &whole.children[i];
        arguments[i] = (struct match_argument){
            .type_name = registered->expression.parameters[i]->name,
            .text = group->value,
            .start = group->start,
            .end = group->end,
            .group = *group,
        };
    }
    match->arguments = arguments;
    match->argument_count = whole.child_count;
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
                            .text = match.arguments[0].text,
                            .is_inner = true };
    search_run(&inner);
    search->is_too_complex |= inner.is_too_complex;
    if (inner.count == 1) {
        struct step_match *kept = ARENA_NEW(&search->registry->arena, struct step_match);
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
    memcpy(copy, borrowed, count * sizeof *copy); /* "afterwards" searches again */
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

static struct result **find_slot(struct registry *registry, struct text text, uint64_t hash)
{
    size_t mask = registry->result_capacity - 1;
    size_t at = (size_t)hash & mask;
    while (registry->results[at] && (registry->results[at]->hash != hash ||
                                     !text_equal(registry->results[at]->text, text))) {
        at = (at + 1) & mask;
    }
    return &registry->results[at];
}

static void grow_results(struct registry *registry)
{
    struct result **old = registry->results;
    size_t old_capacity = registry->result_capacity;
    registry->result_capacity = old_capacity ? old_capacity * 2 : RESULTS_AT_LEAST;
    registry->results = alloc_or_die(registry->result_capacity, sizeof(struct result *));
    for (size_t i = 0; i < old_capacity; i++) {
        if (old[i]) {
            *find_slot(registry, old[i]->text, old[i]->hash) = old[i];
        }
    }
    free(old);
}

const struct step_matches *registry_match(struct registry *registry, struct text text)
{
    if (registry->result_count * 2 >= registry->result_capacity) {
        grow_results(registry);
    }
    uint64_t hash = text_hash(text);
    struct result **slot = find_slot(registry, text, hash);
    if (*slot) {
        return &(*slot)->matches;
    }
    struct result *result = ARENA_NEW(&registry->arena, struct result);
    result->text = arena_text(&registry->arena, text);
    result->hash = hash;
    struct search search = { .registry = registry, .text = result->text };
    search_run(&search);
    struct step_match *list =
        ARENA_ARRAY(&registry->arena, search.count + 1, struct step_match);
    memcpy(list, search.list, search.count * sizeof *list);
    free(search.list);
    result->matches = (struct step_matches){ .list = list,
                                             .count = search.count,
                                             .is_too_complex = search.is_too_complex };
    *slot = result;
    registry->result_count++;
    return &result->matches;
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
