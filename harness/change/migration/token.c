/* SPDX-License-Identifier: MIT */
#include "change/migration/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

const struct token_language language_sql = { .has_dash_comments = true,
                                             .has_slash_comments = true,
                                             .has_hash_comments = true,
                                             .is_sql = true };

const struct token_language *token_language_of(struct text path)
{
    static const struct {
        const char *ends;
        struct token_language language;
    } rows[] = {
        { ".sql",
          { .is_sql = true,
            .has_dash_comments = true,
            .has_slash_comments = true,
            .has_hash_comments = true } },
        { ".php",
          { .has_hash_comments = true, .has_slash_comments = true, .has_php_heredocs = true } },
        { ".rb", { .has_hash_comments = true, .has_ruby_heredocs = true, .has_lines = true } },
        { ".py", { .has_hash_comments = true, .has_triple_quotes = true, .has_lines = true } },
        { ".exs", { .has_hash_comments = true, .has_triple_quotes = true, .has_lines = true } },
        { ".cs", { .has_slash_comments = true, .has_triple_quotes = true } },
        { "ml", { .has_hash_comments = true, .has_lines = true } }, /* yaml, yml, xml */
        { "", { .has_slash_comments = true, .has_back_quotes = true, .has_lines = true } },
    };
    size_t i = 0;
    while (!text_ends_with(path, text_of(rows[i].ends))) {
        i++;
    }
    return &rows[i].language;
}

struct lexer {
    const struct token_language *language;
    struct text bytes;
    size_t at;
    size_t offset;
    struct token *list;
    size_t count;
    size_t capacity;
};

static char byte_at(const struct lexer *lexer, size_t at)
{
    return at < lexer->bytes.size ? lexer->bytes.at[at] : '\0';
}

static bool starts(const struct lexer *lexer, const char *what)
{
    return text_starts_with(text_from(lexer->bytes, lexer->at), text_of(what));
}

static void add(struct lexer *lexer, enum token_kind kind, size_t from, size_t to)
{
    GROW(lexer->list, lexer->count, lexer->capacity);
    lexer->list[lexer->count++] = (struct token){ .kind = kind,
                                                  .text = text_slice(lexer->bytes, from, to),
                                                  .start = lexer->offset + from };
}

static void skip_to(struct lexer *lexer, const char *end, size_t from)
{
    size_t found = text_find(lexer->bytes, text_of(end), from);
    lexer->at = found < lexer->bytes.size ? found + strlen(end) : lexer->bytes.size;
}

static void skip_line(struct lexer *lexer)
{
    lexer->at = text_find_byte(lexer->bytes, '\n', lexer->at);
}

static bool is_line_comment(const struct lexer *lexer)
{
    const struct token_language *language = lexer->language;
    switch (lexer->bytes.at[lexer->at]) {
    case '#': /* in PostgreSQL also operators: #>, #>>, #- */
        return language->has_hash_comments &&
               !(language->is_sql && byte_at(lexer, lexer->at + 1) != '\0' &&
                 strchr(">-=", byte_at(lexer, lexer->at + 1)));
    case '-':
        return language->has_dash_comments && starts(lexer, "--");
    case '/':
        return language->has_slash_comments && !language->is_sql && starts(lexer, "//");
    default:
        return false;
    }
}

static bool take_comment(struct lexer *lexer)
{
    if (is_line_comment(lexer)) {
        skip_line(lexer);
    } else if (lexer->language->has_slash_comments && starts(lexer, "/*")) {
        skip_to(lexer, "*/", lexer->at + 2);
    } else if (starts(lexer, "<!--")) {
        skip_to(lexer, "-->", lexer->at + 4);
    } else {
        return false;
    }
    return true;
}

/* From the quote at `at`: the content up to the same quote, not escaped, not doubled in SQL. */
static void take_quoted(struct lexer *lexer, enum token_kind kind, char quote)
{
    size_t start = lexer->at + 1;
    size_t at = start;
    while (at < lexer->bytes.size) {
        if (lexer->bytes.at[at] == '\\' && (!lexer->language->is_sql || quote == '\'')) {
            at++;
        } else if (lexer->bytes.at[at] == quote) {
            if (!lexer->language->is_sql || byte_at(lexer, at + 1) != quote) {
                break;
            }
            at++;
        }
        at++;
    }
    at = at < lexer->bytes.size ? at : lexer->bytes.size;
    add(lexer, kind, start, at);
    lexer->list[lexer->count - 1].is_quoted = kind == TOKEN_WORD;
    lexer->at = at + 1;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           byte == '$' || byte == '?' || (byte >= '0' && byte <= '9') ||
           (unsigned char)byte >= 0x80;
}

/* The name behind "<<<" or "<<~"; perhaps in quotes. */
static struct text heredoc_name(const struct lexer *lexer)
{
    size_t name = lexer->at + 3;
    while (byte_at(lexer, name) != '\0' && strchr(" '\"", byte_at(lexer, name))) {
        name++;
    }
    size_t end = name;
    while (is_word_byte(byte_at(lexer, end))) {
        end++;
    }
    return text_slice(lexer->bytes, name, end);
}

