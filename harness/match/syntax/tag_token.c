/* SPDX-License-Identifier: MIT */
#include "match/syntax/tag_token.h"

#include <stdint.h>

#include "base/buffer.h"
#include "base/utf8.h"

/* Size of the white space at `at`; 0 where there is none. */
static size_t space_at(struct text source, size_t at)
{
    uint32_t code_point = 0;
    size_t size = utf8_decode(text_from(source, at), &code_point);
    return size > 0 && utf8_is_space(code_point) ? size : 0;
}

static bool is_parenthesis(char byte)
{
    return byte == '(' || byte == ')';
}

/* Adds what stands behind the \ at token->end, and moves behind it. */
static bool take_escaped(struct text source, struct arena *arena, struct tag_token *token,
                         struct buffer *tag, struct text *ret_reason)
{
    struct text rest = text_from(source, token->end + 1);
    size_t size = space_at(source, token->end + 1);
    if (size == 0 && rest.size > 0 && (is_parenthesis(rest.at[0]) || rest.at[0] == '\\')) {
        size = 1;
    }
    if (size == 0) {
        struct text wrong = text_slice(rest, 0, utf8_decode(rest, NULL));
        token->start = token->end;
        token->end += 1 + wrong.size;
        *ret_reason = arena_format(arena, "Illegal escape before \"%.*s\".", TEXT_ARG(wrong));
        return false;
    }
    buffer_add(tag, text_slice(rest, 0, size));
    token->end += 1 + size;
    return true;
}

static enum tag_token_type type_of_word(struct text word)
{
    if (text_is(word, "not")) {
        return TAG_TOKEN_NOT;
    }
    if (text_is(word, "and")) {
        return TAG_TOKEN_AND;
    }
    return text_is(word, "or") ? TAG_TOKEN_OR : TAG_TOKEN_TAG;
}

static bool take_word(struct text source, struct arena *arena, struct tag_token *token,
                      struct text *ret_reason)
{
    struct buffer tag CLEANUP(buffer_release);
    buffer_init(&tag, source.size + 1);
    while (token->end < source.size && space_at(source, token->end) == 0 &&
           !is_parenthesis(source.at[token->end])) {
        if (source.at[token->end] != '\\') {
            buffer_add_byte(&tag, source.at[token->end++]);
        } else if (!take_escaped(source, arena, token, &tag, ret_reason)) {
            return false;
        }
    }
    token->tag = arena_text(arena, buffer_text(&tag));
    token->type = type_of_word(text_slice(source, token->start, token->end));
    return true;
}

bool tag_token_next(struct text source, struct arena *arena, struct tag_token *token,
                    struct text *ret_reason)
{
    size_t space = space_at(source, token->end);
    while (space > 0) {
        token->end += space;
        space = space_at(source, token->end);
    }
    token->start = token->end;
    if (token->end >= source.size) {
        token->type = TAG_TOKEN_END;
        return true;
    }
    char byte = source.at[token->end];
    if (is_parenthesis(byte)) {
        token->type = byte == '(' ? TAG_TOKEN_OPEN : TAG_TOKEN_CLOSE;
        token->end++;
        return true;
    }
    return take_word(source, arena, token, ret_reason);
}
