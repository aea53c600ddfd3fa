/* SPDX-License-Identifier: MIT */
/*
 * Which revision a service of the environment serves, as bddrun.yaml says where to ask (`revision:`). Asked in a
 * worker, for the process that forks must have no connection.
 */
#ifndef BDDRUN_RUN_REVISION_H
#define BDDRUN_RUN_REVISION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/world.h"

/* Asks the service at base_url, running the loop. The result is in the arena: the revision, or the reason why there is
 * none, with the URL. */
bool revision_ask(const struct world_context *context, struct text base_url,
                  struct arena *arena, struct text *ret_revision, struct text *ret_reason);

#endif
