/* SPDX-License-Identifier: MIT */
#include "base/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/utf8.h"

void source_init(struct source *source, struct text name, struct text bytes)
{
    *source = (struct source){ .id = SOURCE_NO_ID, .name = name, .bytes = bytes };
}

void source_release(struct source *source)
{
    free(source->line_starts);
    source->line_starts = NULL;
    source->line_count = 0;
}

void source_embed(struct source *part, struct text bytes, const struct source *parent,
                  size_t parent_start, size_t indent)
{
    source_init(part, parent->name, bytes);
    part->parent = parent;
    part->parent_start = parent_start;
    part->indent = indent;
}

static size_t count_lines(struct text bytes)
{
    size_t count = 1;
    for (size_t at = text_find_byte(bytes, '\n', 0); at < bytes.size; count++) {
        at = text_find_byte(bytes, '\n', at + 1);
    }
    return count;
}

/* Above 4 GiB there is no index: lines are counted when asked for. */
void source_index_lines(struct source *source)
{
    if (source->line_starts || source->bytes.size >= UINT32_MAX) {
        return;
    }
    size_t count = count_lines(source->bytes);
    source->line_starts = alloc_or_die(count, sizeof *source->line_starts);
    size_t start = 0;
    for (source->line_count = 0; source->line_count < count; source->line_count++) {
        source->line_starts[source->line_count] = (uint32_t)start;
        start = text_find_byte(source->bytes, '\n', start) + 1;
    }
}

struct line {
    size_t number; /* 1-based */
    size_t start;
};

static struct line find_indexed(const struct source *source, size_t offset)
{
    size_t low = 0;
    size_t high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (struct line){ low + 1, source->line_starts[low] };
}

static struct line find_line(const struct source *source, size_t offset)
{
    if (source->line_starts) {
        return find_indexed(source, offset);
    }
    struct line line = { 1, 0 };
    size_t end = text_find_byte(source->bytes, '\n', 0);
    while (end < offset && end < source->bytes.size) {
        line.number++;
        line.start = end + 1;
        end = text_find_byte(source->bytes, '\n', end + 1);
    }
    return line;
}

/* A byte order mark is no part of the first line. */
static size_t bom_size(const struct source *source, size_t line_start)
{
    static const struct text bom = TEXT_STATIC("\xEF\xBB\xBF");
    bool is_there = line_start == 0 && !source->parent && text_starts_with(source->bytes, bom);
    return is_there ? bom.size : 0;
}

struct position source_position(const struct source *source, size_t offset)
{
    if (offset > source->bytes.size) {
        offset = source->bytes.size;
    }
    struct line line = find_line(source, offset);
    size_t start = line.start + bom_size(source, line.start);
    size_t column =
        utf8_count(text_slice(source->bytes, start, offset < start ? start : offset)) + 1;
    if (!source->parent) {
        return (struct position){ line.number, column };
    }
    struct position first = source_position(source->parent, source->parent_start);
    bool is_first_line = line.number == 1;
    return (struct position){ first.line + line.number - 1, is_first_line
                                                                ? first.column + column - 1
                                                                : source->indent + column };
}

const struct source *source_shown(const struct source *source)
{
    while (source->parent) {
        source = source->parent;
    }
    return source;
}

static struct text cut_line(struct text bytes, size_t start)
{
    struct text line = text_slice(bytes, start, text_find_byte(bytes, '\n', start));
    if (line.size && line.at[line.size - 1] == '\r') {
        line.size--;
    }
    return line;
}

struct text source_line_at(const struct source *source, size_t offset)
{
    size_t number = source_position(source, offset).line;
    const struct source *shown = source_shown(source);
    if (shown == source) {
        size_t line_start = find_line(source, offset).start;
        return cut_line(source->bytes, line_start + bom_size(source, line_start));
    }
    size_t start = 0;
    for (size_t line = 1; line < number && start < shown->bytes.size; line++) {
        start = text_find_byte(shown->bytes, '\n', start) + 1;
    }
    return cut_line(shown->bytes, start);
}

struct span span_none(void)
{
    return (struct span){ NULL, 0, 0 };
}

struct span span_make(const struct source *source, size_t start, size_t end)
{
    return (struct span){ source, start, end };
}

struct span span_all(const struct source *source)
{
    return (struct span){ source, 0, source->bytes.size };
}

struct text span_text(struct span span)
{
    return span.source ? text_slice(span.source->bytes, span.start, span.end) : TEXT_EMPTY;
}

void span_print(struct buffer *out, struct span span)
{
    if (!span.source) {
        return;
    }
    span = span_as_written(span);
    buffer_add(out, source_shown(span.source)->name);
    if (span.source->bytes.size || span.source->parent) {
        struct position position = source_position(span.source, span.start);
        buffer_add_format(out, ":%zu:%zu", position.line, position.column);
    }
}
