/* SPDX-License-Identifier: MIT */
#include "format/style.h"

#include "base/escape.h"

static const char *const sequences[STYLE_COUNT] = {
    [STYLE_PLAIN] = "",           [STYLE_GOOD] = "\033[32m", [STYLE_BAD] = "\033[31m",
    [STYLE_WARNING] = "\033[33m", [STYLE_DIM] = "\033[2m",   [STYLE_BOLD] = "\033[1m",
};

void style_begin(const struct style_writer *writer, enum style style)
{
    if (writer->with_colour)
        buffer_add_string(writer->out, sequences[style]);
}

void style_end(const struct style_writer *writer, enum style style)
{
    if (writer->with_colour && style != STYLE_PLAIN)
        buffer_add_string(writer->out, "\033[0m");
}

void style_add(const struct style_writer *writer, enum style style, struct text text)
{
    style_begin(writer, style);
    escape_line(writer->out, text);
    style_end(writer, style);
}

void style_add_string(const struct style_writer *writer, enum style style, const char *text)
{
    style_begin(writer, style);
    buffer_add_string(writer->out, text);
    style_end(writer, style);
}
