/* SPDX-License-Identifier: MIT */
#include "world/variables.h"

static struct variable *find(const struct variables *variables, struct text owner,
                             struct text name)
{
    for (struct variable *at = variables->first; at; at = at->next) {
        if (text_equal(at->name, name) && text_equal(at->owner, owner)) {
            return at;
        }
    }
    return NULL;
}

void variables_set(struct variables *variables, struct arena *arena, struct variable variable)
{
    struct variable *known = find(variables, variable.owner, variable.name);
    if (!known) {
        known = ARENA_NEW(arena, struct variable);
        known->owner = arena_text(arena, variable.owner);
        known->name = arena_text(arena, variable.name);
        known->next = variables->first;
        variables->first = known;
    }
    known->value = arena_text(arena, variable.value);
    known->kind = variable.kind;
}

const struct variable *variables_find(const struct variables *variables, struct text owner,
                                      struct text name)
{
    return find(variables, owner, name);
}
