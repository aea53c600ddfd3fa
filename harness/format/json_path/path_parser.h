/* SPDX-License-Identifier: MIT */
/*
 * The state of parsing a JSONPath, shared by the files path_parse_*.c. Every function that returns
 * false or NULL has added the one problem.
 */
#ifndef BDDRUN_FORMAT_JSON_PATH_PATH_PARSER_H
#define BDDRUN_FORMAT_JSON_PATH_PATH_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "format/json_path/path_tree.h"

struct path_parser {
    struct json_path *path;
    struct text text;
    size_t at;
    unsigned depth;
    struct span place; /* of the path in the user's file */
    struct problems *problems;
};

/* The byte at the place, or offset bytes behind it; '\0' beyond the end (a NUL of the text itself
 * fits nowhere either). */
char path_peek(const struct path_parser *parser, size_t offset);
bool path_starts_with(const struct path_parser *parser, const char *word);
bool path_take(struct path_parser *parser, char byte); /* passes the byte if it stands here */
void path_skip_space(struct path_parser *parser);

/* Adds the problem "expected …, found …" at the place; false. */
bool path_expected(struct path_parser *parser, const char *what);

/* Adds a problem for the bytes from start to end; false. */
bool path_refuse(struct path_parser *parser, size_t start, size_t end, const char *hint,
                 const char *message);

/* One level deeper; false with a problem when that is too deep. */
bool path_enter(struct path_parser *parser);
void path_leave(struct path_parser *parser);

/* A string in single or double quotes. */
bool path_parse_string(struct path_parser *parser, struct text *ret_text);

/* An integer of selectors: no leading zeros, no -0, within ±(2^53 - 1). */
bool path_parse_integer(struct path_parser *parser, int64_t *ret_integer);

/* A member name behind a '.'. */
bool path_parse_name(struct path_parser *parser, struct text *ret_name);

/* A number, string, true, false or null; the word is known to start here. */
bool path_parse_literal(struct path_parser *parser, const struct json_value **ret_literal);
bool path_is_literal(const struct path_parser *parser);

/* $ or @ and its segments. */
bool path_parse_query(struct path_parser *parser, struct path_query **ret_query);

/* The logical expression behind '?'. */
bool path_parse_filter(struct path_parser *parser, struct path_expression **ret_filter);

/* literal, query or call. */
bool path_parse_operand(struct path_parser *parser, struct path_expression **ret_operand);

/* name(arguments), with their types checked; the name starts here. */
bool path_parse_call(struct path_parser *parser, struct path_expression **ret_call);

struct path_expression *path_expression_new(struct path_parser *parser,
                                            enum path_expression_kind kind, size_t start);

#endif
