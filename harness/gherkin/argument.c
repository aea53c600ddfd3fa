/* SPDX-License-Identifier: MIT */
#include "gherkin/argument.h"

#include <string.h>

#include "gherkin/tokens/line.h"

void doc_string_source(const struct source *file, const struct doc_string *doc_string,
                       struct source *ret_source)
{
    source_embed(ret_source, doc_string->content, file, doc_string->content_start,
                 doc_string->indent);
    ret_source->unfilled = doc_string->unfilled;
    ret_source->row_start = doc_string->row_start;
}

struct text cell_unescape(struct arena *arena, struct text written)
{
    size_t at = text_find_byte(written, '\\', 0);
    if (at == written.size) {
        return written;
    }
    char *value = arena_string(arena, written);
    size_t size = at;
    for (; at < written.size; at++) {
        char next = at + 1 < written.size ? written.at[at + 1] : '\0';
        bool is_escape = written.at[at] == '\\' && (next == 'n' || next == '|' || next == '\\');
        if (is_escape) {
            at++;
        }
        value[size++] = is_escape && next == 'n' ? '\n' : written.at[at];
    }
    value[size] = '\0';
    return text_make(value, size);
}

/* Bytes of white space at the start of a line, up to so many code points. */
static size_t indent_size(struct text line, size_t indent)
{
    size_t size = 0;
    size_t blank = blank_size(line);
    while (indent > 0 && size < blank) {
        size++;
        while (size < blank && ((unsigned char)line.at[size] & 0xC0) == 0x80) {
            size++;
        }
        indent--;
    }
    return size;
}

/* Appends the line to *content with the escaped delimiter as itself. */
static void add_unescaped(struct text line, struct text escaped, char **content)
{
    size_t at = 0;
    while (at < line.size) {
        size_t found = text_find(line, escaped, at);
        memcpy(*content, line.at + at, found - at);
        *content += found - at;
        at = found;
        if (found < line.size) {
            memset(*content, escaped.at[1], 3);
            *content += 3;
            at += escaped.size;
        }
    }
}

/* True where the bytes are the content as they stand. */
static bool is_plain(const struct doc_string *doc_string, struct text written)
{
    return doc_string->indent == 0 && text_find_byte(written, '\r', 0) == written.size &&
           text_find_byte(written, '\\', 0) == written.size;
}

void doc_string_fill(struct doc_string *doc_string, struct arena *arena,
                     const struct source *file, size_t start, size_t end)
{
    struct text written = text_slice(file->bytes, start, end);
    doc_string->content_start = (uint32_t)(start + indent_size(written, doc_string->indent));
    if (is_plain(doc_string, written)) {
        doc_string->content = written;
        return;
    }
    bool has_quotes = doc_string->delimiter.at[0] == '"';
    struct text escaped = has_quotes ? TEXT("\\\"\\\"\\\"") : TEXT("\\`\\`\\`");
    char *content = arena_string(arena, written);
    char *at = content;
    for (size_t line_start = 0; line_start <= written.size;) {
        size_t line_end = text_find_byte(written, '\n', line_start);
        struct text line = text_slice(written, line_start, line_end);
        if (line.size && line.at[line.size - 1] == '\r') {
            line.size--;
        }
        add_unescaped(text_from(line, indent_size(line, doc_string->indent)), escaped, &at);
        if (line_end < written.size) {
            *at++ = '\n';
        }
        line_start = line_end + 1;
    }
    *at = '\0';
    doc_string->content = text_make(content, (size_t)(at - content));
}
