/* SPDX-License-Identifier: MIT */
#include "coverage/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

uint64_t saturating_add(uint64_t a, uint64_t b)
{
    uint64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static int order(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

/* --- the four kinds --- */

static int compare_lines(const void *a, const void *b, const struct text *names)
{
    (void)names;
    const struct coverage_line *x = a;
    const struct coverage_line *y = b;
    return order(x->number, y->number);
}

static void join_lines(void *into, const void *from)
{
    struct coverage_line *line = into;
    line->count = saturating_add(line->count, ((const struct coverage_line *)from)->count);
}

const struct record_kind record_line = { sizeof(struct coverage_line), compare_lines,
                                         join_lines };

static int compare_branches(const void *a, const void *b, const struct text *names)
{
    const struct coverage_branch *x = a;
    const struct coverage_branch *y = b;
    int places = order(x->line, y->line);
    places = places ? places : order(x->block, y->block);
    if (places) {
        return places;
    }
    unsigned x_named = x->flags & BRANCH_NAMED;
    unsigned y_named = y->flags & BRANCH_NAMED;
    if (x_named && y_named) {
        return text_compare(names[x->id], names[y->id]);
    }
    return x_named != y_named ? order(x_named, y_named) : order(x->id, y->id);
}

/* What only one of the two says not to count is counted. */
static void join_branches(void *into, const void *from)
{
    const unsigned both = BRANCH_NEVER_EVALUATED | BRANCH_UNREACHABLE;
    struct coverage_branch *branch = into;
    const struct coverage_branch *other = from;
    branch->taken = saturating_add(branch->taken, other->taken);
    branch->flags =
        ((branch->flags | other->flags) & ~both) | (branch->flags & other->flags & both);
}

const struct record_kind record_branch = { sizeof(struct coverage_branch), compare_branches,
                                           join_branches };

static int compare_names(struct text a, struct text b)
{
    if (a.size != b.size || a.size == 0) {
        return order(a.size, b.size);
    }
    return memcmp(a.at, b.at, a.size);
}

static int compare_functions(const void *a, const void *b, const struct text *names)
{
    (void)names;
    const unsigned kinds = FUNCTION_GROUP | FUNCTION_BY_NAME;
    const struct coverage_function *x = a;
    const struct coverage_function *y = b;
    if ((x->flags & kinds) != (y->flags & kinds)) {
        return order(x->flags & kinds, y->flags & kinds);
    }
    int by_name = x->flags & FUNCTION_GROUP ? 0 : compare_names(x->name, y->name);
    bool has_line = !(x->flags & FUNCTION_BY_NAME);
    return by_name || !has_line ? by_name : order(x->line, y->line);
}

static bool is_whole(const struct coverage_function *function)
{
    return function->count > 0 && !(function->flags & FUNCTION_PARTIAL);
}

static unsigned join_flags(const struct coverage_function *a, const struct coverage_function *b)
{
    bool is_partial =
        !is_whole(a) && !is_whole(b) && ((a->flags | b->flags) & FUNCTION_PARTIAL);
    return (a->flags & (FUNCTION_GROUP | FUNCTION_BY_NAME)) |
           (is_partial ? FUNCTION_PARTIAL : 0) | (a->flags & b->flags & FUNCTION_UNMEASURED);
}

static void join_functions(void *into, const void *from)
{
    struct coverage_function *function = into;
    const struct coverage_function *other = from;
    function->flags = join_flags(function, other);
    function->count = saturating_add(function->count, other->count);
    if (function->line == 0 || (other->line && other->line < function->line)) {
        function->line = other->line;
    }
    if (other->end_line > function->end_line) {
        function->end_line = other->end_line;
    }
    if (other->name.size && compare_names(other->name, function->name) < 0) {
        function->name = other->name;
    }
}

const struct record_kind record_function = { sizeof(struct coverage_function),
                                             compare_functions, join_functions };

static int compare_blocks(const void *a, const void *b, const struct text *names)
{
    (void)names;
    const struct coverage_block *x = a;
    const struct coverage_block *y = b;
    int places = order(x->line, y->line);
    places = places ? places : order(x->column, y->column);
    places = places ? places : order(x->end_line, y->end_line);
    return places ? places : order(x->end_column, y->end_column);
}

static void join_blocks(void *into, const void *from)
{
    struct coverage_block *block = into;
    const struct coverage_block *other = from;
    block->is_disputed |= other->is_disputed || other->statements != block->statements;
    block->count = saturating_add(block->count, other->count);
}

const struct record_kind record_block = { sizeof(struct coverage_block), compare_blocks,
                                          join_blocks };

/* --- arrays --- */

struct sorting {
    const struct record_kind *kind;
    const struct text *names;
};

static int compare_sorting(const void *a, const void *b, void *context)
{
    const struct sorting *sorting = context;
    return sorting->kind->compare(a, b, sorting->names);
}

static bool is_sorted(const struct record_kind *kind, const char *list, size_t count,
                      const struct text *names)
{
    for (size_t i = 1; i < count; i++) {
        const char *at = list + i * kind->size_bytes;
        if (kind->compare(at - kind->size_bytes, at, names) >= 0) {
            return false;
        }
    }
    return true;
}

size_t records_coalesce(const struct record_kind *kind, void *list, size_t count,
                        const struct text *names)
{
    if (is_sorted(kind, list, count, names)) {
        return count;
    }
    struct sorting sorting = { kind, names };
    qsort_r(list, count, kind->size_bytes, compare_sorting, &sorting);
    char *last = list;
    for (size_t i = 1; i < count; i++) {
        const char *at = (const char *)list + i * kind->size_bytes;
        if (kind->compare(last, at, names) == 0) {
            kind->join(last, at);
            continue;
        }
        last += kind->size_bytes;
        memmove(last, at, kind->size_bytes);
    }
    return (size_t)(last - (char *)list) / kind->size_bytes + 1;
}

void *records_union(const struct record_kind *kind, struct records a, struct records b,
                    const struct text *names, size_t *ret_count)
{
    size_t size = kind->size_bytes;
    const char *x = a.at;
    const char *y = b.at;
    const char *x_end = x + a.count * size;
    const char *y_end = y + b.count * size;
    char *list = realloc_or_die(NULL, a.count + b.count + 1, size);
    char *out = list;
    while (x < x_end || y < y_end) {
        int which = x == x_end ? 1 : y == y_end ? -1 : kind->compare(x, y, names);
        memcpy(out, which <= 0 ? x : y, size);
        if (which == 0) {
            kind->join(out, y);
        }
        x += which <= 0 ? size : 0;
        y += which >= 0 ? size : 0;
        out += size;
    }
    *ret_count = (size_t)(out - list) / size;
    return *ret_count < a.count + b.count ? realloc_or_die(list, *ret_count + 1, size) : list;
}
