/* SPDX-License-Identifier: MIT */
/*
 * The tokens of a tag expression, one at a time.
 */
#ifndef BDDRUN_MATCH_SYNTAX_TAG_TOKEN_H
#define BDDRUN_MATCH_SYNTAX_TAG_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

enum tag_token_type {
    TAG_TOKEN_END,
    TAG_TOKEN_TAG,
    TAG_TOKEN_NOT,
    TAG_TOKEN_AND,
    TAG_TOKEN_OR,
    TAG_TOKEN_OPEN,
    TAG_TOKEN_CLOSE
};

struct tag_token {
    enum tag_token_type type;
    struct text tag; /* without escapes; in the arena */
    size_t start;    /* bytes of the source */
    size_t end;
};

/* Makes *token the one behind it; the first of a token of zeros. False for an illegal escape: the
 * token then spans it and *ret_reason says so. */
bool tag_token_next(struct text source, struct arena *arena, struct tag_token *token,
                    struct text *ret_reason) MUST_CHECK;

#endif
