/* SPDX-License-Identifier: MIT */
/*
 * The values and functions that ${…} knows besides variables (vocabulary, end of section 5), in a
 * table. Results are in the world's arena.
 */
#ifndef BDDRUN_WORLD_EXPAND_FUNCTION_H
#define BDDRUN_WORLD_EXPAND_FUNCTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/variables.h"

struct actor;
struct near;
struct step;

enum { EXPAND_ARGUMENTS_LIMIT = 2 };

/* A call on its way: the arguments are values already. */
struct expand_call {
    struct step *step;
    const struct actor *actor;
    struct text arguments[EXPAND_ARGUMENTS_LIMIT];
    struct text error; /* set by a function that returns false */
};

struct expand_function {
    const char *name;
    size_t argument_count;
    bool is_raw; /* the argument is the text after the name as it stands: random 6 */
    bool (*call)(struct expand_call *call, struct variable *ret_value);
};

/* NULL where there is no function of this name. */
const struct expand_function *expand_function_find(struct text name);

/* Offers the names of all. */
void expand_function_offer(struct near *near);

/* The text of a value: of a JSON string its content, of other JSON its text. */
struct text variable_plain(struct arena *arena, const struct variable *value);

/* True when the value stands for itself in a JSON document: JSON, or a text that is a whole JSON
 * number, true, false, null, object or array. */
bool variable_reads_as_json(const struct variable *value);

#endif
