/* SPDX-License-Identifier: MIT */
/*
 * While `bddrun record` runs: who takes what a scenario exchanged. It stands in the world_context
 * of every world of the run; NULL in any other run. With one, checks of recordings pass unjudged,
 * since what they would compare with is being made.
 */
#ifndef BDDRUN_WORLD_RECORDER_H
#define BDDRUN_WORLD_RECORDER_H

#include "event/status.h"

struct world;

struct recorder {
    void *context;

    /* The scenario has ended with this status, teardown included; sockets are closed, and the
     * world still has everything: world->log and world->conversations in the order they began,
     * world->feature and world->pickle for the path of the file. Called in the worker, once for
     * each attempt; redacting and writing is the recorder's. */
    void (*take)(void *context, const struct world *world, enum status status);
};

#endif
