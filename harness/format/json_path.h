/* SPDX-License-Identifier: MIT */
/*
 * JSONPath (RFC 9535), whole: child and descendant segments, names, indexes, slices, wildcards,
 * filters with their types checked, the functions length, count, match, search and value, and
 * I-Regexp (RFC 9485). A path is compiled once and may be used on any number of documents. The
 * work of one selection is bounded, so that no path can hang.
 */
#ifndef BDDRUN_FORMAT_JSON_PATH_H
#define BDDRUN_FORMAT_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "format/json.h"

struct json_path; /* heap; free with json_path_free */

/* Selected nodes in the order of RFC 9535, values of the document; a node selected twice is there
 * twice. The list itself is in the arena given to json_path_select. */
struct json_nodes {
    const struct json_value **list;
    size_t count;
};

enum {
    JSON_PATH_VISITS_LIMIT = 20000000, /* values looked at in one selection */
    JSON_PATH_NODES_LIMIT = 4000000,   /* nodes in one list */
    JSON_PATH_NESTING_LIMIT = 64       /* of parentheses, filters, functions */
};

/* path is copied. at: where it stands in a user's file, quotes included or not, or span_none();
 * a problem then points at the exact part. False with one problem of kind PROBLEM_INPUT. */
bool json_path_compile(struct text path, struct span at, struct json_path **ret_path,
                       struct problems *problems) MUST_CHECK;
void json_path_free(struct json_path *path);     /* NULL is allowed */
void json_path_release(struct json_path **path); /* for CLEANUP */

/* A path that can select one node at most: names and indexes only. */
bool json_path_is_singular(const struct json_path *path);

/* False when the work passed a limit; *ret_nodes is then untouched. */
bool json_path_select(const struct json_path *path, const struct json_value *root,
                      struct arena *arena, struct json_nodes *ret_nodes) MUST_CHECK;

/* Adds the normalised path ($['a'][0]) of a value of the document below root. */
void json_path_print(struct buffer *out, const struct json_value *root,
                     const struct json_value *value);

/* Adds one segment of it: ['name'] */
void json_path_print_name(struct buffer *out, struct text name);

#endif
