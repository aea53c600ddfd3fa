/* SPDX-License-Identifier: MIT */
/*
 * One evaluation of a JSONPath on a document, with its limits. Lists of nodes of the stages in
 * between are heap and freed as soon as the next stage is done.
 */
#ifndef BDDRUN_FORMAT_JSON_PATH_PATH_SELECT_H
#define BDDRUN_FORMAT_JSON_PATH_PATH_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "format/json_path/path_tree.h"

struct path_selection {
    const struct json_value *root;
    size_t visits;
    bool is_over_limit;
};

struct path_list {
    const struct json_value **list; /* heap */
    size_t count;
    size_t capacity;
};

void path_list_release(struct path_list *list);

/* The nodes of a query; current is what @ means. The list stops early when the limit is passed. */
struct path_list path_select(struct path_selection *selection, const struct path_query *query,
                             const struct json_value *current);

/* The node of a singular query, or NULL. */
const struct json_value *path_select_one(const struct path_selection *selection,
                                         const struct path_query *query,
                                         const struct json_value *current);

/* True when current passes the filter. */
bool path_test(struct path_selection *selection, const struct path_expression *expression,
               const struct json_value *current);

#endif
