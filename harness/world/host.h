/* SPDX-License-Identifier: MIT */
/*
 * What a step needs from whoever runs the scenario (run, layer 6): function pointers with a
 * context, so that steps and run need not know each other. Each may run the world's loop while it
 * waits; each fails the step with a message when it cannot do what was asked.
 */
#ifndef BDDRUN_WORLD_HOST_H
#define BDDRUN_WORLD_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "world/variables.h"

struct actor;
struct step;
struct pickle_step;

struct host {
    void *context;

    /* "at the same time:" runs these complete steps, one text a row, together; their failures
     * become failures of the step. */
    void (*run_together)(void *context, struct step *step);

    /* "afterwards …": runs the step's inner match when the scenario ends, last one first, in the
     * scope of the step. */
    void (*run_afterwards)(void *context, struct step *step);

    /* Lends a row of the account pool for the length of the scenario: fills columns. True with
     * *ret_columns empty where the environment has no accounts. */
    bool (*lend_account)(void *context, struct step *step, struct text actor,
                         struct variables *ret_columns);

    /* Sessions kept for the run: data is an opaque text made by actor_pack. */
    bool (*keep_session)(void *context, struct step *step, struct text name, struct text data);
    bool (*find_session)(void *context, struct step *step, struct text name,
                         struct text *ret_data);

    /* An attachment of the step in the reports (redacted there). */
    void (*attach)(void *context, struct step *step, struct text name, struct text media_type,
                   struct text body);
};

#endif
