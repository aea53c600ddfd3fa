/* SPDX-License-Identifier: MIT */
/*
 * JSON (RFC 8259, strictly) as a stream of tokens, pulled one by one; what large documents are read
 * with that need no tree. The source is borrowed. The grammar is checked: a token that does not fit
 * is a problem with its place. Invalid UTF-8, control characters in strings and nesting beyond the
 * limit are refused; numbers may be of any size; lone surrogates may be written as escapes.
 */
#ifndef BDDRUN_FORMAT_JSON_JSON_READER_H
#define BDDRUN_FORMAT_JSON_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

enum json_token_type {
    JSON_TOKEN_NULL,
    JSON_TOKEN_FALSE,
    JSON_TOKEN_TRUE,
    JSON_TOKEN_NUMBER,
    JSON_TOKEN_STRING,
    JSON_TOKEN_KEY, /* the string before a ':', which is consumed with it */
    JSON_TOKEN_BEGIN_ARRAY,
    JSON_TOKEN_END_ARRAY,
    JSON_TOKEN_BEGIN_OBJECT,
    JSON_TOKEN_END_OBJECT,
    JSON_TOKEN_END /* of the document; returned again and again */
};

struct json_token {
    enum json_token_type type;
    size_t start; /* bytes in the source; of a string with its quotes */
    size_t end;
    bool has_escapes;
};

enum json_expected {
    JSON_EXPECTED_VALUE,
    JSON_EXPECTED_ITEM_OR_END,
    JSON_EXPECTED_KEY,
    JSON_EXPECTED_KEY_OR_END,
    JSON_EXPECTED_COMMA_OR_END,
    JSON_EXPECTED_NOTHING
};

struct json_reader {
    const struct source *source;
    size_t at;
    enum json_expected expected;
    struct buffer open; /* '[' or '{' of each level */
};

void json_reader_init(struct json_reader *reader, const struct source *source,
                      size_t depth_limit);
void json_reader_release(struct json_reader *reader);

/* The next token; false with one problem, after which the reader must not be used again. */
bool json_reader_next(struct json_reader *reader, struct json_token *ret_token,
                      struct problems *problems) MUST_CHECK;

/* The text of a STRING or KEY token without quotes: borrowed from the source where it has no
 * escapes, otherwise decoded into the arena. */
struct text json_reader_text(const struct json_reader *reader, struct json_token token,
                             struct arena *arena);

#endif
