/* SPDX-License-Identifier: MIT */
#include "format/json/json_reader.h"

#include <string.h>

#include "format/json/json_scan.h"
#include "format/json/json_string.h"

enum { SHOWN_BYTES = 40 };

void json_reader_init(struct json_reader *reader, const struct source *source,
                      size_t depth_limit)
{
    *reader = (struct json_reader){ .source = source, .expected = JSON_EXPECTED_VALUE };
    buffer_init(&reader->open, depth_limit);
    if (text_starts_with(source->bytes, TEXT("\xEF\xBB\xBF"))) {
        reader->at = 3;
    }
}

void json_reader_release(struct json_reader *reader)
{
    buffer_release(&reader->open);
}

static const char *expected_name(const struct json_reader *reader)
{
    bool is_array = reader->open.size > 0 && reader->open.at[reader->open.size - 1] == '[';
    switch (reader->expected) {
    case JSON_EXPECTED_VALUE:
        return "a value";
    case JSON_EXPECTED_ITEM_OR_END:
        return "a value or ']'";
    case JSON_EXPECTED_KEY:
        return "a key in double quotes";
    case JSON_EXPECTED_KEY_OR_END:
        return "a key in double quotes or '}'";
    case JSON_EXPECTED_COMMA_OR_END:
        return is_array ? "',' or ']'" : "',' or '}'";
    case JSON_EXPECTED_NOTHING:
        return "nothing more";
    }
    return "";
}

static const char *expected_hint(const struct json_reader *reader, char found)
{
    if (found == '\'') {
        return "JSON strings stand in double quotes";
    }
    if (found == '/') {
        return "JSON has no comments";
    }
    bool is_after_comma = reader->expected == JSON_EXPECTED_KEY ||
                          (reader->expected == JSON_EXPECTED_VALUE && reader->open.size > 0);
    return is_after_comma && (found == ']' || found == '}') ? "remove the comma before it"
                                                            : NULL;
}

/* What stands at offset, up to the next delimiter. */
static size_t word_end(struct text bytes, size_t offset)
{
    size_t end = offset;
    while (end < bytes.size && end - offset < SHOWN_BYTES &&
           !strchr(" \t\r\n,:[]{}\"", bytes.at[end])) {
        end++;
    }
    return end > offset ? end : offset + 1;
}

static bool refuse(struct json_reader *reader, const char *expected, struct problems *problems)
{
    struct text bytes = reader->source->bytes;
    size_t at = reader->at;
    if (at >= bytes.size) {
        bool is_empty = text_trim(bytes).size == 0;
        problems_add(problems, PROBLEM_INPUT, span_make(reader->source, bytes.size, bytes.size),
                     NULL,
                     is_empty ? "no JSON, the text is empty (expected %s)"
                              : "the JSON ends too early: expected %s",
                     expected);
        return false;
    }
    size_t end = word_end(bytes, at);
    struct text found = text_slice(bytes, at, end);
    problems_add(problems, PROBLEM_INPUT, span_make(reader->source, at, end),
                 expected_hint(reader, bytes.at[at]), "expected %s, found '%.*s'", expected,
                 TEXT_ARG(found));
    return false;
}

static void skip_space(struct json_reader *reader)
{
    struct text bytes = reader->source->bytes;
    size_t at = reader->at;
    while (at < bytes.size && (bytes.at[at] == ' ' || bytes.at[at] == '\n' ||
                               bytes.at[at] == '\r' || bytes.at[at] == '\t')) {
        at++;
    }
    reader->at = at;
}

static void after_value(struct json_reader *reader)
{
    reader->expected = reader->open.size ? JSON_EXPECTED_COMMA_OR_END : JSON_EXPECTED_NOTHING;
}

static bool read_word(struct json_reader *reader, struct json_token *token,
                      struct problems *problems)
{
    static const struct {
        struct text word;
        enum json_token_type type;
    } words[] = {
        { TEXT_STATIC("null"), JSON_TOKEN_NULL },
        { TEXT_STATIC("true"), JSON_TOKEN_TRUE },
        { TEXT_STATIC("false"), JSON_TOKEN_FALSE },
    };
    struct text rest = text_from(reader->source->bytes, reader->at);
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (text_starts_with(rest, words[i].word)) {
            size_t end = reader->at + words[i].word.size;
            *token = (struct json_token){ words[i].type, reader->at, end, false };
            return true;
        }
    }
    return refuse(reader, expected_name(reader), problems);
}

