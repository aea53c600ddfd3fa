/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean" for a text that fits no step: the text with a small slip put right (a colon, a
 * blank, a capital, a comment behind it, a deadline where none may stand), or the steps whose words
 * are nearest. Takes milliseconds: only for undefined steps.
 */
#ifndef BDDRUN_MATCH_SUGGESTION_H
#define BDDRUN_MATCH_SUGGESTION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "match/registry.h"
#include "match/step_definition.h"

enum { SUGGESTION_LIMIT = 3 };

struct suggestions {
    struct text repaired; /* a text that fits exactly one step; empty where none was found */
    const struct step_definition *steps[SUGGESTION_LIMIT]; /* nearest first */
    size_t count;                                          /* 0 when repaired */
};

/* repaired lives in the arena. */
void suggestions_find(struct registry *registry, struct text text, struct arena *arena,
                      struct suggestions *ret_suggestions);

/* Adds "did you mean 'I wait 200 ms' or '…'?", of steps their examples; where nothing is near, where
 * all steps are listed. */
void suggestions_print(struct buffer *out, const struct suggestions *suggestions);

/* The example of a step without its keyword; of a composite step its expression. */
struct text step_definition_example(const struct step_definition *definition);

/* How well the words of the step fit those of the text: 0 (not at all) to 1. For searches. */
double suggestion_likeness(const struct step_definition *definition, struct text text);

#endif
