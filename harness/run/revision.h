/* SPDX-License-Identifier: MIT */
/*
 * Which revision the environment serves, as bddrun.yaml says where to ask (`revision:`). Asked in a
 * worker, for the process that forks must have no connection.
 */
#ifndef BDDRUN_RUN_REVISION_H
#define BDDRUN_RUN_REVISION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/world.h"

/* Asks, running the loop. The result is in the arena: the revision, or the reason why there is
 * none. */
bool revision_ask(const struct world_context *context, struct arena *arena,
                  struct text *ret_revision, struct text *ret_reason);

#endif
