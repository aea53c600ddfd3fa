/* SPDX-License-Identifier: MIT */
/*
 * Bodies compared by what they are: JSON, XML, HTML, text, else bytes. Adding a format is a new
 * engine in the table diff_engines.
 */
#ifndef BDDRUN_DIFF_ENGINE_H
#define BDDRUN_DIFF_ENGINE_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/text.h"
#include "diff/difference.h"
#include "diff/judge.h"

struct body_side {
    struct text bytes; /* decoded */
    struct text
        media_type; /* as in Content-Type, parameters allowed; empty: seen from the bytes */
};

struct body_pair {
    struct body_side left;
    struct body_side right;
    const struct judge *judge; /* NULL: nothing is allowed */
};

struct diff_engine {
    const char *name; /* "JSON", "XML", "HTML", "text", "bytes" */
    /* Whether bodies of this media type (lower case, no parameters; empty: unknown) are its own. */
    bool (*fits)(struct text media_type, struct text bytes);
    /* False when neither side can be read as this; nothing is then added. */
    bool (*compare)(const struct body_pair *pair, struct differences *differences) MUST_CHECK;
};

/* In the order they are asked; the last takes everything. */
extern const struct diff_engine *const diff_engines[];
extern const size_t diff_engine_count;

const struct diff_engine *diff_engine_of(const struct body_side *side);

/* Adds what differs. Bodies of two different kinds are one difference of class TYPE. */
void body_diff(const struct body_pair *pair, struct differences *differences);

/* The media type of a Content-Type without its parameters, as written. */
struct text media_type_of(struct text content_type);

#endif