static bool open_container(struct json_reader *reader, struct json_token *token, char bracket,
                           struct problems *problems)
{
    buffer_add_byte(&reader->open, bracket);
    if (reader->open.is_over_limit) {
        problems_add(problems, PROBLEM_INPUT,
                     span_make(reader->source, reader->at, reader->at + 1), NULL,
                     "the JSON is nested deeper than %zu levels", reader->open.limit_bytes);
        return false;
    }
    *token =
        (struct json_token){ bracket == '[' ? JSON_TOKEN_BEGIN_ARRAY : JSON_TOKEN_BEGIN_OBJECT,
                             reader->at, reader->at + 1, false };
    reader->expected = bracket == '[' ? JSON_EXPECTED_ITEM_OR_END : JSON_EXPECTED_KEY_OR_END;
    reader->at++;
    return true;
}

static bool close_container(struct json_reader *reader, struct json_token *token)
{
    char bracket = reader->open.at[reader->open.size - 1];
    buffer_truncate(&reader->open, reader->open.size - 1);
    *token = (struct json_token){ bracket == '[' ? JSON_TOKEN_END_ARRAY : JSON_TOKEN_END_OBJECT,
                                  reader->at, reader->at + 1, false };
    reader->at++;
    after_value(reader);
    return true;
}

static bool read_value(struct json_reader *reader, struct json_token *token, char first,
                       struct problems *problems)
{
    if (first == '[' || first == '{') {
        return open_container(reader, token, first, problems);
    }
    bool is_read;
    if (first == '"') {
        token->type = JSON_TOKEN_STRING;
        is_read = json_scan_string(reader->source, reader->at, token, problems);
    } else if (first == '-' || (first >= '0' && first <= '9')) {
        is_read = json_scan_number(reader->source, reader->at, token, problems);
    } else {
        is_read = read_word(reader, token, problems);
    }
    reader->at = is_read ? token->end : reader->at;
    after_value(reader);
    return is_read;
}

static bool read_key(struct json_reader *reader, struct json_token *token, char first,
                     struct problems *problems)
{
    if (first != '"') {
        return refuse(reader, expected_name(reader), problems);
    }
    token->type = JSON_TOKEN_KEY;
    if (!json_scan_string(reader->source, reader->at, token, problems)) {
        return false;
    }
    reader->at = token->end;
    skip_space(reader);
    struct text bytes = reader->source->bytes;
    if (reader->at >= bytes.size || bytes.at[reader->at] != ':') {
        return refuse(reader, "':' after the key", problems);
    }
    reader->at++;
    reader->expected = JSON_EXPECTED_VALUE;
    return true;
}

/* Passes the comma, if that is what stands there. */
static char skip_comma(struct json_reader *reader, char first)
{
    struct text bytes = reader->source->bytes;
    if (reader->expected != JSON_EXPECTED_COMMA_OR_END || first != ',') {
        return first;
    }
    bool is_array = reader->open.at[reader->open.size - 1] == '[';
    reader->expected = is_array ? JSON_EXPECTED_VALUE : JSON_EXPECTED_KEY;
    reader->at++;
    skip_space(reader);
    return reader->at < bytes.size ? bytes.at[reader->at] : '\0';
}

static bool is_closing(const struct json_reader *reader, char first)
{
    if (reader->open.size == 0 || (first != ']' && first != '}')) {
        return false;
    }
    bool may_end = reader->expected == JSON_EXPECTED_COMMA_OR_END ||
                   reader->expected == JSON_EXPECTED_ITEM_OR_END ||
                   reader->expected == JSON_EXPECTED_KEY_OR_END;
    char bracket = reader->open.at[reader->open.size - 1];
    return may_end && first == (bracket == '[' ? ']' : '}');
}

bool json_reader_next(struct json_reader *reader, struct json_token *ret_token,
                      struct problems *problems)
{
    struct text bytes = reader->source->bytes;
    struct json_token token = { 0 };
    skip_space(reader);
    if (reader->at >= bytes.size && reader->expected == JSON_EXPECTED_NOTHING) {
        *ret_token = (struct json_token){ JSON_TOKEN_END, bytes.size, bytes.size, false };
        return true;
    }
    char first = reader->at < bytes.size ? bytes.at[reader->at] : '\0';
    bool is_read;
    first = skip_comma(reader, first);
    if (is_closing(reader, first)) {
        is_read = close_container(reader, &token);
    } else if (reader->expected == JSON_EXPECTED_VALUE ||
               reader->expected == JSON_EXPECTED_ITEM_OR_END) {
        is_read = read_value(reader, &token, first, problems);
    } else if (reader->expected == JSON_EXPECTED_KEY ||
               reader->expected == JSON_EXPECTED_KEY_OR_END) {
        is_read = read_key(reader, &token, first, problems);
    } else {
        is_read = refuse(reader, expected_name(reader), problems);
    }
    if (is_read) {
        *ret_token = token;
    }
    return is_read;
}

struct text json_reader_text(const struct json_reader *reader, struct json_token token,
                             struct arena *arena)
{
    struct text written = text_slice(reader->source->bytes, token.start + 1, token.end - 1);
    return token.has_escapes ? json_string_decode(written, arena) : written;
}
