/* SPDX-License-Identifier: MIT */
#include "gherkin/tokens/token_reader.h"

#include <stdarg.h>

#include "base/buffer.h"
#include "base/utf8.h"

enum { SHOWN_LINE_BYTES = 4096 };

void token_reader_init(struct token_reader *reader, const struct source *source,
                       size_t error_limit, struct problems *problems)
{
    *reader = (struct token_reader){
        .source = source,
        .dialect = dialect_find(TEXT("en")),
        .problems = problems,
        .first_problem = problems->count,
        .error_limit = error_limit,
    };
    line_reader_init(&reader->lines, source->bytes);
}

/* Takes the newest problem back when it was already told. */
static bool drop_duplicate(struct token_reader *reader)
{
    struct problems *problems = reader->problems;
    const struct problem *newest = &problems->list[problems->count - 1];
    for (size_t i = reader->first_problem; i + 1 < problems->count; i++) {
        const struct problem *older = &problems->list[i];
        if (older->at.start == newest->at.start &&
            text_equal(older->message, newest->message)) {
            problems->count--;
            return true;
        }
    }
    return false;
}

void token_reader_error(struct token_reader *reader, struct span at, const char *hint,
                        const char *format, ...)
{
    struct problems *problems = reader->problems;
    size_t count_before = problems->count;
    va_list arguments;
    va_start(arguments, format);
    struct text message = arena_format_list(&problems->arena, format, arguments);
    va_end(arguments);
    problems_add(problems, PROBLEM_INPUT, at, hint, "%.*s", TEXT_ARG(message));
    if (problems->count == count_before || !drop_duplicate(reader)) {
        reader->error_count++;
    }
    reader->is_done = reader->is_done || reader->error_count > reader->error_limit;
}

static bool is_allowed(const struct token_reader *reader, enum token_type type)
{
    return reader->is_in_scenario || type != TOKEN_EXAMPLES_LINE;
}

static void expected_names(const struct token_reader *reader, struct buffer *out)
{
    const unsigned char *types = place_expected(reader->place);
    for (size_t i = 0; types[i] != TOKEN_NONE; i++) {
        if (is_allowed(reader, types[i])) {
            buffer_add_format(out, "%s#%s", out->size ? ", " : "", token_type_name(types[i]));
        }
    }
}

static struct span line_span(const struct token_reader *reader, const struct line *line)
{
    struct text text = text_slice(reader->source->bytes, line->text, line->end);
    return span_make(reader->source, line->text, line->text + blank_trim_end(text).size);
}

static void report_unexpected(struct token_reader *reader, const struct token *token,
                              bool is_at_end)
{
    struct buffer names CLEANUP(buffer_release);
    buffer_init(&names, 512);
    expected_names(reader, &names);
    struct span span = line_span(reader, &token->line);
    if (is_at_end) {
        token_reader_error(reader, span, place_hint(reader->place),
                           "unexpected end of file, expected: %s", names.at);
        return;
    }
    struct text text = span_text(span);
    const char *cut = "";
    if (text.size > SHOWN_LINE_BYTES) {
        text.size = utf8_valid_size(text_slice(text, 0, SHOWN_LINE_BYTES));
        cut = "...";
    }
    token_reader_error(reader, span, place_hint(reader->place), "expected: %s, got '%.*s%s'",
                       names.at, TEXT_ARG(text), cut);
}

static bool check_tags(struct token_reader *reader, const struct token *token)
{
    struct text line = text_slice(reader->source->bytes, token->text.start,
                                  (size_t)token->text.start + token->text.size);
    size_t at = 0;
    struct slice tag;
    while (tag_next(line, &at, &tag)) {
        struct text name = text_slice(line, tag.start, tag.start + tag.size);
        for (size_t i = 1; i < name.size; i++) {
            if (blank_size(text_from(name, i)) == 0) {
                continue;
            }
            size_t start = (size_t)token->text.start + tag.start;
            token_reader_error(reader, span_make(reader->source, start, start + tag.size),
                               "separate tags by a blank and write each with its @; a "
                               "comment behind them starts with ' #'",
                               "A tag may not contain whitespace");
            return false;
        }
    }
    return true;
}

