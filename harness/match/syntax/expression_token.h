/* SPDX-License-Identifier: MIT */
/*
 * The tokens of a Cucumber Expression. They and their texts live in the arena given; offsets are
 * bytes of the source, escapes included.
 */
#ifndef BDDRUN_MATCH_SYNTAX_EXPRESSION_TOKEN_H
#define BDDRUN_MATCH_SYNTAX_EXPRESSION_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

struct expression_error;

enum { EXPRESSION_LIMIT_BYTES = 8192 };

enum expression_token_type {
    EXPRESSION_TOKEN_START_OF_LINE,
    EXPRESSION_TOKEN_END_OF_LINE,
    EXPRESSION_TOKEN_WHITE_SPACE,
    EXPRESSION_TOKEN_BEGIN_OPTIONAL,
    EXPRESSION_TOKEN_END_OPTIONAL,
    EXPRESSION_TOKEN_BEGIN_PARAMETER,
    EXPRESSION_TOKEN_END_PARAMETER,
    EXPRESSION_TOKEN_ALTERNATION,
    EXPRESSION_TOKEN_TEXT
};

struct expression_token {
    enum expression_token_type type;
    struct text text; /* without escapes */
    size_t start;
    size_t end;
};

/* The first token is the start of the line, the last its end. */
struct expression_tokens {
    const struct expression_token *list;
    size_t count;
};

/* The list is in `scratch`, its texts in `arena`. */
bool expression_tokenize(struct text source, struct arena *arena, struct arena *scratch,
                         struct expression_tokens *ret_tokens,
                         struct expression_error *ret_error) MUST_CHECK;

/* "START_OF_LINE", "TEXT", …: as in the reference. */
const char *expression_token_type_name(enum expression_token_type type);

#endif
