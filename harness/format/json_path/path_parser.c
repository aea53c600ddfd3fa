/* SPDX-License-Identifier: MIT */
#include "format/json_path/path_parser.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "format/json_path.h"

char path_peek(const struct path_parser *parser, size_t offset)
{
    size_t at = parser->at + offset;
    return at < parser->text.size ? parser->text.at[at] : '\0';
}

bool path_starts_with(const struct path_parser *parser, const char *word)
{
    return text_starts_with(text_from(parser->text, parser->at), text_of(word));
}

bool path_take(struct path_parser *parser, char byte)
{
    bool is_here = parser->at < parser->text.size && parser->text.at[parser->at] == byte;
    parser->at += is_here;
    return is_here;
}

void path_skip_space(struct path_parser *parser)
{
    while (parser->at < parser->text.size &&
           memchr(" \t\n\r", parser->text.at[parser->at], 4)) {
        parser->at++;
    }
}

/* The part of the user's file that is text[start, end), as far as it stands there unchanged. */
static struct span find_place(const struct path_parser *parser, size_t start, size_t end)
{
    struct text written = span_text(parser->place);
    size_t offset = text_find(written, parser->text, 0);
    if (!parser->place.source || parser->text.size == 0 || offset == written.size) {
        return parser->place;
    }
    offset += parser->place.start;
    return span_make(parser->place.source, offset + start, offset + end);
}

bool path_refuse(struct path_parser *parser, size_t start, size_t end, const char *hint,
                 const char *message)
{
    problems_add(parser->problems, PROBLEM_INPUT, find_place(parser, start, end), hint,
                 "JSONPath '%.*s': %s (character %zu)", TEXT_ARG(parser->text), message,
                 utf8_count(text_slice(parser->text, 0, start)) + 1);
    return false;
}

bool path_expected(struct path_parser *parser, const char *what)
{
    char message[160];
    struct text rest = text_from(parser->text, parser->at);
    size_t size = utf8_decode(rest, NULL);
    size = size ? size : rest.size > 0;
    snprintf(message, sizeof message, rest.size ? "expected %s, found '%.*s'" : "expected %s",
             what, (int)size, rest.at);
    return path_refuse(parser, parser->at, parser->at + size, NULL, message);
}

bool path_enter(struct path_parser *parser)
{
    if (parser->depth == JSON_PATH_NESTING_LIMIT) {
        return path_refuse(parser, parser->at, parser->at, NULL, "nested too deeply");
    }
    parser->depth++;
    return true;
}

void path_leave(struct path_parser *parser)
{
    parser->depth--;
}
