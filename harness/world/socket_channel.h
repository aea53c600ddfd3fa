/* SPDX-License-Identifier: MIT */
/* The channels and namespaces that a socket joins, with the authorisation that an application
 * gives (a POST on the actor's session; vocabulary, I12 to I15). */
#ifndef BDDRUN_WORLD_SOCKET_CHANNEL_H
#define BDDRUN_WORLD_SOCKET_CHANNEL_H

#include <stdbool.h>

#include "base/text.h"

struct actor_socket;
struct exchange;
struct step;

enum channel_state { CHANNEL_JOINING, CHANNEL_JOINED, CHANNEL_REFUSED, CHANNEL_LEFT };

/* In the world's arena; a channel has one for each time it was joined. */
struct socket_channel {
    struct socket_channel *next; /* joined before */
    struct actor_socket *socket;
    struct text name;
    enum channel_state state;
    struct text detail;        /* why it was refused */
    struct exchange *exchange; /* its authorisation; NULL: none was asked for */
};

/* Starts to join; its state tells what came of it. NULL: the step has failed. */
struct socket_channel *socket_channel_join(struct step *step, struct actor_socket *socket,
                                           struct text name);

/* False: the step has failed. */
bool socket_channel_leave(struct step *step, struct actor_socket *socket, struct text name);

/* The newest of this name, or NULL. */
struct socket_channel *socket_channel_find(const struct actor_socket *socket, struct text name);

/* Asks the application whether the actor may join: what protocol_sink.authorise wants. */
void socket_channel_authorise(struct actor_socket *socket, struct text name,
                              struct text socket_id);

/* Gives up authorisations that are under way. */
void socket_channel_cancel(struct actor_socket *socket);

#endif
