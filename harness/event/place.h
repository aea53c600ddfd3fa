/* SPDX-License-Identifier: MIT */
/*
 * A span as it is shown: name, line, column, and the line itself with where the caret goes. Made in
 * the process that has the source (a doc string taken apart in a worker exists nowhere else), so
 * that it can cross the pipe as plain texts. Texts live in the arena given.
 */
#ifndef BDDRUN_EVENT_PLACE_H
#define BDDRUN_EVENT_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"

enum { PLACE_LINE_LIMIT = 4000 }; /* code points of a line that are kept, around the caret */

struct place {
    struct text name;  /* empty: nowhere */
    uint32_t line;     /* 1-based */
    uint32_t column;   /* 1-based, code points */
    struct text text;  /* of the line, unescaped; a part of a very long one */
    uint32_t caret;    /* 1-based, code points: where in `text` the carets start */
    uint32_t width;    /* code points that the carets underline, at least 1 */
    uint32_t row_line; /* of the row of examples that filled this in; 0: none did */
};

/* Empty for span_none(). */
struct place place_of_span(struct arena *arena, struct span span);

/* Adds the numbered line and carets below it, both after `indent` spaces; long lines are cut around
 * the caret. Nothing for an empty place. */
struct buffer;
void place_print_excerpt(struct buffer *out, const struct place *place, size_t indent,
                         bool with_colour);

/* Adds "name:line:column", and the row's line where there is one; control characters escaped; nothing for an empty place. */
void place_print(struct buffer *out, const struct place *place);

#endif
