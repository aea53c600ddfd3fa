/* SPDX-License-Identifier: MIT */
#include "match/syntax/expression_token.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "match/expression.h"

struct tokenizer {
    struct text source;
    struct expression_token *list; /* room for every byte and both ends */
    size_t count;
    char *texts; /* room for every byte; tokens' texts follow each other */
    size_t texts_size;
};

static enum expression_token_type type_of(uint32_t code_point)
{
    switch (code_point) {
    case '(':
        return EXPRESSION_TOKEN_BEGIN_OPTIONAL;
    case ')':
        return EXPRESSION_TOKEN_END_OPTIONAL;
    case '{':
        return EXPRESSION_TOKEN_BEGIN_PARAMETER;
    case '}':
        return EXPRESSION_TOKEN_END_PARAMETER;
    case '/':
        return EXPRESSION_TOKEN_ALTERNATION;
    default:
        return utf8_is_space(code_point) ? EXPRESSION_TOKEN_WHITE_SPACE : EXPRESSION_TOKEN_TEXT;
    }
}

static bool fail(struct text source, size_t start, size_t end, struct text problem,
                 struct text hint, struct expression_error *ret_error)
{
    *ret_error = (struct expression_error){
        .expression = source, .start = start, .end = end, .problem = problem, .hint = hint
    };
    return false;
}

/* The code point at `at`, or the single byte where it is not UTF-8. Never 0 before the end. */
static size_t decode(struct text source, size_t at, uint32_t *ret_code_point)
{
    size_t size = utf8_decode(text_from(source, at), ret_code_point);
    if (size == 0 && at < source.size) {
        *ret_code_point = 0xFFFD;
        return 1;
    }
    return size;
}

static void add_end(struct tokenizer *tokenizer, enum expression_token_type type, size_t at)
{
    tokenizer->list[tokenizer->count++] =
        (struct expression_token){ .type = type, .text = TEXT_EMPTY, .start = at, .end = at };
}

/* Texts and white space grow; every other token is of one character. */
static void add(struct tokenizer *tokenizer, enum expression_token_type type, size_t start,
                size_t end, size_t size)
{
    struct expression_token *last = &tokenizer->list[tokenizer->count - 1];
    char *at = tokenizer->texts + tokenizer->texts_size;
    memcpy(at, tokenizer->source.at + end - size, size);
    tokenizer->texts_size += size;
    bool grows = type == EXPRESSION_TOKEN_TEXT || type == EXPRESSION_TOKEN_WHITE_SPACE;
    if (grows && last->type == type) {
        last->end = end;
        last->text.size += size;
        return;
    }
    tokenizer->list[tokenizer->count++] = (struct expression_token){
        .type = type, .text = { at, size }, .start = start, .end = end
    };
}

static bool add_escaped(struct tokenizer *tokenizer, size_t start, size_t *ret_end,
                        struct expression_error *ret_error)
{
    uint32_t code_point = 0;
    size_t size = decode(tokenizer->source, start + 1, &code_point);
    if (size == 0) {
        return fail(tokenizer->source, start, start + 1,
                    TEXT("The end of line can not be escaped."),
                    TEXT("You can use '\\\\' to escape the '\\'"), ret_error);
    }
    if (code_point != '\\' && type_of(code_point) == EXPRESSION_TOKEN_TEXT) {
        return fail(
            tokenizer->source, start + 1, start + 1 + size,
            TEXT("Only the characters '{', '}', '(', ')', '\\', '/' and whitespace can be "
                 "escaped."),
            TEXT("If you did mean to use an '\\' you can use '\\\\' to escape it"), ret_error);
    }
    *ret_end = start + 1 + size;
    add(tokenizer, EXPRESSION_TOKEN_TEXT, start, *ret_end, size);
    return true;
}

bool expression_tokenize(struct text source, struct arena *arena, struct arena *scratch,
                         struct expression_tokens *ret_tokens,
                         struct expression_error *ret_error)
{
    if (source.size > EXPRESSION_LIMIT_BYTES) {
        return fail(source, 0, 0, TEXT("The expression is too long."),
                    TEXT("Use fewer than 8192 bytes"), ret_error);
    }
    struct tokenizer tokenizer = { .source = source };
    tokenizer.list = ARENA_ARRAY(scratch, source.size + 2, struct expression_token);
    tokenizer.texts = ARENA_ARRAY(arena, source.size + 1, char);
    add_end(&tokenizer, EXPRESSION_TOKEN_START_OF_LINE, 0);
    for (size_t at = 0; at < source.size;) {
        if (source.at[at] == '\\') {
            if (!add_escaped(&tokenizer, at, &at, ret_error)) {
                return false;
            }
            continue;
        }
        uint32_t code_point = 0;
        size_t size = decode(source, at, &code_point);
        add(&tokenizer, type_of(code_point), at, at + size, size);
        at += size;
    }
    add_end(&tokenizer, EXPRESSION_TOKEN_END_OF_LINE, source.size);
    *ret_tokens = (struct expression_tokens){ tokenizer.list, tokenizer.count };
    return true;
}

const char *expression_token_type_name(enum expression_token_type type)
{
    static const char *const names[] = {
        [EXPRESSION_TOKEN_START_OF_LINE] = "START_OF_LINE",
        [EXPRESSION_TOKEN_END_OF_LINE] = "END_OF_LINE",
        [EXPRESSION_TOKEN_WHITE_SPACE] = "WHITE_SPACE",
        [EXPRESSION_TOKEN_BEGIN_OPTIONAL] = "BEGIN_OPTIONAL",
        [EXPRESSION_TOKEN_END_OPTIONAL] = "END_OPTIONAL",
        [EXPRESSION_TOKEN_BEGIN_PARAMETER] = "BEGIN_PARAMETER",
        [EXPRESSION_TOKEN_END_PARAMETER] = "END_PARAMETER",
        [EXPRESSION_TOKEN_ALTERNATION] = "ALTERNATION",
        [EXPRESSION_TOKEN_TEXT] = "TEXT",
    };
    return names[type];
}
