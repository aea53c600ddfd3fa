/* SPDX-License-Identifier: MIT */
/* The last lines of a run on the terminal: how many scenarios and steps ended how. */
#ifndef BDDRUN_REPORTERS_TERMINAL_COUNTS_H
#define BDDRUN_REPORTERS_TERMINAL_COUNTS_H

#include <stdbool.h>

#include "format/style.h"

struct buffer;
struct tally;

/* "3 scenarios       2 passed · 1 failed" and the same of steps. skipped: what that is called. */
void counts_print(const struct style_writer *writer, const struct tally *tally,
                  const char *skipped);

/* Adds " · " before every part of a line but the first; the writer's buffer, for the part. */
struct buffer *counts_next_part(const struct style_writer *writer, bool *is_first);

#endif
