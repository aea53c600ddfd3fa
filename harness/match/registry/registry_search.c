/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "format/regex.h"
#include "match/capture_tree.h"
#include "match/parameter_type.h"
#include "match/registry_parts.h"
#include "match/step_index.h"

enum { CANDIDATES_LIMIT = 64 };

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
    struct regex_capture captures[REGISTRY_CAPTURES_LIMIT];
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

const struct step_matches *registry_search(struct registry *registry, struct text text,
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
