/* SPDX-License-Identifier: MIT */
/*
 * A migration cut into words, strings, numbers and signs, comments left out: enough of SQL, PHP,
 * Ruby, Python, JavaScript, C#, Elixir, Go, XML and YAML to find what is done to which table. The
 * languages are not parsed; what is not understood is said to be unknown, never safe.
 */
#ifndef BDDRUN_CHANGE_MIGRATION_TOKEN_H
#define BDDRUN_CHANGE_MIGRATION_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

enum token_kind {
    TOKEN_WORD,   /* a name or keyword; in SQL also one in "", `` or [] */
    TOKEN_STRING, /* text is the content, escapes as written */
    TOKEN_NUMBER,
    TOKEN_SIGN, /* one byte, or ->, ::, => */
    TOKEN_LINE, /* the end of a line, in languages where it ends a statement */
};

struct token {
    enum token_kind kind;
    bool is_quoted; /* a word in quotes: no keyword */
    struct text text;
    size_t start; /* offset in the source */
};

struct tokens {
    struct token *list;
    size_t count;
};

/* How a language writes comments and strings. */
struct token_language {
    bool has_hash_comments;
    bool has_slash_comments; /* also block comments */
    bool has_dash_comments;
    bool is_sql; /* quoted names, dollar quotes, doubled quotes */
    bool has_triple_quotes;
    bool has_back_quotes; /* strings */
    bool has_php_heredocs;
    bool has_ruby_heredocs;
    bool has_lines; /* TOKEN_LINE */
};

extern const struct token_language language_sql;

/* By the extension of the path: "php", "rb", "py", "js", … */
const struct token_language *token_language_of(struct text path);

/* The tokens of the bytes; texts are slices of them. `offset` is added to each start. */
struct tokens tokens_make(const struct token_language *language, struct text bytes,
                          size_t offset, struct arena *arena);

/* A word, ASCII case ignored, that is not in quotes. */
bool token_is_keyword(const struct token *token, const char *word);
bool token_is_sign(const struct token *token, const char *sign);

#endif
