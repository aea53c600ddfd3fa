/* SPDX-License-Identifier: MIT */
#include "format/json/json_scan.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "format/json/json_number.h"

/* Eight bytes none of which is a control character, '"', '\\' or beyond ASCII. */
static bool is_plain_block(const char *at)
{
    const uint64_t ones = 0x0101010101010101U;
    uint64_t block;
    memcpy(&block, at, sizeof block);
    uint64_t quotes = block ^ (ones * '"');
    uint64_t escapes = block ^ (ones * '\\');
    uint64_t special = (block - ones * 0x20) | (quotes - ones) | (escapes - ones) | block;
    return (special & (ones * 0x80)) == 0;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static size_t skip_plain(struct text bytes, size_t at)
{
    while (at + 8 <= bytes.size && is_plain_block(bytes.at + at)) {
        at += 8;
    }
    while (at < bytes.size && is_plain((unsigned char)bytes.at[at])) {
        at++;
    }
    return at;
}

static bool is_hex_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The size of the escape at `at`; 0 for what is none. */
static size_t escape_size(struct text bytes, size_t at)
{
    if (at + 1 >= bytes.size) {
        return 0;
    }
    if (bytes.at[at + 1] != 'u') {
        return memchr("\"\\/bfnrt", bytes.at[at + 1], 8) ? 2 : 0;
    }
    for (size_t i = at + 2; i < at + 6; i++) {
        if (i >= bytes.size || !is_hex_digit(bytes.at[i])) {
            return 0;
        }
    }
    return 6;
}

static bool refuse(struct problems *problems, struct span span, const char *hint,
                   const char *message)
{
    problems_add(problems, PROBLEM_INPUT, span, hint, "%s", message);
    return false;
}

static bool refuse_byte(const struct source *source, size_t at, struct problems *problems)
{
    unsigned char byte = (unsigned char)source->bytes.at[at];
    struct span span = span_make(source, at, at + 1);
    if (byte >= 0x80) {
        problems_add(problems, PROBLEM_INPUT, span, NULL,
                     "byte 0x%02x in a string is not UTF-8", byte);
        return false;
    }
    problems_add(problems, PROBLEM_INPUT, span,
                 byte == '\n' ? "is the closing quote missing? a line end is written \\n"
                              : NULL,
                 "control character must be written as '\\u%04x' in a string", byte);
    return false;
}

static bool refuse_string(const struct source *source, size_t start, size_t at,
                          struct problems *problems)
{
    struct text bytes = source->bytes;
    if (at >= bytes.size || (bytes.at[at] == '\\' && at + 1 == bytes.size)) {
        return refuse(problems, span_make(source, start, start + 1), NULL,
                      "the string is not closed");
    }
    if (bytes.at[at] == '\\') {
        return refuse(
            problems, span_make(source, at, at + 2),
            "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits",
            "unknown escape in a string");
    }
    return refuse_byte(source, at, problems);
}

bool json_scan_string(const struct source *source, size_t start, struct json_token *token,
                      struct problems *problems)
{
    struct text bytes = source->bytes;
    size_t at = start + 1;
    for (;;) {
        at = skip_plain(bytes, at);
        size_t size = 0;
        if (at < bytes.size && bytes.at[at] == '"') {
            break;
        }
        if (at < bytes.size && bytes.at[at] == '\\') {
            size = escape_size(bytes, at);
            token->has_escapes = true;
        } else if (at < bytes.size && (unsigned char)bytes.at[at] >= 0x80) {
            size = utf8_decode(text_from(bytes, at), NULL);
        }
        if (size == 0) {
            return refuse_string(source, start, at, problems);
        }
        at += size;
    }
    token->start = start;
    token->end = at + 1;
    return true;
}

static bool is_number_byte(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}

bool json_scan_number(const struct source *source, size_t start, struct json_token *token,
                      struct problems *problems)
{
    struct text bytes = source->bytes;
    size_t end = start + 1;
    while (end < bytes.size && is_number_byte(bytes.at[end])) {
        end++;
    }
    if (!json_number_is_valid(text_slice(bytes, start, end))) {
        struct text shown = text_slice(bytes, start, end < start + 40 ? end : start + 40);
        problems_add(problems, PROBLEM_INPUT, span_make(source, start, end), NULL,
                     "'%.*s' is not a JSON number", TEXT_ARG(shown));
        return false;
    }
    *token = (struct json_token){ JSON_TOKEN_NUMBER, start, end, false };
    return true;
}
