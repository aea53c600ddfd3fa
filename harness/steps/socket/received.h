/* SPDX-License-Identifier: MIT */
/* What the steps that receive share: a message taken becomes "the message". */
#ifndef BDDRUN_STEPS_SOCKET_RECEIVED_H
#define BDDRUN_STEPS_SOCKET_RECEIVED_H

struct inbox_event;
struct socket_wait;

/* Takes it: it is its actor's message now. */
void received_take(struct inbox_event *event);

/* All of the wait's actors have received: "the message" is theirs. */
void received_by_all(struct socket_wait *wait);

#endif
