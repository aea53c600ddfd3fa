/* SPDX-License-Identifier: MIT */
/*
 * A WebSocket or event stream of an actor: the connection, the protocol on it, its inbox. It
 * belongs to the actor under a name that is unique among those open, lives as long as the world,
 * and is kept when its connection has ended; reconnected, it has a new connection and the same
 * inbox. Everything happens on the worker's loop, whatever step runs.
 */
#ifndef BDDRUN_WORLD_ACTOR_SOCKET_H
#define BDDRUN_WORLD_ACTOR_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/loop.h"
#include "base/source.h"
#include "exchange/conversation.h"
#include "net/http_settings.h"
#include "net/socket.h"
#include "protocol/protocol.h"
#include "world/inbox.h"

struct actor;
struct event_stream;
struct request;
struct socket_answer;
struct socket_channel;
struct socket_ignored;
struct socket_opening;
struct step;
struct world;

enum actor_socket_state {
    ACTOR_SOCKET_OPENING, /* until its protocol is ready */
    ACTOR_SOCKET_READY,
    ACTOR_SOCKET_ENDED,
    ACTOR_SOCKET_REFUSED, /* it never was ready */
};

struct actor_socket {
    struct actor_socket *next; /* of the actor, opened before */
    struct actor *actor;
    struct text name;                     /* empty: none */
    const struct socket_opening *opening; /* as it was opened, for a reconnection */
    size_t batch; /* opened by the same step: the same, higher for later ones */
    enum actor_socket_state state;
    struct socket *socket;       /* NULL: not yet, or an event stream */
    struct event_stream *stream; /* NULL: a WebSocket */
    struct request *request;     /* of the newest connection */
    struct socket_listener listener;
    struct text frame; /* the message that the protocol is reading */
    struct protocol_sink sink;
    struct protocol_state *protocol;   /* NULL: not yet, or an event stream */
    struct loop_timer start;           /* when the request rate lets it open */
    struct loop_timer due;             /* of the protocol */
    struct conversation *conversation; /* of the newest connection, never NULL */
    struct text refusal;               /* the protocol's, or our own reason to end it */
    struct text id;                    /* the protocol's: Pusher's socket_id */
    struct text last_id;               /* of an event stream: the newest event's */
    struct inbox inbox;
    struct socket_channel *channels;
    struct socket_answer *answers;
    struct socket_ignored *ignored;
    uint64_t pings; /* how many were sent */
    uint64_t pongs; /* the newest one that came back */
    uint64_t ping_sent_ns;
    uint64_t ping_time_ns; /* of the newest that came back */
};

struct actor_sockets {
    struct actor_socket **list;
    size_t count;
};

/* A new one of the actor, opening; NULL: the step has failed (the name is in use). */
struct actor_socket *actor_socket_open(struct step *step, struct actor *actor, struct text name,
                                       const struct socket_opening *opening);

/* Opens the connection of one that has ended again. False: the step has failed. */
bool actor_socket_reconnect(struct step *step, struct actor_socket *socket);

/* Starts the closing handshake; code 0: a close frame without one. */
void actor_socket_close(struct actor_socket *socket, unsigned code, struct text reason);

/* Ends the connection without a word; a reason of ours is told like a broken rule. */
void actor_socket_drop(struct actor_socket *socket, struct text reason);

bool actor_socket_has_ended(const struct actor_socket *socket); /* or was refused */

/* Nothing more will come: it has ended, the server said goodbye or broke the protocol. */
bool actor_socket_is_silent(const struct actor_socket *socket);
bool actor_socket_is_stream(const struct actor_socket *socket);
struct text actor_socket_protocol(const struct actor_socket *socket); /* its name */

/* The newest of the actor with this name (empty: any); NULL: none. */
struct actor_socket *actor_socket_find(const struct actor *actor, struct text name);

/* Sends a ping and gives its number; it is back once socket->pongs has reached it. 0: the socket
 * is not open, or an event stream. */
uint64_t actor_socket_ping(struct actor_socket *socket);

/* The first that broke (a rule, the connection, a full inbox) without a step having looked at its
 * end, or NULL. */
const struct actor_socket *world_unread_break(const struct world *world);

/* Closes what is open, waiting a short time for the servers' part, and frees all connections. */
void world_close_sockets(struct world *world);
void actor_release_sockets(struct actor *actor);

/* bob's "table" socket; my event stream. */
struct text actor_socket_title(const struct actor_socket *socket);

/* How it ended: "was closed by the server with code 1012 ('restart')". */
struct text actor_socket_ending(const struct actor_socket *socket);

#endif
