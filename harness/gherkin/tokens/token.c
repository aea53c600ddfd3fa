/* SPDX-License-Identifier: MIT */
#include "gherkin/tokens/token.h"

#include <string.h>

static const char *const type_names[TOKEN_TYPE_COUNT] = {
    [TOKEN_NONE] = "None",
    [TOKEN_EOF] = "EOF",
    [TOKEN_EMPTY] = "Empty",
    [TOKEN_COMMENT] = "Comment",
    [TOKEN_TAG_LINE] = "TagLine",
    [TOKEN_FEATURE_LINE] = "FeatureLine",
    [TOKEN_RULE_LINE] = "RuleLine",
    [TOKEN_BACKGROUND_LINE] = "BackgroundLine",
    [TOKEN_SCENARIO_LINE] = "ScenarioLine",
    [TOKEN_EXAMPLES_LINE] = "ExamplesLine",
    [TOKEN_STEP_LINE] = "StepLine",
    [TOKEN_DOC_STRING_SEPARATOR] = "DocStringSeparator",
    [TOKEN_TABLE_ROW] = "TableRow",
    [TOKEN_LANGUAGE] = "Language",
    [TOKEN_OTHER] = "Other",
};

const char *token_type_name(enum token_type type)
{
    return type_names[type];
}

struct text token_line_text(const struct token *token, struct text bytes)
{
    return text_slice(bytes, token->line.text, token->line.end);
}

/* The rest of the line behind size bytes of its text, without blanks around it. */
static struct slice rest_of_line(const struct token *token, struct text bytes, size_t size)
{
    struct text rest = text_slice(bytes, token->line.text + size, token->line.end);
    size_t blank = blank_size(rest);
    rest = blank_trim_end(text_from(rest, blank));
    return (struct slice){ (uint32_t)(token->line.text + size + blank), (uint32_t)rest.size };
}

static void set_keyword(struct token *token, struct text bytes, size_t keyword_size,
                        size_t skipped_size)
{
    token->keyword = (struct slice){ token->line.text, (uint32_t)keyword_size };
    token->text = rest_of_line(token, bytes, skipped_size);
}

static bool match_title(struct token *token, struct text bytes, const struct dialect *dialect,
                        enum title title)
{
    size_t size = dialect_title_size(dialect, title, token_line_text(token, bytes));
    if (size == 0) {
        return false;
    }
    set_keyword(token, bytes, size, size + 1);
    return true;
}

static bool match_step(struct token *token, struct text bytes, const struct dialect *dialect)
{
    size_t size = dialect_step_size(dialect, token_line_text(token, bytes), &token->step_type);
    if (size == 0) {
        return false;
    }
    set_keyword(token, bytes, size, size);
    return true;
}

static bool match_separator(struct token *token, struct text bytes, const char *delimiter)
{
    struct text text = token_line_text(token, bytes);
    if (delimiter) {
        if (!text_starts_with(text, text_of(delimiter))) {
            return false;
        }
        /* What stands behind a closing delimiter is no media type. */
        token->keyword = (struct slice){ token->line.text, 3 };
        token->text = (struct slice){ token->line.text + 3, 0 };
        return true;
    }
    if (!text_starts_with(text, TEXT("\"\"\"")) && !text_starts_with(text, TEXT("```"))) {
        return false;
    }
    set_keyword(token, bytes, 3, 3);
    return true;
}

static bool is_language_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-' ||
           byte == '_';
}

/* "# language: xx" with any blanks between. */
static bool match_language(struct token *token, struct text bytes)
{
    struct text text = token_line_text(token, bytes);
    size_t at = 1;
    at += blank_size(text_from(text, at));
    if (!text_starts_with(text, TEXT("#")) ||
        !text_starts_with(text_from(text, at), TEXT("language"))) {
        return false;
    }
    at += strlen("language");
    at += blank_size(text_from(text, at));
    if (at >= text.size || text.at[at] != ':') {
        return false;
    }
    struct slice name = rest_of_line(token, bytes, at + 1);
    for (size_t i = 0; i < name.size; i++) {
        if (!is_language_byte(bytes.at[name.start + i])) {
            return false;
        }
    }
    token->text = name;
    return name.size > 0;
}

static bool match_whole_line(struct token *token, struct text bytes)
{
    (void)bytes;
    token->text = (struct slice){ token->line.start, token->line.end - token->line.start };
    return true;
}

static bool starts_with_byte(const struct token *token, struct text bytes, char byte)
{
    return token->line.text < token->line.end && bytes.at[token->line.text] == byte;
}

/* Where a comment behind the tags starts: at white space before a #. */
static size_t tags_size(struct text line)
{
    size_t at = text_find_byte(line, '#', 0);
    while (at < line.size) {
        struct text before = text_slice(line, 0, at);
        if (blank_trim_end(before).size < before.size) {
            return blank_trim_end(before).size;
        }
        at = text_find_byte(line, '#', at + 1);
    }
    return line.size;
}

