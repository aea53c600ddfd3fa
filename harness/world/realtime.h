/* SPDX-License-Identifier: MIT */
/* What a world knows of its sockets as a whole. */
#ifndef BDDRUN_WORLD_REALTIME_H
#define BDDRUN_WORLD_REALTIME_H

#include <stddef.h>
#include <stdint.h>

#include "world/actor.h"

struct conversation;
struct world;

/* Of every WebSocket and event stream that was tried, in the order of opening; each grows while its
 * socket is open. A reconnected socket has one for each connection. */
struct conversations {
    struct conversation **list;
    size_t count;
    size_t capacity;
};

/* Who did something last; "at the same time" several did. */
struct latest {
    struct cast cast;
    size_t together; /* of realtime.togethers when it was noted */
};

/* What is the most recent of sockets: whom "the message", "the ping time", "the close reason"
 * and "the member list" mean. */
struct realtime {
    uint64_t caused_ns; /* monotonic: the newest request or message of any actor; 0: none */
    size_t batches;     /* of sockets opened together */
    struct latest received;
    struct latest pinged;
    struct latest ended;
    struct latest joined; /* a channel */
    struct latest moved;  /* the world's last_cast */
    size_t togethers;     /* how many "at the same time" there were */
};

/* Remembers what is said on a socket that is about to open, for the reports. */
void world_add_conversation(struct world *world, struct conversation *conversation);

/* An application's message was sent or a request started: for the delay of what follows. */
void world_note_cause(struct world *world);

/* They acted, without getting answers: for "everyone else". */
void world_has_moved(struct world *world, struct cast cast);

/* It is now the cast, or, at the same time as others, also the cast. */
void world_note_latest(struct world *world, struct latest *latest, struct cast cast);

#endif
