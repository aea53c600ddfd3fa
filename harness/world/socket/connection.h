/* SPDX-License-Identifier: MIT */
/* The connection of an actor's socket and what it tells us: shared by the files of this folder. */
#ifndef BDDRUN_WORLD_SOCKET_CONNECTION_H
#define BDDRUN_WORLD_SOCKET_CONNECTION_H

#include <stdbool.h>

struct actor_socket;
struct step;

/* Makes the request and the protocol's state of a new connection. False: the step has failed. */
bool connection_prepare(struct step *step, struct actor_socket *socket);

void connection_start(struct actor_socket *socket);

/* Ends it without a word and frees it; the conversation stays. */
void connection_release(struct actor_socket *socket);

/* Makes its listener and sink: connection_events.c. */
void connection_listen(struct actor_socket *socket);

/* It has ended, or was never ready. */
void connection_end(struct actor_socket *socket);

#endif
