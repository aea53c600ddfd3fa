/* SPDX-License-Identifier: MIT */
/*
 * What a scenario tagged @writes-production may write to a read-only environment while it is
 * recorded: only what `recordings.allow` of bddrun.yaml lists. In any other run the tag is enough.
 */
#ifndef BDDRUN_WORLD_PERMISSION_H
#define BDDRUN_WORLD_PERMISSION_H

#include <stdbool.h>

#include "base/text.h"

struct actor_socket;
struct step;

/* A request that is about to write; url is absolute. False: the step has failed. */
bool permission_request(struct step *step, struct text method, struct text url);

/* An event of this name that is about to be sent, or (empty) a message without one. False: the step
 * has failed. */
bool permission_event(struct step *step, const struct actor_socket *socket, struct text event);

#endif
