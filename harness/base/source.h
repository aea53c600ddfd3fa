/* SPDX-License-Identifier: MIT */
/*
 * The bytes of something a user wrote (a file, a doc string, an option, a response), with a name to
 * show, and spans into it. A source never changes once made, so a span stays valid as long as its
 * source. Offsets are bytes; lines and columns are computed when asked for, 1-based, columns in
 * code points. Sources loaded before the workers are forked have the same address and id in every
 * process: across a pipe a span travels as id and offsets.
 */
#ifndef BDDRUN_BASE_SOURCE_H
#define BDDRUN_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct source {
    uint32_t id;           /* index in its struct sources; SOURCE_NO_ID outside of one */
    struct text name;      /* shown: a path as the user gave it, "<stdin>", a URL */
    struct text bytes;     /* borrowed or owned by whoever made the source */
    uint32_t *line_starts; /* heap; built by source_index_lines, otherwise NULL */
    size_t line_count;
    /* A part of another source (a doc string, a table cell): where it stands there. Its position
     * is then shown in the parent; see source_embed. */
    const struct source *parent;
    size_t parent_start; /* offset in parent of the first byte of the part */
    size_t indent;       /* code points cut off the start of every line of the part */
    /* Of a part whose <placeholders> a row of examples filled in: its text as it stands in the
     * parent, and where the row starts there; else empty. See span_as_written. */
    struct text unfilled;
    size_t row_start;
};

#define SOURCE_NO_ID UINT32_MAX

struct span {
    const struct source *source; /* NULL: nowhere, see span_none() */
    size_t start;
    size_t end;
};

struct position {
    size_t line;   /* 1-based; 0 where there is none */
    size_t column; /* 1-based, in code points */
};

/* name and bytes are borrowed. */
void source_init(struct source *source, struct text name, struct text bytes);
void source_release(struct source *source); /* the line index only */

/* A doc string's or cell's content as a source of its own, whose positions are shown in the file it
 * stands in: line n of the part is line n - 1 after the line of parent_start, moved right by
 * indent code points (Gherkin strips the indentation of doc strings). */
void source_embed(struct source *part, struct text bytes, const struct source *parent,
                  size_t parent_start, size_t indent);

/* Builds the line index, once; before forking, for all sources that workers may ask about. */
void source_index_lines(struct source *source);

/* Works with or without an index (then by counting). For a part: the position in the outermost
 * source, whose name is source_shown(). */
struct position source_position(const struct source *source, size_t offset);
const struct source *source_shown(const struct source *source);

/* The line of the outermost source that holds the offset, without its line end. */
struct text source_line_at(const struct source *source, size_t offset);

/* The span in the parent of what was filled in: of a placeholder, as a whole, where a value stands
 * for it. Any other span is itself. */
struct span span_as_written(struct span span);

struct span span_none(void);
struct span span_make(const struct source *source, size_t start, size_t end);
struct span span_all(const struct source *source);
struct text span_text(struct span span);

/* Adds "name:line:column", or only the name for a span of size 0 at a source without bytes. */
struct buffer;
void span_print(struct buffer *out, struct span span);

#endif
