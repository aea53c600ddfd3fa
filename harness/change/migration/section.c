/* SPDX-License-Identifier: MIT */
#include "change/migration/section.h"

static bool is_one_of(struct text word, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (text_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* function up(, def up, async up(, exports.up =, up: function, void Up( */
static bool declares(const struct tokens *tokens, size_t at, const char *const *names)
{
    static const char *const before[] = { "function", "def", "void", "async", "const", ".",
                                          "{",        ",",   ";",    "}",     NULL };
    static const char *const behind[] = { "(", "=", ":", "do", NULL };
    if (tokens->list[at].kind != TOKEN_WORD || !is_one_of(tokens->list[at].text, names)) {
        return false;
    }
    const struct token *next = at + 1 < tokens->count ? &tokens->list[at + 1] : NULL;
    const struct token *last = at > 0 ? &tokens->list[at - 1] : NULL;
    bool begins = !last || last->kind == TOKEN_LINE || is_one_of(last->text, before);
    return begins && next && (next->kind == TOKEN_LINE || is_one_of(next->text, behind));
}

static size_t find(const struct tokens *tokens, const char *const *names)
{
    size_t at = 0;
    while (at < tokens->count && !declares(tokens, at, names)) {
        at++;
    }
    return at;
}

/* "{", "do", ":" or the end of the line; not the ":" of a type: down(): void { */
static bool starts_body(const struct tokens *tokens, size_t at)
{
    const struct token *token = &tokens->list[at];
    if (token_is_sign(token, ":")) {
        return at + 1 == tokens->count || tokens->list[at + 1].kind != TOKEN_WORD;
    }
    return token_is_sign(token, "{") || token_is_sign(token, "=>") ||
           token_is_keyword(token, "do") || token->kind == TOKEN_LINE;
}

/* The first token of the body. */
static size_t body_of(const struct tokens *tokens, size_t at)
{
    size_t depth = 0;
    for (at++; at < tokens->count; at++) {
        depth += token_is_sign(&tokens->list[at], "(");
        depth -= depth > 0 && token_is_sign(&tokens->list[at], ")");
        if (depth == 0 && starts_body(tokens, at)) {
            return at + 1;
        }
    }
    return at;
}

/* Nothing, or only words that do nothing, or a refusal. */
static bool is_empty(const struct tokens *tokens, size_t from, size_t to)
{
    static const char *const idle[] = { "pass",    "return",  "null", "nil", "None",
                                        "Promise", "resolve", "true", "ok",  NULL };
    static const char *const refusals[] = { "raise", "throw", NULL };
    size_t depth = 0;
    for (size_t at = from; at < to; at++) {
        const struct token *token = &tokens->list[at];
        depth += token_is_sign(token, "{");
        if ((token_is_sign(token, "}") && depth-- == 0) || token_is_keyword(token, "end")) {
            return true;
        }
        if (token->kind == TOKEN_WORD && is_one_of(token->text, refusals)) {
            return true;
        }
        if (token->kind == TOKEN_WORD && !is_one_of(token->text, idle)) {
            return false;
        }
    }
    return true;
}

struct section section_of_code(const struct tokens *tokens)
{
    static const char *const forward[] = { "up", "Up", "upgrade", "safeUp", "change", NULL };
    static const char *const backward[] = { "down", "Down", "downgrade", "safeDown", NULL };
    size_t up = find(tokens, forward);
    size_t down = find(tokens, backward);
    bool has_up = up < tokens->count;
    struct section section = { .from = has_up ? up : 0, .to = tokens->count };
    if (down < tokens->count) {
        size_t down_end = has_up && up > down ? up : tokens->count;
        section.has_back = true;
        section.is_back_empty = is_empty(tokens, body_of(tokens, down), down_end);
        section.to = has_up && up > down ? tokens->count : down;
    } else if (has_up) {
        /* Rails and others undo change() by themselves, as far as they can. */
        section.has_back = text_is(tokens->list[up].text, "change");
    }
    return section;
}

struct section section_of_sql(struct text sql, struct arena *arena)
{
    static const char *const marks[][2] = { { "-- +goose Up", "-- +goose Down" },
                                            { "-- migrate:up", "-- migrate:down" },
                                            { "-- +migrate Up", "-- +migrate Down" } };
    for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
        size_t up = text_find(sql, text_of(marks[i][0]), 0);
        if (up == sql.size) {
            continue;
        }
        size_t down = text_find(sql, text_of(marks[i][1]), up);
        struct tokens back = tokens_make(&language_sql, text_from(sql, down), down, arena);
        return (struct section){ .from = up,
                                 .to = down,
                                 .has_back = down < sql.size,
                                 .is_back_empty = back.count == 0 };
    }
    return (struct section){ .to = sql.size, .has_back = true };
}
