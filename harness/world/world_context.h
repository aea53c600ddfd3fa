/* SPDX-License-Identifier: MIT */
#ifndef BDDRUN_WORLD_WORLD_CONTEXT_H
#define BDDRUN_WORLD_WORLD_CONTEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/variables.h"

struct clock;
struct config_environment;
struct config_settings;
struct host;
struct loop;
struct net;
struct random;
struct rate;
struct recorder;
struct recordings;
struct schemas;
struct secrets;

/* What a worker gives to every world it makes; borrowed for the world's life. */
struct world_context {
    struct loop *loop;
    struct net *net;
    const struct clock *clock;
    struct random *random;
    struct arena *spare; /* whose memory worlds use one after the other; NULL: each its own */
    struct secrets *secrets; /* the worker's; a world adds to it */
    const struct config_settings *settings;
    const struct config_environment *environment; /* NULL: only a base URL or none */
    struct variables configured;                  /* variables and secrets, owner "" */
    struct text base_url;                         /* may be empty */
    struct text key_passphrase;                   /* of the environment's client key */
    struct rate *rate;                            /* of the worker; shared by its worlds */
    struct text project_folder;                   /* files are read below it */
    struct text output_folder;                    /* and written below it; empty: never */
    struct text run_id;
    const struct schemas *schemas; /* compiled before the run; NULL: none */
    const struct host *host;
    const struct recordings *recordings; /* what their checks need; NULL: no configuration */
    const struct recorder *recorder;     /* NULL: this run does not record */
    bool tells_recordings; /* a report takes what every comparison with them was about */
};

#endif
