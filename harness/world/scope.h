/* SPDX-License-Identifier: MIT */
/*
 * What a step can see: the variables of the scenario, or of one running composite step. A
 * composite's scope sees the configuration, its arguments, the accounts of the actors and what it
 * saved itself, nothing of its caller's (vocabulary, section 7). Lives in the world's arena.
 */
#ifndef BDDRUN_WORLD_SCOPE_H
#define BDDRUN_WORLD_SCOPE_H

#include <stdbool.h>

#include "base/text.h"
#include "world/actor.h"
#include "world/variables.h"

struct table;

struct scope {
    struct scope *caller; /* NULL for the scenario's own */
    struct world *world;
    struct variables saved;     /* by actor; those of "I" can be read by everybody */
    struct variables arguments; /* of the composite, and "argument" */
    struct cast self;           /* whom "I", "my" and "the" mean here */
    const struct table *table;  /* the caller's, for a table of the one cell ${argument} */
};

/* A scope for a composite whose first {actor} is self (empty: the caller's self). */
struct scope *scope_enter(struct scope *caller, struct cast self);

/* Copies the named saved value of each member of self to the caller's scope. False when one of
 * self never saved it. */
bool scope_output(struct scope *scope, struct text name);

/* What `name` means for this actor here (own saved value, what "I" saved, arguments, account,
 * configuration, `other.name`), or NULL. The result may be in the world's arena. */
const struct variable *scope_find(struct scope *scope, const struct actor *actor,
                                  struct text name);

/* The names near an unknown one, for the hint: "'ticket', 'table'", or empty. */
struct text scope_suggest(struct scope *scope, const struct actor *actor, struct text name);

void scope_save(struct scope *scope, const struct actor *actor, struct text name,
                struct text value, enum variable_kind kind);

#endif
