/* SPDX-License-Identifier: MIT */
/*
 * The built-in steps, by group, and their parameter types: docs/vocabulary.md as data. A step
 * whose .run is NULL is known and matched but not in this version.
 */
#ifndef BDDRUN_STEPS_VOCABULARY_H
#define BDDRUN_STEPS_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include "match/parameter_type.h"
#include "match/registry.h"
#include "match/step_definition.h"

struct vocabulary_group {
    char letter;       /* of the ids: 'A' */
    const char *title; /* "Actors, groups, sessions" */
    const char *about; /* what the page says below the table; "" for nothing */
    const struct step_definition *steps;
    size_t count;
};

extern const struct vocabulary_group *const vocabulary[]; /* NULL-ended */

/* Building blocks and types in the order of the page; count in vocabulary_pattern_count. */
extern const struct parameter_pattern vocabulary_patterns[];
extern const size_t vocabulary_pattern_count;

/* The built-in types and those of the vocabulary; free with parameter_types_free. */
struct parameter_types *vocabulary_types_new(void);

/* A registry with every built-in step. types: of vocabulary_types_new, must outlive it. */
struct registry *vocabulary_registry_new(struct parameter_types *types);

/* By id ("B1"); NULL where there is none. */
const struct step_definition *vocabulary_find(struct text id);

#endif
