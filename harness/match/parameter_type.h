/* SPDX-License-Identifier: MIT */
/*
 * Parameter types of Cucumber Expressions: the built-in ones and tables of own ones, whose patterns
 * may insert building blocks as <NAME> (each as a non-capturing group). Patterns are expanded when
 * first asked for. Reference: cucumber-expressions v20.
 */
#ifndef BDDRUN_MATCH_PARAMETER_TYPE_H
#define BDDRUN_MATCH_PARAMETER_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

enum parameter_kind { PARAMETER_TEXT, PARAMETER_STRING, PARAMETER_INTEGER, PARAMETER_FLOAT };

/* A row of a table of types: a building block (name in capitals) or a parameter type. */
struct parameter_pattern {
    const char *name;
    const char *pattern;
    bool is_block;
    const char *sample; /* a text that it matches; NULL for a block */
};

struct parameter_type {
    const char *name;
    const char *patterns[2]; /* expanded; the second may be NULL */
    enum parameter_kind kind;
    const char *sample;
};

struct parameter_types; /* heap */

/* The built-in types: int float word string "" double bigdecimal byte short long biginteger. */
struct parameter_types *parameter_types_new(void);
void parameter_types_free(struct parameter_types *types); /* NULL is allowed */
void parameter_types_release(struct parameter_types **types);

/* Adds a table, borrowed. A name that is taken already is replaced. Wrong
 * tables are bugs, found when the pattern is asked for. */
void parameter_types_add(struct parameter_types *types,
                         const struct parameter_pattern *patterns, size_t count);

/* NULL where there is none. Lives as long as types. */
const struct parameter_type *parameter_types_find(struct parameter_types *types,
                                                  struct text name);

/* The pattern of a building block, expanded; NULL where there is none. */
const char *parameter_types_block(struct parameter_types *types, const char *name);

/* What the argument of a type means as text: a string without its quotes and escapes, a number as a
 * JSON number ("+.5" is "0.5"), anything else as it is. In the arena where it differs. */
struct text parameter_value(const struct parameter_type *type, struct text argument,
                            struct arena *arena);

#endif
