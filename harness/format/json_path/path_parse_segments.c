/* SPDX-License-Identifier: MIT */
/* Queries, segments and selectors: RFC 9535, sections 2.2 to 2.5. */
#include "format/json_path/path_parser.h"

static bool parse_bound(struct path_parser *parser, int64_t *bound, bool *has_bound)
{
    char c = path_peek(parser, 0);
    if (c != '-' && !(c >= '0' && c <= '9')) {
        return true;
    }
    *has_bound = true;
    if (!path_parse_integer(parser, bound)) {
        return false;
    }
    path_skip_space(parser);
    return true;
}

/* Behind the first ':'. */
static bool parse_slice(struct path_parser *parser, struct path_slice *slice)
{
    bool has_step = false;
    slice->step = 1;
    path_skip_space(parser);
    if (!parse_bound(parser, &slice->end, &slice->has_end)) {
        return false;
    }
    if (!path_take(parser, ':')) {
        return true;
    }
    path_skip_space(parser);
    return parse_bound(parser, &slice->step, &has_step);
}

static bool parse_index_or_slice(struct path_parser *parser, struct path_selector *selector)
{
    struct path_slice *slice = &selector->slice;
    if (!parse_bound(parser, &slice->start, &slice->has_start)) {
        return false;
    }
    if (path_take(parser, ':')) {
        selector->kind = PATH_SELECT_SLICE;
        return parse_slice(parser, slice);
    }
    selector->kind = PATH_SELECT_INDEX;
    selector->index = slice->start;
    return slice->has_start || path_expected(parser, "a selector (a quoted name, an index, a "
                                                     "slice, '*' or '?')");
}

static bool parse_filter_selector(struct path_parser *parser, struct path_selector *selector)
{
    selector->kind = PATH_SELECT_FILTER;
    path_skip_space(parser);
    if (!path_enter(parser) || !path_parse_filter(parser, &selector->filter)) {
        return false;
    }
    path_leave(parser);
    return true;
}

static bool parse_selector(struct path_parser *parser, struct path_selector **ret_selector)
{
    struct path_selector *selector = ARENA_NEW(&parser->path->arena, struct path_selector);
    *ret_selector = selector;
    char c = path_peek(parser, 0);
    if (c == '\'' || c == '"') {
        selector->kind = PATH_SELECT_NAME;
        return path_parse_string(parser, &selector->name);
    }
    if (path_take(parser, '*')) {
        selector->kind = PATH_SELECT_WILDCARD;
        return true;
    }
    if (path_take(parser, '?')) {
        return parse_filter_selector(parser, selector);
    }
    return parse_index_or_slice(parser, selector);
}

/* Behind '['. */
static bool parse_brackets(struct path_parser *parser, struct path_segment *segment)
{
    struct path_selector **last = &segment->selectors;
    do {
        path_skip_space(parser);
        if (!parse_selector(parser, last)) {
            return false;
        }
        last = &(*last)->next;
        path_skip_space(parser);
    } while (path_take(parser, ','));
    return path_take(parser, ']') || path_expected(parser, "',' or ']'");
}

/* Behind '.' or '..'. */
static bool parse_shorthand(struct path_parser *parser, struct path_segment *segment)
{
    struct path_selector *selector = ARENA_NEW(&parser->path->arena, struct path_selector);
    segment->selectors = selector;
    if (path_take(parser, '*')) {
        selector->kind = PATH_SELECT_WILDCARD;
        return true;
    }
    selector->kind = PATH_SELECT_NAME;
    return path_parse_name(parser, &selector->name);
}

static bool parse_segment(struct path_parser *parser, struct path_segment *segment)
{
    if (path_take(parser, '[')) {
        return parse_brackets(parser, segment);
    }
    path_take(parser, '.');
    segment->is_descendant = path_take(parser, '.');
    if (segment->is_descendant && path_take(parser, '[')) {
        return parse_brackets(parser, segment);
    }
    return parse_shorthand(parser, segment);
}

static bool is_singular(const struct path_segment *segment)
{
    const struct path_selector *selector = segment->selectors;
    return !segment->is_descendant && !selector->next &&
           (selector->kind == PATH_SELECT_NAME || selector->kind == PATH_SELECT_INDEX);
}

bool path_parse_query(struct path_parser *parser, struct path_query **ret_query)
{
    struct path_query *query = ARENA_NEW(&parser->path->arena, struct path_query);
    query->is_relative = path_peek(parser, 0) == '@';
    query->is_singular = true;
    parser->at++;
    struct path_segment **last = &query->segments;
    for (;;) {
        size_t before_space = parser->at;
        path_skip_space(parser);
        char c = path_peek(parser, 0);
        if (c != '[' && c != '.') {
            parser->at = before_space;
            break;
        }
        *last = ARENA_NEW(&parser->path->arena, struct path_segment);
        if (!parse_segment(parser, *last)) {
            return false;
        }
        query->is_singular = query->is_singular && is_singular(*last);
        last = &(*last)->next;
    }
    *ret_query = query;
    return true;
}