/* "<<<SQL … SQL" and "<<~SQL … SQL": from the next line to the line that starts with the name. */
static bool take_heredoc(struct lexer *lexer)
{
    bool is_php = lexer->language->has_php_heredocs && starts(lexer, "<<<");
    bool is_ruby =
        lexer->language->has_ruby_heredocs && (starts(lexer, "<<~") || starts(lexer, "<<-"));
    struct text name = is_php || is_ruby ? heredoc_name(lexer) : TEXT_EMPTY;
    size_t start = text_find_byte(lexer->bytes, '\n', lexer->at);
    size_t line = start;
    while (name.size > 0 && line < lexer->bytes.size) {
        size_t next = text_find_byte(lexer->bytes, '\n', line + 1);
        struct text content = text_trim(text_slice(lexer->bytes, line + 1, next));
        if (text_starts_with(content, name)) {
            add(lexer, TOKEN_STRING, start + 1, line);
            lexer->at = (size_t)(content.at - lexer->bytes.at) + name.size;
            return true;
        }
        line = next;
    }
    return false;
}

/* $$ … $$ and $name$ … $name$ of PostgreSQL. */
static bool take_dollars(struct lexer *lexer)
{
    size_t end = lexer->at + 1;
    while (is_word_byte(byte_at(lexer, end)) && byte_at(lexer, end) != '$') {
        end++;
    }
    if (byte_at(lexer, end) != '$') {
        return false;
    }
    struct text mark = text_slice(lexer->bytes, lexer->at, end + 1);
    size_t close = text_find(lexer->bytes, mark, end + 1);
    add(lexer, TOKEN_STRING, end + 1, close);
    lexer->at = close + mark.size;
    return true;
}

static bool take_sql_quotes(struct lexer *lexer)
{
    switch (lexer->bytes.at[lexer->at]) {
    case '\'':
        take_quoted(lexer, TOKEN_STRING, '\'');
        return true;
    case '"':
    case '`':
        take_quoted(lexer, TOKEN_WORD, lexer->bytes.at[lexer->at]);
        return true;
    case '[':
        take_quoted(lexer, TOKEN_WORD, ']');
        return true;
    case '$':
        return take_dollars(lexer);
    default:
        return false;
    }
}

static bool take_string(struct lexer *lexer)
{
    const struct token_language *language = lexer->language;
    char byte = lexer->bytes.at[lexer->at];
    if (language->is_sql) {
        return take_sql_quotes(lexer);
    }
    if (language->has_triple_quotes && (starts(lexer, "\"\"\"") || starts(lexer, "'''"))) {
        char mark[4] = { byte, byte, byte, '\0' };
        size_t start = lexer->at + 3;
        skip_to(lexer, mark, start);
        add(lexer, TOKEN_STRING, start, lexer->at - 3 > start ? lexer->at - 3 : start);
        return true;
    }
    if (byte == '\'' || byte == '"' || (byte == '`' && language->has_back_quotes)) {
        take_quoted(lexer, TOKEN_STRING, byte);
        return true;
    }
    return take_heredoc(lexer);
}

static void take_rest(struct lexer *lexer)
{
    size_t start = lexer->at;
    char byte = lexer->bytes.at[start];
    if (byte >= '0' && byte <= '9') {
        while (is_word_byte(byte_at(lexer, lexer->at)) || byte_at(lexer, lexer->at) == '.') {
            lexer->at++;
        }
        add(lexer, TOKEN_NUMBER, start, lexer->at);
    } else if (is_word_byte(byte)) {
        while (is_word_byte(byte_at(lexer, lexer->at))) {
            lexer->at++;
        }
        add(lexer, TOKEN_WORD, start, lexer->at);
    } else {
        bool is_pair = starts(lexer, "->") || starts(lexer, "::") || starts(lexer, "=>");
        lexer->at += is_pair ? 2 : 1;
        add(lexer, TOKEN_SIGN, start, lexer->at);
    }
}

struct tokens tokens_make(const struct token_language *language, struct text bytes,
                          size_t offset, struct arena *arena)
{
    struct lexer lexer = { .language = language, .bytes = bytes, .offset = offset };
    while (lexer.at < bytes.size) {
        char byte = bytes.at[lexer.at];
        if (byte == '\n' && language->has_lines) {
            add(&lexer, TOKEN_LINE, lexer.at, lexer.at + 1);
        }
        if ((unsigned char)byte <= ' ') {
            lexer.at++;
        } else if (!take_comment(&lexer) && !take_string(&lexer)) {
            take_rest(&lexer);
        }
    }
    struct tokens tokens = { .count = lexer.count };
    tokens.list = ARENA_ARRAY(arena, lexer.count + 1, struct token);
    if (lexer.count > 0) {
        memcpy(tokens.list, lexer.list, lexer.count * sizeof(*tokens.list));
    }
    free(lexer.list);
    return tokens;
}

bool token_is_keyword(const struct token *token, const char *word)
{
    return token->kind == TOKEN_WORD && !token->is_quoted &&
           text_equal_ignoring_case(token->text, text_of(word));
}

bool token_is_sign(const struct token *token, const char *sign)
{
    return token->kind == TOKEN_SIGN && text_is(token->text, sign);
}
