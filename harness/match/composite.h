/* SPDX-License-Identifier: MIT */
/*
 * Composite steps: steps that users write in Gherkin (*.steps.feature; section 7 of the
 * vocabulary). A scenario is a step: its name the expression, its steps what is run. Loading
 * checks all that can be checked before a run. Running them is run/'s: the definition of a match
 * points to the composite.
 */
#ifndef BDDRUN_MATCH_COMPOSITE_H
#define BDDRUN_MATCH_COMPOSITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "gherkin/document.h"
#include "gherkin/pickle.h"
#include "match/registry.h"
#include "match/step_definition.h"

enum { COMPOSITE_DEPTH_LIMIT = 16 };

#define COMPOSITE_NO_ACTOR ((size_t)-1)

struct composite_step {
    struct pickle_step pickle; /* text, keyword, doc string, table, place */
    const struct step_match *match;
};

/* The value of an argument of the caller's match, under its name in the body. */
struct composite_input {
    struct text name;
    size_t argument; /* index in step_match.arguments */
};

struct composite {
    struct step_definition definition; /* .composite is this */
    const struct document *document;
    const struct pickle *pickle;
    struct text expression;
    struct span at;        /* of the expression */
    size_t actor_argument; /* whom I, my and the mean; COMPOSITE_NO_ACTOR: the caller's I */
    const struct composite_input *inputs;
    size_t input_count;
    const struct text *outputs; /* variables copied to the calling actor */
    size_t output_count;
    bool takes_argument; /* its doc string or table is ${argument} */
    const struct composite_step *steps;
    size_t step_count;
};

struct composites {
    const struct composite *list;
    size_t count;
};

/* Reads the scenarios of the documents, adds them to the registry and matches their steps. All
 * live in the arena, which must outlive the registry, as must the documents. False with problems:
 * bad expressions, names that do not fit, undefined or ambiguous steps, clashes, cycles, more than
 * COMPOSITE_DEPTH_LIMIT levels; the registry is of no use then. */
bool composites_load(const struct document *const *documents, size_t count,
                     struct registry *registry, struct arena *arena,
                     struct composites *ret_composites, struct problems *problems) MUST_CHECK;

#endif
