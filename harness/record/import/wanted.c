/* SPDX-License-Identifier: MIT */
#include "record/import/wanted.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "exchange/url.h"
#include "match/composite.h"
#include "match/step_choice.h"

struct gathering {
    struct wanted_list *wanted;
    struct registry *registry;
    struct arena *arena;
    uint32_t line;
};

static void gather_match(struct gathering *gathering, const struct step_match *match,
                         const struct table *table, unsigned depth);

static struct text argument_of(const struct step_match *match, const char *type, size_t nth)
{
    for (size_t i = 0; i < match->argument_count; i++) {
        if (text_is(text_of(match->arguments[i].type_name), type) && nth-- == 0) {
            return match->arguments[i].text;
        }
    }
    return TEXT_EMPTY;
}

static struct text unquoted(struct text written)
{
    return written.size >= 2 ? text_slice(written, 1, written.size - 1) : TEXT_EMPTY;
}

static struct text path_of(struct text reference)
{
    struct url url;
    if (url_parse(reference, &url)) {
        return url.path.size ? url.path : TEXT("/");
    }
    size_t query = text_find_byte(reference, '?', 0);
    return text_slice(reference, 0, text_find_byte(text_slice(reference, 0, query), '#', 0));
}

static void add(struct gathering *gathering, struct wanted wanted)
{
    struct wanted_list *list = gathering->wanted;
    wanted.line = gathering->line;
    GROW(list->list, list->count, list->capacity);
    list->list[list->count++] = wanted;
}

/* "method PURGE" is the method PURGE. */
static struct text method_of(struct text written)
{
    struct text word = TEXT("method ");
    return text_starts_with(written, word) ? text_from(written, word.size) : written;
}

static void gather_request(struct gathering *gathering, const struct step_match *match)
{
    struct text expression = text_of(match->definition->expression);
    if (text_contains(expression, TEXT("send(s) {method} {string}"))) {
        add(gathering, (struct wanted){
                           .method = method_of(argument_of(match, "method", 0)),
                           .path = path_of(unquoted(argument_of(match, "string", 0))),
                       });
        return;
    }
    bool is_opening = text_contains(expression, TEXT("open(s) the {string} ")) ||
                      text_contains(expression, TEXT("open(s) a socket at {string}"));
    if (is_opening) {
        bool is_named = text_contains(expression, TEXT("the {string} "));
        struct text name = is_named ? unquoted(argument_of(match, "string", 0)) : TEXT_EMPTY;
        add(gathering,
            (struct wanted){ .method = TEXT("GET"),
                             .path = path_of(unquoted(argument_of(match, "string", is_named))),
                             .socket = name,
                             .is_socket = true });
    }
}

static void gather_rows(struct gathering *gathering, const struct table *table, unsigned depth)
{
    for (size_t i = 0; table && i < table->row_count; i++) {
        struct text text = text_trim(table->rows[i].cells[0].value);
        const struct step_matches *matches =
            registry_look(gathering->registry, text, gathering->arena);
        if (matches->count == 1) {
            gather_match(gathering, matches->list, NULL, depth + 1);
        }
    }
}

static void gather_match(struct gathering *gathering, const struct step_match *match,
                         const struct table *table, unsigned depth)
{
    const struct composite *composite = match->definition->composite;
    if (depth > COMPOSITE_DEPTH_LIMIT) {
        return;
    }
    if (match->inner) {
        gather_match(gathering, match->inner, table, depth + 1);
    } else if (match->definition->takes == TAKES_STEPS) {
        gather_rows(gathering, table, depth);
    } else if (!composite) {
        gather_request(gathering, match);
    }
    for (size_t i = 0; composite && i < composite->step_count; i++) {
        gather_match(gathering, composite->steps[i].match, composite->steps[i].pickle.table,
                     depth + 1);
    }
}

void wanted_init(struct wanted_list *wanted, const struct pickle *pickle,
                 struct registry *registry, struct arena *arena)
{
    struct gathering gathering = { .wanted = wanted, .registry = registry, .arena = arena };
    *wanted = (struct wanted_list){ 0 };
    for (size_t i = 0; i < pickle->step_count; i++) {
        struct pickle_step step = pickle_step(pickle, i);
        const struct step_matches *matches = registry_look(registry, step.text, arena);
        gathering.line = step.line;
        if (matches->count == 1) {
            gather_match(&gathering, matches->list, step.table, 0);
        }
    }
}

void wanted_release(struct wanted_list *wanted)
{
    free(wanted->list);
    *wanted = (struct wanted_list){ 0 };
}

/* The offset behind the ${…} at the offset, which may hold others. */
static size_t hole_end(struct text written, size_t at)
{
    size_t depth = 0;
    for (; at < written.size; at++) {
        depth += written.at[at] == '{';
        if (written.at[at] == '}' && --depth == 0) {
            return at + 1;
        }
    }
    return written.size;
}

/* Pieces between holes stand in the path in their order, the first at its start, the last at its
 * end. */
static bool fits(struct text written, struct text path)
{
    size_t at = 0;
    size_t start = 0;
    bool is_first = true;
    while (true) {
        size_t hole = text_find(written, TEXT("${"), start);
        struct text piece = text_slice(written, start, hole);
        bool is_last = hole == written.size;
        size_t found = is_first ? 0 : text_find(path, piece, at);
        if (is_last && !is_first) {
            return path.size >= at + piece.size && text_ends_with(path, piece);
        }
        if (found + piece.size > path.size ||
            !text_starts_with(text_from(path, found), piece)) {
            return false;
        }
        if (is_last) {
            return piece.size == path.size;
        }
        at = found + piece.size;
        start = hole_end(written, hole);
        is_first = false;
    }
}

bool wanted_path_fits(struct text written, struct text path, struct text prefix)
{
    if (fits(written, path)) {
        return true;
    }
    return prefix.size > 0 && text_starts_with(path, prefix) &&
           fits(written, text_from(path, prefix.size));
}
