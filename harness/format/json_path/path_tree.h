/* SPDX-License-Identifier: MIT */
/*
 * A compiled JSONPath: what the parser makes and the evaluation walks. All in the arena of its
 * struct json_path; compiled regular expressions are heap and freed with it. Names follow the
 * grammar of RFC 9535.
 */
#ifndef BDDRUN_FORMAT_JSON_PATH_PATH_TREE_H
#define BDDRUN_FORMAT_JSON_PATH_PATH_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/json.h"
#include "format/regex.h"

enum path_selector_kind {
    PATH_SELECT_NAME,
    PATH_SELECT_WILDCARD,
    PATH_SELECT_INDEX,
    PATH_SELECT_SLICE,
    PATH_SELECT_FILTER
};

struct path_slice {
    int64_t start;
    int64_t end;
    int64_t step;
    bool has_start;
    bool has_end;
};

struct path_expression;

struct path_selector {
    struct path_selector *next;
    enum path_selector_kind kind;
    struct text name;
    int64_t index;
    struct path_slice slice;
    struct path_expression *filter;
};

struct path_segment {
    struct path_segment *next;
    struct path_selector *selectors;
    bool is_descendant;
};

struct path_query {
    struct path_segment *segments;
    bool is_relative; /* starts with @ */
    bool is_singular;
};

enum path_expression_kind {
    PATH_OR,
    PATH_AND,
    PATH_NOT,
    PATH_COMPARE,
    PATH_QUERY,
    PATH_LITERAL,
    PATH_CALL
};

enum path_comparison {
    PATH_EQUAL,
    PATH_NOT_EQUAL,
    PATH_LESS_OR_EQUAL,
    PATH_GREATER_OR_EQUAL,
    PATH_LESS,
    PATH_GREATER
};

enum path_type { PATH_TYPE_VALUE, PATH_TYPE_LOGICAL, PATH_TYPE_NODES };

enum { PATH_ARGUMENTS_LIMIT = 2 };

enum path_function_id { PATH_LENGTH, PATH_COUNT, PATH_MATCH, PATH_SEARCH, PATH_VALUE };

struct path_function {
    struct text name;
    enum path_function_id id;
    enum path_type result;
    size_t argument_count;
    enum path_type arguments[PATH_ARGUMENTS_LIMIT];
};

/* The function with this name, or NULL. */
const struct path_function *path_function_find(struct text name);

struct path_expression {
    enum path_expression_kind kind;
    enum path_comparison comparison; /* of COMPARE */
    size_t start;                    /* bytes in the path */
    size_t end;
    struct path_expression *left; /* of NOT the only one */
    struct path_expression *right;
    struct path_query *query;
    const struct json_value *literal;
    const struct path_function *function;
    struct path_expression *arguments[PATH_ARGUMENTS_LIMIT];
    struct regex *regex; /* of match and search with a literal pattern */
};

struct path_regex {
    struct path_regex *next;
    struct regex *regex;
};

struct json_path {
    struct arena arena;
    struct text text;
    struct path_query *query;
    struct path_regex *regexes; /* to be freed */
};

#endif
