/* SPDX-License-Identifier: MIT */
/*
 * The names a scenario uses, gathered before anything runs, to refuse what can only be a mistake
 * (vocabulary, rule 2): two names that differ only in case, a group's name without `all`, an actor
 * that is only checked and never acts or receives. Names written as ${…} are not known yet and
 * refuse nothing. Reuse by roster_clear.
 */
#ifndef BDDRUN_WORLD_ROSTER_H
#define BDDRUN_WORLD_ROSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

struct step_match;

struct roster_name {
    struct text name;
    struct span at; /* where it stood first */
    bool acts;
    bool is_group;
};

struct roster {
    struct roster_name *list;
    size_t count;
    size_t capacity;
    bool has_unknown; /* a ${…} stood for a name: anybody may have acted */
};

void roster_init(struct roster *roster);
void roster_release(struct roster *roster);
void roster_clear(struct roster *roster);

/* Adds the names of one step; at is the span of its text. Names are borrowed from the match. */
void roster_add(struct roster *roster, const struct step_match *match, struct span at);

/* A name that stands in a table ("these players:"): it may act through its group. */
void roster_add_member(struct roster *roster, struct text name, struct span at);

bool roster_check(const struct roster *roster, struct problems *problems);

#endif
