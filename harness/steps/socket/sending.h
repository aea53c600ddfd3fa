/* SPDX-License-Identifier: MIT */
/* What the steps that send on sockets share. */
#ifndef BDDRUN_STEPS_SOCKET_SENDING_H
#define BDDRUN_STEPS_SOCKET_SENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "world/actor_socket.h"

struct step;

struct sent_event {
    struct text name;
    struct text channel; /* or empty */
    struct text data;    /* JSON, or empty */
};

/* The open sockets of the step's first argument, which are allowed to send. False: the step has
 * failed. */
bool sending_sockets(struct step *step, struct actor_sockets *ret_sockets);

/* The doc string as compact JSON. False: the step has failed. */
bool sending_json(struct step *step, const struct actor *actor, struct text *ret_json);

/* ret_call NULL: no answer is wanted. False: the step has failed. */
bool sending_event(struct step *step, struct actor_socket *socket,
                   const struct sent_event *event, uint64_t *ret_call);

#endif
