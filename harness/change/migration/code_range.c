/* SPDX-License-Identifier: MIT */
#include "change/migration/code.h"

static bool opens(const struct token *token)
{
    return token->kind == TOKEN_SIGN &&
           (text_is(token->text, "(") || text_is(token->text, "[") ||
            text_is(token->text, "{"));
}

static bool closes(const struct token *token)
{
    return token->kind == TOKEN_SIGN &&
           (text_is(token->text, ")") || text_is(token->text, "]") ||
            text_is(token->text, "}"));
}

/* Behind the bracket that closes the one at `at`. */
static size_t behind_brackets(const struct code_reading *reading, size_t at)
{
    size_t depth = 0;
    for (; at < reading->end; at++) {
        depth += opens(&reading->list[at]);
        if (closes(&reading->list[at]) && --depth == 0) {
            return at + 1;
        }
    }
    return reading->end;
}

/* Whether a statement goes on over the end of the line at `at`. */
static bool goes_on(const struct code_reading *reading, size_t at)
{
    const struct token *before = at > 0 ? &reading->list[at - 1] : NULL;
    if (before && (token_is_sign(before, ",") || token_is_sign(before, "\\"))) {
        return true;
    }
    while (at < reading->end && reading->list[at].kind == TOKEN_LINE) {
        at++;
    }
    return at < reading->end &&
           (token_is_sign(&reading->list[at], ".") || token_is_sign(&reading->list[at], "->"));
}

static size_t end_of_statement(const struct code_reading *reading, size_t at)
{
    size_t depth = 0;
    for (; at < reading->end; at++) {
        const struct token *token = &reading->list[at];
        if (opens(token)) {
            depth++;
        } else if (closes(token)) {
            if (depth == 0) {
                return at;
            }
            depth--;
        } else if (depth == 0 && (token_is_sign(token, ";") ||
                                  (token->kind == TOKEN_LINE && !goes_on(reading, at)))) {
            return at;
        }
    }
    return at;
}

/* Behind the calls that are chained to what ends at `at`: ".b(…)", "->c(…)". */
static size_t behind_chain(const struct code_reading *reading, size_t at)
{
    for (;;) {
        size_t next = at;
        while (next < reading->end && reading->list[next].kind == TOKEN_LINE) {
            next++;
        }
        if (next + 1 >= reading->end || (!token_is_sign(&reading->list[next], ".") &&
                                         !token_is_sign(&reading->list[next], "->"))) {
            return at;
        }
        at = next + 2;
        if (at < reading->end && token_is_sign(&reading->list[at], "(")) {
            at = behind_brackets(reading, at);
        }
    }
}

static bool is_sign_at(const struct code_reading *reading, size_t at, const char *sign)
{
    return at < reading->end && token_is_sign(&reading->list[at], sign);
}

struct token_cursor code_words_of(const struct code_reading *reading, size_t at)
{
    size_t end = is_sign_at(reading, at + 1, "(")
                     ? behind_chain(reading, behind_brackets(reading, at + 1))
                     : end_of_statement(reading, at + 1);
    return (struct token_cursor){ reading->list + at + 1, reading->list + end };
}

/* The first `do` of the statement; where there are parentheses, right behind them. */
static size_t start_of_block(const struct code_reading *reading, size_t at)
{
    struct token_cursor words = code_words_of(reading, at);
    size_t end = (size_t)(words.end - reading->list);
    if (is_sign_at(reading, at + 1, "(")) {
        bool has_block = end < reading->end && token_is_keyword(words.end, "do");
        return has_block ? end : reading->end;
    }
    while (words.at < words.end && !token_is_keyword(words.at, "do")) {
        words.at++;
    }
    return words.at < words.end ? (size_t)(words.at - reading->list) : reading->end;
}

size_t code_behind_block(const struct code_reading *reading, size_t at)
{
    size_t start = start_of_block(reading, at);
    size_t depth = 0;
    if (start == reading->end) { /* what is chained to its parentheses is not inside */
        return is_sign_at(reading, at + 1, "(")
                   ? behind_brackets(reading, at + 1)
                   : (size_t)(code_words_of(reading, at).end - reading->list);
    }
    for (at = start; at < reading->end; at++) {
        depth += token_is_keyword(&reading->list[at], "do");
        if (token_is_keyword(&reading->list[at], "end") && --depth == 0) {
            return at + 1;
        }
    }
    return reading->end;
}