static bool check_language(struct token_reader *reader, const struct token *token)
{
    struct text name = text_slice(reader->source->bytes, token->text.start,
                                  (size_t)token->text.start + token->text.size);
    const struct dialect *dialect = dialect_find(name);
    if (!dialect) {
        token_reader_error(reader, line_span(reader, &token->line),
                           "write the language as 'en', 'fr' or 'zh-CN'",
                           "Language not supported: %.*s",
                           TEXT_ARG(text_slice(name, 0, SHOWN_LINE_BYTES)));
        return false;
    }
    reader->dialect = dialect;
    return true;
}

/* A line that is of a type but wrong in itself is reported and then taken for another type. */
static bool match_checked(struct token_reader *reader, struct token *token,
                          enum token_type type)
{
    if (!is_allowed(reader, type) ||
        !token_match(token, type, reader->source->bytes, reader->dialect, reader->delimiter)) {
        return false;
    }
    if (type == TOKEN_TAG_LINE) {
        return check_tags(reader, token);
    }
    return type != TOKEN_LANGUAGE || check_language(reader, token);
}

/* What the tags just read belong to: the first line that is no tag, comment or empty line says. */
static enum place look_behind_tags(struct token_reader *reader)
{
    struct line_reader ahead = reader->lines;
    struct token token = { .type = TOKEN_NONE };
    while (line_reader_next(&ahead, &token.line)) {
        if (match_checked(reader, &token, TOKEN_EXAMPLES_LINE)) {
            return PLACE_EXAMPLES_TAGS;
        }
        if (match_checked(reader, &token, TOKEN_SCENARIO_LINE)) {
            return PLACE_SCENARIO_TAGS;
        }
        if (!match_checked(reader, &token, TOKEN_EMPTY) &&
            !match_checked(reader, &token, TOKEN_COMMENT) &&
            !match_checked(reader, &token, TOKEN_TAG_LINE)) {
            break;
        }
    }
    return PLACE_RULE_TAGS;
}

static bool is_among_tags(enum place place)
{
    return place == PLACE_FEATURE_TAGS || place == PLACE_SCENARIO_TAGS ||
           place == PLACE_EXAMPLES_TAGS || place == PLACE_RULE_TAGS;
}

static enum place after_tag_line(struct token_reader *reader)
{
    if (reader->place == PLACE_START || reader->place == PLACE_LANGUAGE) {
        return PLACE_FEATURE_TAGS;
    }
    return is_among_tags(reader->place) ? reader->place : look_behind_tags(reader);
}

/* The token when the line can be of a type that this place allows. */
static bool match_line(struct token_reader *reader, struct token *token)
{
    const unsigned char *types = place_expected(reader->place);
    for (size_t i = 0; types[i] != TOKEN_NONE; i++) {
        if (match_checked(reader, token, types[i])) {
            return true;
        }
    }
    return false;
}

static void take(struct token_reader *reader, const struct token *token)
{
    enum token_type type = token->type;
    if (type == TOKEN_TAG_LINE) {
        reader->place = after_tag_line(reader);
        return;
    }
    if (type == TOKEN_DOC_STRING_SEPARATOR) {
        bool has_quotes = reader->source->bytes.at[token->keyword.start] == '"';
        const char *opened = has_quotes ? "\"\"\"" : "```";
        reader->delimiter = reader->delimiter ? NULL : opened;
    }
    if (type == TOKEN_SCENARIO_LINE) {
        reader->is_in_scenario = true;
    }
    if (type == TOKEN_RULE_LINE || type == TOKEN_BACKGROUND_LINE) {
        reader->is_in_scenario = false;
    }
    reader->place = place_after(reader->place, type);
}

static bool take_end(struct token_reader *reader, struct token *token)
{
    reader->is_done = true;
    if (place_expected(reader->place)[0] != TOKEN_EOF) {
        report_unexpected(reader, token, true);
        return false;
    }
    *token = (struct token){ .type = TOKEN_EOF, .line = token->line };
    return true;
}

bool token_reader_next(struct token_reader *reader, struct token *ret_token)
{
    while (!reader->is_done) {
        struct token token = { .type = TOKEN_NONE };
        if (!line_reader_next(&reader->lines, &token.line)) {
            if (!take_end(reader, &token)) {
                return false;
            }
            *ret_token = token;
            return true;
        }
        if (match_line(reader, &token)) {
            take(reader, &token);
            *ret_token = token;
            return true;
        }
        if (!reader->is_done) { /* by an error in the line itself */
            report_unexpected(reader, &token, false);
        }
    }
    return false;
}
