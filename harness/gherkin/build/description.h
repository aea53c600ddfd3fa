/* SPDX-License-Identifier: MIT */
/*
 * The free text below a heading: its lines without the comments between them and the blank lines
 * at their end, joined by \n.
 */
#ifndef BDDRUN_GHERKIN_BUILD_DESCRIPTION_H
#define BDDRUN_GHERKIN_BUILD_DESCRIPTION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/source.h"

/* Of the lines of the source from the start of one to the end of another. Borrows the source's
 * bytes where they are the description as they stand. */
struct text *description_make(struct arena *arena, const struct source *source, size_t start,
                              size_t end) MUST_CHECK;

#endif
