/* SPDX-License-Identifier: MIT */
/* Ascending line numbers of one file, printed as ranges on a line: "src/a.c: 3, 7-9, 12". */
#ifndef BDDRUN_COVERAGE_RANGES_H
#define BDDRUN_COVERAGE_RANGES_H

#include <stdint.h>

#include "base/buffer.h"

/* Begun with out, title and path set and all else zero; nothing is printed without a number. */
struct ranges {
    struct buffer *out;
    const char *title; /* before the path; may be "" */
    struct text path;
    uint32_t first; /* of the range that is open; 0: none yet */
    uint32_t last;
    bool has_printed;
};

void ranges_add(struct ranges *ranges, uint32_t number);

/* Ends the range that is open; the next number begins another, even if it is the next line. */
void ranges_break(struct ranges *ranges);
void ranges_end(struct ranges *ranges);

/* The number does not touch the last one but belongs to its range: between are no lines at all. */
void ranges_extend(struct ranges *ranges, uint32_t number);

#endif