static bool match_tag_line(struct token *token, struct text bytes)
{
    struct text line = token_line_text(token, bytes);
    token->text = (struct slice){ token->line.text, (uint32_t)tags_size(line) };
    return text_starts_with(line, TEXT("@"));
}

static bool match_empty(struct token *token, struct text bytes)
{
    (void)bytes;
    return token->line.text == token->line.end;
}

static bool match_comment(struct token *token, struct text bytes)
{
    return starts_with_byte(token, bytes, '#') && match_whole_line(token, bytes);
}

static bool match_row(struct token *token, struct text bytes)
{
    return starts_with_byte(token, bytes, '|');
}

static bool match_scenario(struct token *token, struct text bytes,
                           const struct dialect *dialect)
{
    return match_title(token, bytes, dialect, TITLE_SCENARIO) ||
           match_title(token, bytes, dialect, TITLE_OUTLINE);
}

static bool match(struct token *token, enum token_type type, struct text bytes,
                  const struct dialect *dialect)
{
    static bool (*const matches[TOKEN_TYPE_COUNT])(struct token *, struct text) = {
        [TOKEN_EMPTY] = match_empty,       [TOKEN_COMMENT] = match_comment,
        [TOKEN_TAG_LINE] = match_tag_line, [TOKEN_TABLE_ROW] = match_row,
        [TOKEN_LANGUAGE] = match_language, [TOKEN_OTHER] = match_whole_line,
    };
    static const enum title titles[TOKEN_TYPE_COUNT] = {
        [TOKEN_FEATURE_LINE] = TITLE_FEATURE,
        [TOKEN_RULE_LINE] = TITLE_RULE,
        [TOKEN_BACKGROUND_LINE] = TITLE_BACKGROUND,
        [TOKEN_EXAMPLES_LINE] = TITLE_EXAMPLES,
    };
    if (matches[type]) {
        return matches[type](token, bytes);
    }
    if (type == TOKEN_STEP_LINE) {
        return match_step(token, bytes, dialect);
    }
    return type == TOKEN_SCENARIO_LINE ? match_scenario(token, bytes, dialect)
                                       : match_title(token, bytes, dialect, titles[type]);
}

bool token_match(struct token *token, enum token_type type, struct text bytes,
                 const struct dialect *dialect, const char *delimiter)
{
    if (type == TOKEN_EOF) {
        return false;
    }
    token->keyword = (struct slice){ token->line.text, 0 };
    token->text = token->keyword;
    token->step_type = STEP_UNKNOWN;
    bool is_match = type == TOKEN_DOC_STRING_SEPARATOR
                        ? match_separator(token, bytes, delimiter)
                        : match(token, type, bytes, dialect);
    token->type = is_match ? type : TOKEN_NONE;
    return is_match;
}

bool tag_next(struct text tags, size_t *at, struct slice *ret_tag)
{
    while (*at < tags.size) {
        size_t start = *at;
        size_t end = text_find_byte(tags, '@', start + 1);
        *at = end;
        struct text tag = blank_trim_end(text_slice(tags, start, end));
        if (tag.size > 1) {
            *ret_tag = (struct slice){ (uint32_t)start, (uint32_t)tag.size };
            return true;
        }
    }
    return false;
}

/* Blanks around cells: not line ends, so that an escaped \n stays. */
static size_t cell_blank_at(struct text text, size_t at)
{
    static const char *const blanks[] = { " ", "\t", "\v", "\f", "\r", "\xC2\x85", "\xC2\xA0" };
    struct text rest = text_from(text, at);
    if (rest.size == 0 || (rest.at[0] > ' ' && rest.at[0] <= '~')) {
        return 0;
    }
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        if (text_starts_with(rest, text_of(blanks[i]))) {
            return strlen(blanks[i]);
        }
    }
    return 0;
}

static struct slice trim_cell(struct text line, size_t start, size_t end)
{
    struct text cell = text_slice(line, 0, end);
    size_t size;
    while (start < end && (size = cell_blank_at(cell, start)) > 0) {
        start += size;
    }
    while (end > start) {
        size_t back = end - start >= 2 && (unsigned char)line.at[end - 1] >= 0x80 ? 2 : 1;
        if (cell_blank_at(text_slice(line, 0, end), end - back) != back) {
            break;
        }
        end -= back;
    }
    return (struct slice){ (uint32_t)start, (uint32_t)(end - start) };
}

bool cell_next(struct text line, size_t *at, struct slice *ret_cell)
{
    size_t start = *at == 0 ? 1 : *at;
    size_t end = start;
    while (end < line.size && line.at[end] != '|') {
        end += line.at[end] == '\\' ? 2 : 1;
    }
    if (end >= line.size) {
        return false;
    }
    *at = end + 1;
    *ret_cell = trim_cell(line, start, end);
    return true;
}
