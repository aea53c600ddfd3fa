/* SPDX-License-Identifier: MIT */
/*
 * What the rules found, in the order they are weighed: it becomes the rules of the verdict. All
 * texts are copied into the arena given.
 */
#ifndef BDDRUN_GATE_FINDINGS_H
#define BDDRUN_GATE_FINDINGS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/source.h"
#include "gate/verdict.h"

struct findings {
    struct arena *arena;
    struct verdict_rule *list; /* in the arena */
    size_t count;
    size_t capacity;
};

void findings_init(struct findings *findings, struct arena *arena);

/* The format is that of the reason. The functions below it are for the newest finding. */
void findings_add(struct findings *findings, enum verdict_result result, const char *name,
                  const char *format, ...) PRINTF_LIKE(4, 5);
void findings_hint(struct findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);
void findings_measured(struct findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);
void findings_required(struct findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);
void findings_place(struct findings *findings, struct text file, uint64_t line);
void findings_at(struct findings *findings, struct span span); /* nothing for span_none() */

/* "coverage.report." and a name of the user's. */
const char *findings_name(struct findings *findings, const char *start, struct text name);

#endif
