/* SPDX-License-Identifier: MIT */
/*
 * Who is meant: by an {actor} ("alice and bob", "all spectators", "everyone else", "I") or by a
 * {whose} ("the", "my", "alice's", "all spectators'"). Names may be ${…}. Casts live in the world's
 * arena. Vocabulary, rules 2 and 3.
 */
#ifndef BDDRUN_WORLD_CAST_H
#define BDDRUN_WORLD_CAST_H

#include <stdbool.h>

#include "base/source.h"
#include "base/text.h"
#include "world/actor.h"

struct step;
struct world;

struct group {
    struct group *next;
    struct text name;
    struct cast members;
};

/* Makes a group; false when the name is taken. */
bool group_add(struct world *world, struct text name, struct cast members);
const struct group *group_find(const struct world *world, struct text name);

/* The actors of an {actor} text, made where new; they become the world's last cast when
 * cast_has_acted is called. False: the step has failed. */
bool cast_of_actor(struct step *step, struct text actor, struct span at, struct cast *ret_cast);

/* The actors of a {whose} text; `the` says whom "the" means here: the actor that the step begins
 * with, a composite's own actor, or whoever got the most recent X. */
bool cast_of_whose(struct step *step, struct text whose, struct span at, struct cast the,
                   struct cast *ret_cast);

struct cast cast_of_one(struct world *world, struct actor *actor);

#endif
