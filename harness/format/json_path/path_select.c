/* SPDX-License-Identifier: MIT */
/* Segments and selectors applied: RFC 9535, sections 2.3 and 2.5. */
#include "format/json_path/path_select.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "format/json_path.h"

void path_list_release(struct path_list *list)
{
    free(list->list);
    *list = (struct path_list){ 0 };
}

static void add(struct path_selection *selection, struct path_list *list,
                const struct json_value *value)
{
    if (list->count == JSON_PATH_NODES_LIMIT) {
        selection->is_over_limit = true;
        return;
    }
    GROW(list->list, list->count, list->capacity);
    list->list[list->count++] = value;
}

static bool may_visit(struct path_selection *selection)
{
    if (++selection->visits > JSON_PATH_VISITS_LIMIT) {
        selection->is_over_limit = true;
    }
    return !selection->is_over_limit;
}

static size_t child_count(const struct json_value *value)
{
    return value->type == JSON_ARRAY || value->type == JSON_OBJECT ? value->count : 0;
}

static const struct json_value *find_index(const struct json_value *value, int64_t index)
{
    if (index < 0) {
        index += (int64_t)value->count;
    }
    return index < 0 ? NULL : json_item(value, (size_t)index);
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

struct bounds {
    int64_t start;
    int64_t end;
};

/* Section 2.3.4.2.2: the bounds of a slice, normalised and clamped. */
static struct bounds slice_bounds(const struct path_slice *slice, int64_t count)
{
    bool is_forward = slice->step > 0;
    int64_t low = is_forward ? 0 : -1;
    int64_t start = is_forward ? 0 : count - 1;
    int64_t end = is_forward ? count : -count - 1;
    start = slice->has_start ? slice->start : start;
    end = slice->has_end ? slice->end : end;
    start += start < 0 ? count : 0;
    end += end < 0 ? count : 0;
    return (struct bounds){ clamp(start, low, count + low), clamp(end, low, count + low) };
}

static void select_slice(struct path_selection *selection, const struct path_slice *slice,
                         const struct json_value *value, struct path_list *out)
{
    if (value->type != JSON_ARRAY || slice->step == 0) {
        return;
    }
    /* A step of up to 2^53 - 1 from an index below 2^32 does not overflow. */
    struct bounds bounds = slice_bounds(slice, (int64_t)value->count);
    int64_t i = bounds.start;
    while ((slice->step > 0 ? i < bounds.end : i > bounds.end) && may_visit(selection)) {
        add(selection, out, &value->children[i]);
        i += slice->step;
    }
}

static void select_children(struct path_selection *selection,
                            const struct path_expression *filter,
                            const struct json_value *value, struct path_list *out)
{
    size_t count = child_count(value);
    for (size_t i = 0; i < count && may_visit(selection); i++) {
        const struct json_value *child = &value->children[i];
        if (!filter || path_test(selection, filter, child)) {
            add(selection, out, child);
        }
    }
}

static void apply(struct path_selection *selection, const struct path_selector *selector,
                  const struct json_value *value, struct path_list *out)
{
    const struct json_value *found = NULL;
    switch (selector->kind) {
    case PATH_SELECT_NAME:
        found = json_member(value, selector->name);
        break;
    case PATH_SELECT_INDEX:
        found = find_index(value, selector->index);
        break;
    case PATH_SELECT_SLICE:
        select_slice(selection, &selector->slice, value, out);
        break;
    case PATH_SELECT_WILDCARD:
    case PATH_SELECT_FILTER:
        select_children(selection, selector->filter, value, out);
        break;
    }
    if (found) {
        add(selection, out, found);
    }
}

/* value itself and, of a descendant segment, all below it, parents first. Recursion is bounded by
 * the depth of the document. */
static void apply_segment(struct path_selection *selection, const struct path_segment *segment,
                          const struct json_value *value, struct path_list *out)
{
    if (!may_visit(selection)) {
        return;
    }
    for (const struct path_selector *s = segment->selectors; s; s = s->next) {
        apply(selection, s, value, out);
    }
    if (!segment->is_descendant) {
        return;
    }
    size_t count = child_count(value);
    for (size_t i = 0; i < count && !selection->is_over_limit; i++) {
        if (child_count(&value->children[i])) {
            apply_segment(selection, segment, &value->children[i], out);
        }
    }
}

struct path_list path_select(struct path_selection *selection, const struct path_query *query,
                             const struct json_value *current)
{
    struct path_list nodes = { 0 };
    add(selection, &nodes, query->is_relative ? current : selection->root);
    for (const struct path_segment *s = query->segments; s; s = s->next) {
        struct path_list next = { 0 };
        for (size_t i = 0; i < nodes.count && !selection->is_over_limit; i++) {
            apply_segment(selection, s, nodes.list[i], &next);
        }
        path_list_release(&nodes);
        nodes = next;
    }
    return nodes;
}

const struct json_value *path_select_one(const struct path_selection *selection,
                                         const struct path_query *query,
                                         const struct json_value *current)
{
    const struct json_value *value = query->is_relative ? current : selection->root;
    for (const struct path_segment *s = query->segments; s && value; s = s->next) {
        const struct path_selector *selector = s->selectors;
        value = selector->kind == PATH_SELECT_NAME ? json_member(value, selector->name)
                                                   : find_index(value, selector->index);
    }
    return value;
}
