/* SPDX-License-Identifier: MIT */
/*
 * What stands below a step: a doc string, a table or both. Part of a document or, with an
 * outline's values filled in, of a pickle; lives in that arena and never changes. Places are 32-bit
 * byte offsets into the document's source, lines are 1-based.
 */
#ifndef BDDRUN_GHERKIN_ARGUMENT_H
#define BDDRUN_GHERKIN_ARGUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"

/* Bytes of the document's source. */
struct slice {
    uint32_t start;
    uint32_t size;
};

struct cell {
    struct text value;  /* unescaped, in a pickle also with the row's values filled in */
    struct slice place; /* as written, without the blanks around it */
};

struct row {
    const struct cell *cells;
    uint32_t cell_count;
    uint32_t line;
    struct slice place; /* from the first to the last | */
};

struct table {
    const struct row *rows; /* at least one, all of the same cell_count */
    uint32_t row_count;
};

struct doc_string {
    struct text media_type; /* empty where none is given */
    struct text content;    /* without its indent; lines end in \n */
    struct text delimiter;  /* three double quotes or three backticks */
    struct slice place;     /* from the opening to the closing delimiter */
    uint32_t line;          /* of the opening delimiter */
    uint32_t content_start; /* offset of the first byte of content that is shown */
    uint32_t indent;        /* code points cut off the start of every line */
    struct text
        unfilled;       /* of one that a row of examples filled in: as it stands; else empty */
    uint32_t row_start; /* and the offset of that row */
};

/* A step may have both; either may be NULL. */
struct step_argument {
    const struct doc_string *doc_string;
    const struct table *table;
    bool is_table_first;
};

/* The content as a source of its own, whose positions are shown in the file. file is that of
 * the document. */
void doc_string_source(const struct source *file, const struct doc_string *doc_string,
                       struct source *ret_source);

/* Sets content and content_start from the lines between the delimiters, file bytes [start, end)
 * without the line end before the closing one; delimiter and indent are set. */
void doc_string_fill(struct doc_string *doc_string, struct arena *arena,
                     const struct source *file, size_t start, size_t end);

/* The value of a cell: \n, \| and \\ resolved, anything else kept. Borrows where nothing is. */
struct text cell_unescape(struct arena *arena, struct text written);

#endif
