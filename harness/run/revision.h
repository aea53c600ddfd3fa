/* SPDX-License-Identifier: MIT */
/*
 * Which revision the services of the environment serve, as bddrun.yaml says where to ask
 * (`revision:`). Asked in a worker, for the process that forks must have no connection; all at the
 * same time, so that one that does not answer costs its limit once.
 */
#ifndef BDDRUN_RUN_REVISION_H
#define BDDRUN_RUN_REVISION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "world/world.h"

struct revision_answer {
    struct text base_url; /* given */
    bool is_found;
    struct text text; /* the revision, or the reason why there is none, with the URL */
};

/* Asks the service at each base_url, running the loop. The texts are in the arena. */
void revision_ask(const struct world_context *context, struct revision_answer *answers,
                  size_t count, struct arena *arena);

#endif
