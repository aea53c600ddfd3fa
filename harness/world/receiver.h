/* SPDX-License-Identifier: MIT */
/*
 * Which sockets a step means: by a {receiver} ("bob", "all spectators' "table" sockets") or a
 * {socket} ("the "table" socket"). An actor means his newest socket; `the` the one opened last in
 * the scenario, by whomever, after a group opened every member's; in a step that begins with an
 * actor, that actor's.
 */
#ifndef BDDRUN_WORLD_RECEIVER_H
#define BDDRUN_WORLD_RECEIVER_H

#include <stdbool.h>
#include <stddef.h>

#include "world/actor.h"
#include "world/actor_socket.h"

struct step;

/* All: false: the step has failed; never empty. Results are in the world's arena. */
bool receiver_sockets(struct step *step, size_t index, struct actor_sockets *ret_sockets);

/* Of a {socket}; the: whom "the" means, of no members where no actor begins the step. */
bool receiver_named_sockets(struct step *step, size_t index, struct cast the,
                            struct actor_sockets *ret_sockets);

/* The newest socket of each of the cast. */
bool receiver_newest(struct step *step, struct cast cast, struct actor_sockets *ret_sockets);

/* The actors of the sockets, each once. */
struct cast receiver_cast(struct step *step, const struct actor_sockets *sockets);

/* The step acts on the sockets: they must be open, and their actors have moved. */
bool receiver_act(struct step *step, const struct actor_sockets *sockets);
bool receiver_must_be_open(struct step *step, const struct actor_socket *socket);

/* The inbox below the message of a failed step. */
void receiver_show(struct step *step, const struct actor_socket *socket);

#endif
