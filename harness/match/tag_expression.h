/* SPDX-License-Identifier: MIT */
/*
 * Tag expressions: "@smoke and not (@slow or @flaky)". Precedence: not, and, or. \( \) \\ and
 * an escaped blank stand for themselves in a tag. The empty expression is true.
 * Reference: cucumber/tag-expressions v11 (held to its test data).
 */
#ifndef BDDRUN_MATCH_TAG_EXPRESSION_H
#define BDDRUN_MATCH_TAG_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

struct buffer;
struct tag_expression; /* in an arena */

enum { TAG_EXPRESSION_DEPTH_LIMIT = 100, TAG_EXPRESSION_LIMIT_BYTES = 32768 };

struct tag_expression_error {
    size_t start; /* bytes of the expression, the token that is wrong */
    size_t end;
    struct text reason; /* "Expected operand."; static or in the arena */
};

/* In the arena; borrows nothing. */
bool tag_expression_parse(struct text source, struct arena *arena,
                          const struct tag_expression **ret_expression,
                          struct tag_expression_error *ret_error) MUST_CHECK;

/* Adds the official message: Tag expression "…" could not be parsed because of …. */
void tag_expression_error_print(struct buffer *out, struct text source,
                                const struct tag_expression_error *error);

/* tags with their @. */
bool tag_expression_is_true(const struct tag_expression *expression, const struct text *tags,
                            size_t count);

/* Adds the canonical form: "( @a and not ( @b ) )". */
void tag_expression_print(struct buffer *out, const struct tag_expression *expression);

/* Calls visit for every tag that the expression names, left to right: for tags that no scenario
 * has. */
void tag_expression_each_tag(const struct tag_expression *expression,
                             void (*visit)(struct text tag, void *context), void *context);

#endif
