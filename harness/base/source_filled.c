/* SPDX-License-Identifier: MIT */
/* From texts that a row of examples filled in back to what stands in the file. */
#include "base/source.h"
#include "base/utf8.h"

struct range {
    size_t start;
    size_t end;
};

/* The next <…> of one line at or behind `from`; where there is none, its start and end are the
 * text's end. What only looks like one (HTML) is its own value. */
static struct range next_placeholder(struct text unfilled, size_t from)
{
    size_t start = text_find_byte(unfilled, '<', from);
    while (start < unfilled.size) {
        size_t end = text_find_byte(unfilled, '>', start);
        if (text_find_byte(unfilled, '\n', start) > end && end < unfilled.size) {
            return (struct range){ start, end + 1 };
        }
        start = text_find_byte(unfilled, '<', start + 1);
    }
    return (struct range){ unfilled.size, unfilled.size };
}

/* Where the text between two placeholders is in the filled one. */
static size_t find_literal(struct text filled, struct text literal, size_t from, bool is_last)
{
    if (!is_last) {
        return text_find(filled, literal, from);
    }
    size_t start = filled.size > literal.size ? filled.size - literal.size : 0;
    return start > from ? start : from;
}

/* Placeholders side by side count as one. */
static struct range take_placeholder(struct text unfilled, size_t from)
{
    struct range taken = next_placeholder(unfilled, from);
    struct range next = next_placeholder(unfilled, taken.end);
    while (next.start == taken.end && next.start < unfilled.size) {
        taken.end = next.end;
        next = next_placeholder(unfilled, taken.end);
    }
    return taken;
}

static struct range written_range(struct text unfilled, struct text filled, size_t offset)
{
    size_t written = 0;
    size_t at = 0;
    for (;;) {
        struct range placeholder = take_placeholder(unfilled, written);
        size_t literal_size = placeholder.start - written;
        if (offset < at + literal_size || placeholder.start == unfilled.size) {
            size_t found = written + (offset > at ? offset - at : 0);
            found = found < unfilled.size ? found : unfilled.size;
            return (struct range){ found, found < unfilled.size ? found + 1 : found };
        }
        at += literal_size;
        size_t next = next_placeholder(unfilled, placeholder.end).start;
        struct text literal = text_slice(unfilled, placeholder.end, next);
        at = find_literal(filled, literal, at, next == unfilled.size);
        if (offset < at) {
            return placeholder;
        }
        written = placeholder.end;
    }
}

/* The parent's offset of an offset in the unfilled text. */
static size_t parent_offset(const struct source *part, size_t offset)
{
    struct text bytes = part->parent->bytes;
    size_t line = part->parent_start;
    size_t start = 0;
    for (size_t end = text_find_byte(part->unfilled, '\n', 0); end < offset;
         end = text_find_byte(part->unfilled, '\n', start)) {
        start = end + 1;
        line = text_find_byte(bytes, '\n', line) + 1;
    }
    struct text rest = text_from(bytes, line < bytes.size ? line : bytes.size);
    size_t indent = start > 0 ? utf8_offset(rest, part->indent) : 0;
    return line + indent + (offset - start);
}

struct span span_as_written(struct span span)
{
    const struct source *part = span.source;
    if (!part || part->unfilled.size == 0) {
        return span;
    }
    struct range first = written_range(part->unfilled, part->bytes, span.start);
    struct range last = span.end > span.start + 1
                            ? written_range(part->unfilled, part->bytes, span.end - 1)
                            : first;
    return span_make(part->parent, parent_offset(part, first.start),
                     parent_offset(part, last.end));
}
