/* SPDX-License-Identifier: MIT */
/*
 * Everything one running scenario has: its actors, variables, exchanges, settings. Made afresh for
 * each attempt in its own arena; only connections survive it. Used by one process, never shared.
 */
#ifndef BDDRUN_WORLD_WORLD_H
#define BDDRUN_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/actor.h"
#include "world/cast.h"
#include "world/realtime.h"
#include "world/scope.h"
#include "world/world_context.h"

struct exchange;
struct json_value;
struct recorded;
struct pickle;
struct step;

struct logged_exchange {
    struct exchange *exchange;
    struct actor *actor;
    struct span at;                /* the step that caused it */
    bool is_read;                  /* a later step looked at it */
    const struct json_value *json; /* its body, once it was read as JSON */
};

struct learnt_secret {
    struct learnt_secret *next;
    struct text value;
};

struct world {
    struct arena arena;
    const struct world_context *context;
    struct text scenario_name;
    struct text feature;         /* path of its file, as given; empty: none */
    const struct pickle *pickle; /* of the plan; NULL: none */
    struct text scenario_id;     /* of the correlation id: run id, scenario, attempt */
    bool may_write;              /* false: read-only environment without @writes-production */
    struct scope *scope;         /* the scenario's own */
    struct actor *actors;        /* newest first */
    struct actor *found;         /* by name, last; NULL: none */
    struct group *groups;
    struct cast last_cast;     /* who acted last: for "everyone else" */
    struct cast last_answered; /* who got the most recent responses: for "the status" */
    struct logged_exchange *log;
    size_t log_count;
    size_t log_capacity;
    struct conversations conversations;
    struct recorded *recorded; /* its recording, once a step looked at it; NULL: none did */
    struct realtime realtime;
    size_t checks;                 /* steps that checked something */
    size_t requests;               /* for correlation ids */
    struct learnt_secret *secrets; /* of this scenario, newest first */
    struct text cancel_cause; /* why the loop was cancelled; empty: the run was interrupted */
    bool is_together;         /* "at the same time" is under way */
};

void world_init(struct world *world, const struct world_context *context,
                struct text scenario_name, struct text scenario_id);
void world_release(struct world *world);

struct actor *world_actor(struct world *world, struct text name); /* made where new */
struct actor *world_find_actor(const struct world *world, struct text name); /* or NULL */

/* Logs what an actor's step got; `the …` means it from now on. */
void world_log(struct world *world, struct actor *actor, struct exchange *exchange,
               struct span at);
void world_mark_read(struct world *world, const struct exchange *exchange);

/* The cast acted and got answers; between world_begin_together and world_end_together ("at the
 * same time") the casts add up. */
void world_has_acted(struct world *world, struct cast cast);
void world_begin_together(struct world *world);
void world_end_together(struct world *world);
/* Masks the value in every output from now on, and in what the scenario has not yet sent. */
void world_learn_secret(struct world *world, struct text value);

/* Whom "I" means where no scope says otherwise: for steps without an actor. */
struct actor *world_speaker(const struct step *step);

/* Whom "the" means in a check: the composite's own actor, or who got the newest responses. */
struct cast world_the(const struct step *step);

/* The first 4xx or 5xx answer that nobody looked at, or NULL (vocabulary, rule 11). */
const struct logged_exchange *world_unread_error(const struct world *world);

#endif
