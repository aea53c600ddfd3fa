/* SPDX-License-Identifier: MIT */
/*
 * Everything one running scenario has: its actors, variables, exchanges, settings. Made afresh
 * for each attempt, in its own arena; nothing of it survives world_release but the connections,
 * which belong to the worker's net. Used by one process, never shared.
 */
#ifndef BDDRUN_WORLD_WORLD_H
#define BDDRUN_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/actor.h"
#include "world/scope.h"

struct clock;
struct config_environment;
struct config_settings;
struct exchange;
struct host;
struct loop;
struct net;
struct random;
struct secrets;
struct step;

/* What a worker gives to every world it makes; borrowed for the world's life. */
struct world_context {
    struct loop *loop;
    struct net *net;
    const struct clock *clock;
    struct random *random;
    struct secrets *secrets;                      /* the worker's; a world adds to it */
    const struct config_settings *settings;
    const struct config_environment *environment; /* NULL: only a base URL or none */
    struct text base_url;                         /* may be empty */
    struct text project_folder;                   /* files are read below it */
    struct text output_folder;                    /* and written below it; empty: never */
    struct text run_id;
    const struct host *host;
};

struct logged_exchange {
    struct exchange *exchange;
    struct actor *actor;
    struct span at; /* the step that caused it */
    bool is_read;   /* a later step looked at it */
};

struct world {
    struct arena arena;
    const struct world_context *context;
    struct text scenario_name;
    struct text scenario_id; /* of the correlation id: run id, scenario, attempt */
    bool may_write;          /* false: read-only environment without @writes-production */
    struct scope *scope;     /* the scenario's own */
    struct actor *actors;    /* newest first */
    struct cast last_cast;   /* who acted last: "everyone else", and "the" */
    struct logged_exchange *log;
    size_t log_count;
    size_t log_capacity;
    size_t checks;           /* steps that checked something */
    size_t requests;         /* for correlation ids */
    bool is_tearing_down;
};

void world_init(struct world *world, const struct world_context *context,
                struct text scenario_name, struct text scenario_id);
void world_release(struct world *world);

/* The actor of this name, made where new. */
struct actor *world_actor(struct world *world, struct text name);
struct actor *world_find_actor(const struct world *world, struct text name); /* or NULL */

/* Logs what an actor's step got; `the …` means it from now on. */
void world_log(struct world *world, struct actor *actor, struct exchange *exchange,
               struct span at);
void world_mark_read(struct world *world, const struct exchange *exchange);

/* The first 4xx or 5xx answer that nobody looked at, or NULL (vocabulary, rule 11). */
const struct logged_exchange *world_unread_error(const struct world *world);

#endif
