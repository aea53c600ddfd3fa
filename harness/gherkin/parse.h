/* SPDX-License-Identifier: MIT */
/*
 * The Gherkin parser (the classic flavour, not Markdown): all dialects, one line at a time, held
 * to the official test data. Recovers from an error to find more, at most GHERKIN_ERROR_LIMIT + 1.
 */
#ifndef BDDRUN_GHERKIN_PARSE_H
#define BDDRUN_GHERKIN_PARSE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "gherkin/document.h"

enum { GHERKIN_ERROR_LIMIT = 10 };

/* The document of a source, in the arena, borrowing from the source. False with problems of kind
 * PROBLEM_INPUT, and no document, when anything in it is wrong: a file with an error runs nothing.
 * Messages are the official ones, with the place as their span. A byte order mark is skipped; NUL
 * bytes, invalid UTF-8 and sources of 4 GiB or more are refused. */
bool gherkin_parse(const struct source *source, struct arena *arena,
                   const struct document **ret_document, struct problems *problems) MUST_CHECK;

#endif
