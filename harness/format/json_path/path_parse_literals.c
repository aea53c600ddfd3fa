/* SPDX-License-Identifier: MIT */
/* Strings, names, integers and the literals of filters: RFC 9535, sections 2.3 and 2.3.5.1. */
#include "format/json_path/path_parser.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "format/json/json_string.h"

#define LARGEST_INTEGER 9007199254740991

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_unit(const struct path_parser *parser, size_t at, uint32_t *ret_unit)
{
    uint32_t unit = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < parser->text.size ? parser->text.at[i] : '\0';
        if (is_digit(c)) {
            unit = unit << 4 | (uint32_t)(c - '0');
        } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
            unit = unit << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
        } else {
            return false;
        }
    }
    *ret_unit = unit;
    return true;
}

/* \uXXXX at the place: the size of the escape, with its other half; 0 for what is none. Unlike in
 * JSON a lone surrogate is none. */
static size_t unit_escape_size(const struct path_parser *parser)
{
    uint32_t unit = 0;
    uint32_t low = 0;
    if (!read_unit(parser, parser->at + 2, &unit)) {
        return 0;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
        return 6;
    }
    bool is_pair = unit <= 0xDBFF && path_peek(parser, 6) == '\\' &&
                   path_peek(parser, 7) == 'u' && read_unit(parser, parser->at + 8, &low) &&
                   low >= 0xDC00 && low <= 0xDFFF;
    return is_pair ? 12 : 0;
}

/* The size of the valid character at the place; 0 for none. */
static size_t character_size(const struct path_parser *parser, char quote)
{
    char c = path_peek(parser, 0);
    if (c == '\\') {
        char escaped = path_peek(parser, 1);
        if (escaped == 'u') {
            return unit_escape_size(parser);
        }
        return escaped == quote || (escaped && strchr("\\/bfnrt", escaped)) ? 2 : 0;
    }
    if ((unsigned char)c < 0x20) {
        return 0;
    }
    return utf8_decode(text_from(parser->text, parser->at), NULL);
}

bool path_parse_string(struct path_parser *parser, struct text *ret_text)
{
    size_t start = parser->at;
    char quote = path_peek(parser, 0);
    parser->at++;
    struct buffer json;
    buffer_init(&json, parser->text.size * 2); /* as JSON: \' without its backslash */
    while (parser->at < parser->text.size && path_peek(parser, 0) != quote) {
        size_t size = character_size(parser, quote);
        if (size == 0) {
            buffer_release(&json);
            return path_refuse(parser, parser->at, parser->at + 1,
                               "a quote of the same kind, \\, and control characters are "
                               "written as escapes: \\' \\\\ \\n \\u00e9",
                               "a character that a JSONPath string cannot hold");
        }
        bool is_quote = size == 2 && path_peek(parser, 1) == quote;
        buffer_add(&json, text_slice(parser->text, parser->at + is_quote, parser->at + size));
        parser->at += size;
    }
    bool is_closed = path_take(parser, quote);
    *ret_text = json_string_decode(buffer_text(&json), &parser->path->arena);
    buffer_release(&json);
    return is_closed || path_refuse(parser, start, start + 1, NULL, "the string is not closed");
}

bool path_parse_integer(struct path_parser *parser, int64_t *ret_integer)
{
    size_t start = parser->at;
    bool is_negative = path_take(parser, '-');
    size_t first = parser->at;
    uint64_t value = 0;
    while (is_digit(path_peek(parser, 0))) {
        parser->at++;
    }
    struct text digits = text_slice(parser->text, first, parser->at);
    if (digits.size == 0) {
        return path_expected(parser, "a digit");
    }
    if (digits.at[0] == '0' && (digits.size > 1 || is_negative)) {
        return path_refuse(parser, start, parser->at, NULL,
                           "an index has no leading zero and is never -0");
    }
    if (!text_to_uint64(digits, &value) || value > LARGEST_INTEGER) {
        return path_refuse(parser, start, parser->at, NULL,
                           "an index is at most 9007199254740991");
    }
    *ret_integer = is_negative ? -(int64_t)value : (int64_t)value;
    return true;
}

/* The size of the character of a name at the place; 0 for none. */
static size_t name_character_size(const struct path_parser *parser, bool is_first)
{
    char c = path_peek(parser, 0);
    if ((unsigned char)c >= 0x80) {
        return utf8_decode(text_from(parser->text, parser->at), NULL);
    }
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return is_letter || (is_digit(c) && !is_first);
}

bool path_parse_name(struct path_parser *parser, struct text *ret_name)
{
    size_t start = parser->at;
    size_t size;
    while ((size = name_character_size(parser, parser->at == start)) > 0) {
        parser->at += size;
    }
    *ret_name = text_slice(parser->text, start, parser->at);
    return parser->at > start || path_expected(parser, "a name or '*'");
}

static size_t skip_digits(struct path_parser *parser)
{
    size_t start = parser->at;
    while (is_digit(path_peek(parser, 0))) {
        parser->at++;
    }
    return parser->at - start;
}

static bool parse_number(struct path_parser *parser, struct json_value *literal)
{
    size_t start = parser->at;
    path_take(parser, '-');
    size_t first = parser->at;
    size_t digits = skip_digits(parser);
    bool is_valid = digits == 1 || (digits > 1 && parser->text.at[first] != '0');
    if (is_valid && path_take(parser, '.')) {
        is_valid = skip_digits(parser) > 0;
    }
    if (is_valid && (path_peek(parser, 0) | 0x20) == 'e') {
        parser->at++;
        if (!path_take(parser, '-')) {
            path_take(parser, '+');
        }
        is_valid = skip_digits(parser) > 0;
    }
    *literal = (struct json_value){ .type = JSON_NUMBER,
                                    .at = parser->text.at + start,
                                    .count = (uint32_t)(parser->at - start) };
    return is_valid ||
           path_refuse(parser, start, parser->at, NULL, "this is not a JSON number");
}

static const struct {
    const char *word;
    enum json_type type;
} words[] = { { "true", JSON_TRUE }, { "false", JSON_FALSE }, { "null", JSON_NULL } };

/* Index into words, or a number beyond. */
static size_t find_word(const struct path_parser *parser)
{
    size_t i = 0;
    while (i < ARRAY_SIZE(words) && !path_starts_with(parser, words[i].word)) {
        i++;
    }
    return i;
}

bool path_is_literal(const struct path_parser *parser)
{
    char c = path_peek(parser, 0);
    return c == '\'' || c == '"' || c == '-' || is_digit(c) ||
           find_word(parser) < ARRAY_SIZE(words);
}

bool path_parse_literal(struct path_parser *parser, const struct json_value **ret_literal)
{
    struct json_value *literal = ARENA_NEW(&parser->path->arena, struct json_value);
    *ret_literal = literal;
    char c = path_peek(parser, 0);
    if (c == '\'' || c == '"') {
        struct text text;
        if (!path_parse_string(parser, &text)) {
            return false;
        }
        *literal = (struct json_value){ .type = JSON_STRING,
                                        .at = text.at,
                                        .count = (uint32_t)text.size };
        return true;
    }
    if (c == '-' || is_digit(c)) {
        return parse_number(parser, literal);
    }
    size_t word = find_word(parser);
    literal->type = words[word].type;
    parser->at += strlen(words[word].word);
    return true;
}
