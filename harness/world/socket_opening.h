/* SPDX-License-Identifier: MIT */
/*
 * How a socket is opened: what the step says, completed from `sockets:` of the environment (by the
 * socket's name, or by the service that the actor uses). Lives in the world's arena; kept for
 * reconnections.
 */
#ifndef BDDRUN_WORLD_SOCKET_OPENING_H
#define BDDRUN_WORLD_SOCKET_OPENING_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/header.h"
#include "net/http_settings.h"
#include "protocol/protocol.h"

struct actor;
struct step;

struct socket_opening {
    bool is_stream;
    struct text url; /* as the step has it, expanded */
    const struct protocol
        *protocol; /* NULL: as configured, else JSON; no matter for a stream */
    struct protocol_options options;
    struct headers headers;
    struct headers query;
    struct text *subprotocols;
    size_t subprotocol_count;
    struct text auth_url;           /* of private channels */
    struct http_settings *settings; /* the actor's, as they were */
};

/* Completes what the step gave. False: the step has failed. */
bool socket_opening_complete(struct step *step, struct actor *actor, struct text name,
                             struct socket_opening *opening);

/* The rows of H4's table. False: the step has failed. */
bool socket_opening_read_table(struct step *step, struct actor *actor,
                               struct socket_opening *opening);

/* The protocol that a step names; NULL: the step has failed. */
const struct protocol *socket_opening_protocol(struct step *step, struct text name,
                                               struct span at);

#endif
