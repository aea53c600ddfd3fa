/* SPDX-License-Identifier: MIT */
/* What the steps that receive share: a message taken becomes "the message". */
#ifndef BDDRUN_STEPS_SOCKET_RECEIVED_H
#define BDDRUN_STEPS_SOCKET_RECEIVED_H

#include <stdbool.h>

struct actor_socket;
struct expectations;
struct inbox_event;
struct socket_wait;
struct socket_waiter;
struct step;

/* What one socket shall receive, or not, for its waiter's own; NULL: the step has failed. */
typedef void *received_read_function(struct step *step, const struct actor_socket *socket,
                                     struct expectations *expectations);

/* A wait of the step's {receiver}, not yet started; NULL: the step has failed. */
struct socket_wait *received_prepare(struct step *step, received_read_function *read,
                                     struct expectations *expectations);

/* How a step receives. */
struct reception {
    received_read_function *read;
    bool (*look)(struct socket_waiter *waiter);
    void (*late)(struct socket_wait *wait);
};

/* Waits until every socket of the step's {receiver} has received what it shall. */
void receive(struct step *step, const struct reception *reception);

/* Takes it: it is its actor's message now. */
void received_take(struct inbox_event *event);

/* All of the wait's actors have received: "the message" is theirs. */
void received_by_all(struct socket_wait *wait);

#endif
