/* SPDX-License-Identifier: MIT */
#include "event/place.h"

#include "base/buffer.h"
#include "base/escape.h"
#include "base/utf8.h"

enum { EXCERPT_COLUMNS = 100, EXCERPT_BEFORE = 60 };

static uint32_t row_line_of(const struct source *source)
{
    return source->unfilled.size == 0
               ? 0
               : (uint32_t)source_position(source->parent, source->row_start).line;
}

struct place place_of_span(struct arena *arena, struct span span)
{
    if (!span.source)
        return (struct place){ .name = TEXT_EMPTY, .text = TEXT_EMPTY };
    uint32_t row_line = row_line_of(span.source);
    span = span_as_written(span);
    struct position position = source_position(span.source, span.start);
    struct text marked = span_text(span);
    marked = text_slice(marked, 0, text_find_byte(marked, '\n', 0));
    struct text line = source_line_at(span.source, span.start);
    size_t width = utf8_count(marked);
    size_t caret = position.column;
    if (caret > PLACE_LINE_LIMIT / 2) {
        line = text_from(line, utf8_offset(line, caret - PLACE_LINE_LIMIT / 2));
        caret = PLACE_LINE_LIMIT / 2;
    }
    line = text_slice(line, 0, utf8_offset(line, PLACE_LINE_LIMIT));
    return (struct place){
        .name = arena_text(arena, source_shown(span.source)->name),
        .line = (uint32_t)position.line,
        .column = (uint32_t)position.column,
        .text = arena_text(arena, line),
        .caret = (uint32_t)caret,
        .width = (uint32_t)(width > 0 ? width : 1),
        .row_line = row_line,
    };
}

void place_print_excerpt(struct buffer *out, const struct place *place, size_t indent,
                         bool with_colour)
{
    if (place->name.size == 0 || place->caret == 0)
        return;
    size_t before = place->caret - 1;
    size_t cut = before > EXCERPT_COLUMNS - 20 ? before - EXCERPT_BEFORE : 0;
    struct text shown = text_from(place->text, utf8_offset(place->text, cut));
    shown = text_slice(shown, 0, utf8_offset(shown, EXCERPT_COLUMNS));
    size_t before_size = utf8_offset(shown, before - cut);
    size_t gutter = out->size;
    buffer_add_repeated(out, ' ', indent);
    buffer_add_format(out, "%u │ ", place->line);
    gutter = utf8_count(text_from(buffer_text(out), gutter)) - 2;
    size_t line_start = out->size;
    escape_line(out, text_slice(shown, 0, before_size));
    size_t caret_start = out->size;
    size_t blank = utf8_count(text_from(buffer_text(out), line_start));
    struct text marked = text_from(shown, before_size);
    size_t marked_size = utf8_offset(marked, place->width);
    escape_line(out, text_slice(marked, 0, marked_size));
    size_t width = utf8_count(text_from(buffer_text(out), caret_start));
    escape_line(out, text_from(marked, marked_size));
    buffer_add_byte(out, '\n');
    buffer_add_repeated(out, ' ', gutter);
    buffer_add_string(out, "│ ");
    buffer_add_repeated(out, ' ', blank);
    buffer_add_string(out, with_colour ? "\033[31m" : "");
    buffer_add_repeated(out, '^', width > 0 ? width : 1);
    buffer_add_string(out, with_colour ? "\033[0m\n" : "\n");
}

void place_print(struct buffer *out, const struct place *place)
{
    if (place->name.size == 0)
        return;
    escape_line(out, place->name);
    if (place->line > 0)
        buffer_add_format(out, ":%u:%u", place->line, place->column);
    if (place->row_line > 0)
        buffer_add_format(out, ", filled in by the row at line %u", place->row_line);
}
