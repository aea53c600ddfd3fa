/* SPDX-License-Identifier: MIT */
/*
 * The one step that a text means, or why there is none: everything about a step that can be said
 * before it runs, but for the content of its doc string or table.
 */
#ifndef BDDRUN_MATCH_STEP_CHOICE_H
#define BDDRUN_MATCH_STEP_CHOICE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "match/registry.h"
#include "match/step_definition.h"

enum step_fault {
    STEP_FITS,
    STEP_UNDEFINED,
    STEP_AMBIGUOUS,
    STEP_TOO_COMPLEX,
    STEP_WRONG_ARGUMENT /* a doc string or table is missing, too much, or the other one */
};

struct step_choice {
    enum step_fault fault;
    const struct step_match *match; /* also with STEP_WRONG_ARGUMENT, otherwise NULL */
    struct text message;            /* of a fault; in the arena */
    struct text hint;               /* of a fault, may be empty; in the arena */
};

void step_choose(struct registry *registry, struct text text, bool has_doc_string,
                 bool has_table, struct arena *arena, struct step_choice *ret_choice);

/* What the step does in the end: behind "afterwards" that of the inner step. */
const struct step_definition *step_match_effective(const struct step_match *match);

/* A function or a composite stands behind the step: it can be run. */
bool step_match_is_available(const struct step_match *match);

#endif
