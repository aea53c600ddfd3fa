/* SPDX-License-Identifier: MIT */
/*
 * Colours of a terminal (ECMA-48 SGR), by meaning. With colour off nothing is added, so texts can
 * be compared.
 */
#ifndef BDDRUN_FORMAT_STYLE_H
#define BDDRUN_FORMAT_STYLE_H

#include <stdbool.h>

#include "base/buffer.h"

enum style {
    STYLE_PLAIN,
    STYLE_GOOD,
    STYLE_BAD,
    STYLE_WARNING,
    STYLE_DIM,
    STYLE_BOLD,
    STYLE_COUNT
};

struct style_writer {
    struct buffer *out; /* borrowed */
    bool with_colour;
    size_t text_limit_bytes; /* what is shown of each text of a failure; 0: all */
};

void style_begin(const struct style_writer *writer, enum style style);
void style_end(const struct style_writer *writer, enum style style);

/* The text in the style, control characters escaped: one line. */
void style_add(const struct style_writer *writer, enum style style, struct text text);

/* As it is: our own words. */
void style_add_string(const struct style_writer *writer, enum style style, const char *text);

#endif
