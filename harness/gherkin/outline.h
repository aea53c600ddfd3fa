/* SPDX-License-Identifier: MIT */
/*
 * Fills the values of an example row into the texts of an outline: every <header> of the examples,
 * header by header in their order, so that a value may name a later header. Makes texts in an
 * arena; texts without a header are shared.
 */
#ifndef BDDRUN_GHERKIN_OUTLINE_H
#define BDDRUN_GHERKIN_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "gherkin/pickle.h"

enum { OUTLINE_TEXT_LIMIT_BYTES = 16 << 20 }; /* of one filled text */

struct outline {
    const struct document *document;
    struct arena *arena;
    struct text *patterns; /* of the examples: <header> */
    const struct row *row; /* whose values are filled in */
    uint32_t count;        /* of patterns */
    struct buffer scratch[2];
    size_t filled_bytes; /* made so far, also in between */
    size_t limit_bytes;
    bool is_over_limit; /* of one text or of all: what was made since is cut short */
};

void outline_init(struct outline *outline, const struct document *document, struct arena *arena,
                  size_t limit_bytes);
void outline_release(struct outline *outline);

/* Chooses the examples, which have a table, for the rows to come. */
void outline_start(struct outline *outline, const struct examples *examples);

/* The row with its values filled into the scenario's name and steps; numbers are not set. */
struct outline_row *outline_fill(struct outline *outline, const struct scenario *scenario,
                                 const struct row *row) MUST_CHECK;

#endif
