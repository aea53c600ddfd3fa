/* SPDX-License-Identifier: MIT */
/*
 * One actor of a scenario: a name with its own cookies, settings and variables. "I" is the actor
 * named "I". A name becomes an actor by being used; actors live as long as their world.
 */
#ifndef BDDRUN_WORLD_ACTOR_H
#define BDDRUN_WORLD_ACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "net/rate.h"
#include "world/variables.h"

struct actor_socket;
struct exchange;
struct inbox_event;
struct world;
struct http_session;
struct http_settings;
struct request;

/* The answers of one acting step of one actor: one, or several after "5 times at once". */
struct batch {
    struct exchange **list;
    size_t count;
};

struct actor {
    struct actor *next;
    struct text name;
    struct world *world;
    struct http_session *session;   /* NULL until the first request */
    struct http_settings *settings; /* the actor's own copy of the environment's */
    struct variables account;       /* the row lent to it and its columns of "these players:" */
    bool has_account;
    const struct request *last_request; /* as prepared, to be repeated */
    const struct http_settings *last_settings;
    struct text group;                    /* the group it belongs to, or empty */
    struct batch last;                    /* of its newest acting step */
    struct rate rate;                     /* its own, besides the run's */
    struct applied_setting *applied;      /* by steps, oldest first, for a kept session */
    struct cookie_header *cookie_headers; /* "sends cookie X back as header Y" */
    struct actor_socket *sockets;         /* newest first */
    struct inbox_event *message;          /* taken last by a step that receives or calls */
    struct actor_socket *ended;           /* closed last, or seen closed by a check */
    uint64_t ping_time_ns;                /* of its last ping; 0: none */
};

/* What a step set: a {setting} with its value, or one of the words of world/session/applied.c. */
struct applied_setting {
    struct applied_setting *next;
    struct text setting;
    struct text name; /* of a header, a cookie, a user; else empty */
    struct text value;
};

struct cookie_header {
    struct cookie_header *next;
    struct text cookie;
    struct text header;
};

/* Several actors that act together: a name, a list, a group, everyone (else). */
struct cast {
    struct actor **list;
    size_t count;
};

/* Makes sure that the actor has its account row lent, where the environment has accounts. */
struct step;
bool actor_lend_account(struct actor *actor, struct step *step);

#endif
