/* SPDX-License-Identifier: MIT */
/*
 * The lines of a .feature file, one at a time. Line ends are \n and \r\n; a single blank line at
 * the very end is none. Places are 32-bit byte offsets into the source's bytes.
 */
#ifndef BDDRUN_GHERKIN_TOKENS_LINE_H
#define BDDRUN_GHERKIN_TOKENS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct line {
    uint32_t number; /* 1-based */
    uint32_t start;
    uint32_t text; /* the first byte that is not blank; == end for an empty line */
    uint32_t end;  /* without the line end */
};

struct line_reader {
    struct text bytes; /* less than 4 GiB */
    size_t at;
    uint32_t number; /* of the line read last */
    bool is_at_end;
};

/* Starts behind a byte order mark. */
void line_reader_init(struct line_reader *reader, struct text bytes);

/* False at the end; then *ret_line is the place behind the last line. */
bool line_reader_next(struct line_reader *reader, struct line *ret_line);

/* Code points before the text. */
size_t line_indent(struct text bytes, const struct line *line);

/* Bytes of white space (as Unicode has it) at the start of text; text without that at its end. */
size_t blank_size(struct text text);
struct text blank_trim_end(struct text text);

#endif
