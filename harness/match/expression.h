/* SPDX-License-Identifier: MIT */
/*
 * A Cucumber Expression, checked: its tree and the types of its parameters.
 * Reference: cucumber-expressions v20 (held to its test data).
 */
#ifndef BDDRUN_MATCH_EXPRESSION_H
#define BDDRUN_MATCH_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

struct buffer;
struct expression_node;
struct parameter_type;
struct parameter_types;

/* What is wrong with an expression. Offsets are bytes. Texts are static or in the arena given. */
struct expression_error {
    struct text expression;
    size_t start;
    size_t end;
    struct text problem; /* a sentence: "Alternative may not be empty." */
    struct text hint;    /* a sentence */
};

/* Adds the official message: column, expression, caret, problem, hint. */
void expression_error_print(struct buffer *out, const struct expression_error *error);

struct expression {
    struct text source;
    const struct expression_node *tree;
    struct parameter_types *types; /* borrowed */
    const struct parameter_type *const *parameters;
    size_t parameter_count;
};

/* In the arena; source is borrowed. */
bool expression_compile(struct text source, struct parameter_types *types, struct arena *arena,
                        struct expression *ret_expression,
                        struct expression_error *ret_error) MUST_CHECK;

/* "^…$", what cucumber-expressions makes of it; in the arena. Made when asked for: the patterns of
 * a whole vocabulary are long, and most are never used. */
struct text expression_pattern(const struct expression *expression, struct arena *arena);

#endif
