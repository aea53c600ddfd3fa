/* SPDX-License-Identifier: MIT */
/*
 * All steps that a run knows, and the search for those that fit a text. Patterns are compiled when
 * a text first asks for them; only definitions whose words occur in the text are tried. What was
 * found for a text is kept, so the same text costs a look-up. Fill and use it before forking:
 * the children then share the compiled patterns and the results.
 *
 *   within {duration} TEXT   where TEXT fits a definition with is_timed
 *   afterwards TEXT          where TEXT fits exactly one definition, not again "afterwards"
 */
#ifndef BDDRUN_MATCH_REGISTRY_H
#define BDDRUN_MATCH_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/text.h"
#include "match/expression.h"
#include "match/step_definition.h"

struct parameter_types;
struct registry;

/* Every definition that fits: 0 undefined, 1 found, more: ambiguous. */
struct step_matches {
    const struct step_match *list;
    size_t count;
    bool
        is_too_complex; /* a pattern gave up on the text: treat as an error, not as undefined */
};

/* types is borrowed for the registry's life. Heap. */
struct registry *registry_new(struct parameter_types *types);
void registry_free(struct registry *registry);     /* NULL is allowed */
void registry_release(struct registry **registry); /* for CLEANUP */

/* Adds definitions[count], borrowed. A definition whose expression is no Cucumber Expression is not
 * added: false with the first such error (those before it were added). What was matched
 * before is forgotten; earlier results stay readable. */
bool registry_add(struct registry *registry, const struct step_definition *definitions,
                  size_t count, struct expression_error *ret_error) MUST_CHECK;

/* Compiles the pattern of a definition now. False when it is too much: a text that it could fit is
 * then too complex. */
bool registry_prepare(struct registry *registry, size_t index);

/* One definition alone fits the text, without "within" and whatever stands behind "afterwards". */
bool registry_fits(struct registry *registry, size_t index, struct text text);

/* Never NULL; lives as long as the registry. text is copied. */
const struct step_matches *registry_match(struct registry *registry, struct text text);

/* The same for texts of which most occur once: only what is met again is kept, the rest is in the
 * arena and points into text, which must live as long. A step_match with is_kept lives as long as
 * the registry. */
struct arena;
const struct step_matches *registry_look(struct registry *registry, struct text text,
                                         struct arena *arena);

/* What registry_look met once is forgotten, what it met twice stays found: between planning, which
 * looks at each step once, and running, which does so again. */
void registry_settle(struct registry *registry);

size_t registry_count(const struct registry *registry);
const struct step_definition *registry_definition(const struct registry *registry,
                                                  size_t index);

/* The parameters of a definition, left to right. */
struct expression;
const struct expression *registry_expression(const struct registry *registry, size_t index);

#endif
