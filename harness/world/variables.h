/* SPDX-License-Identifier: MIT */
/*
 * Named values. A value is text, or JSON text (then it is inserted bare into JSON). Names and
 * values are copied into the arena given to variables_set. Small sets: looked up linearly.
 */
#ifndef BDDRUN_WORLD_VARIABLES_H
#define BDDRUN_WORLD_VARIABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

enum variable_kind {
    VARIABLE_TEXT, /* text by nature: compared with a number, the whole text must be one */
    VARIABLE_JSON, /* the text of one JSON value */
};

struct variable {
    struct variable *next;
    struct text owner; /* the actor it belongs to; empty: everybody's */
    struct text name;
    struct text value;
    enum variable_kind kind;
};

struct variables {
    struct variable *first;
};

void variables_set(struct variables *variables, struct arena *arena, struct variable variable);

/* The variable of this owner with this name, or NULL. */
const struct variable *variables_find(const struct variables *variables, struct text owner,
                                      struct text name);

#endif
