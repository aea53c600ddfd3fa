/* SPDX-License-Identifier: MIT */
/*
 * Replaces ${…} (vocabulary, rule 9 and the end of section 5): variables, env.NAME, now, today,
 * uuid, random N, run.id, scenario.name, actor, file "…" and the functions urlencode, base64,
 * base64decode, sha256, hmac_sha256, json, lower, upper. `$${` is a literal `${`. Values are never
 * expanded again.
 */
#ifndef BDDRUN_WORLD_EXPAND_H
#define BDDRUN_WORLD_EXPAND_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "world/variables.h"

struct actor;
struct config_settings;
struct step;

enum expand_mode {
    EXPAND_PLAIN, /* the text of the value */
    EXPAND_JSON, /* in a JSON document: bare ${x} inserts a JSON value, inside a string its text,
                     escaped */
};

/* Expands whole for this actor. On an unknown name or a bad function call the step fails with a
 * message that points into `at` (the span of whole in the file; may be span_none()). The result
 * is whole itself where nothing was to be replaced, otherwise in the world's arena. */
bool expand(struct step *step, const struct actor *actor, struct text whole, struct span at,
            enum expand_mode mode, struct text *ret_expanded);

/* The value of one expression, the part between ${ and }. */
bool expand_expression(struct step *step, const struct actor *actor, struct text expression,
                       struct span at, struct variable *ret_value);

/* The parts of the grammar that are no function: `now + 5 minutes` (what follows now), and
 * env.NAME. */
bool expand_now(struct step *step, struct text offset, struct span at,
                struct variable *ret_value);
bool expand_environment(struct step *step, struct text name, struct span at,
                        struct variable *ret_value);

/* True when text holds a ${ that is not $${. */
bool expand_is_needed(struct text text);

/* What is wrong with the ${…} of a text whatever their values are: no end, an unknown function, a
 * call with too few or too many arguments, a variable of the process environment that is not
 * listed (settings NULL: not looked at). False with problems that point into `at`. */
bool expand_check(struct text whole, struct span at, const struct config_settings *settings,
                  struct problems *problems);

#endif
