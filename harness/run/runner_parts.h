/* SPDX-License-Identifier: MIT */
/*
 * What the files of the runner share: runner.c, runner_request.c, runner_questions.c.
 */
#ifndef BDDRUN_RUN_RUNNER_PARTS_H
#define BDDRUN_RUN_RUNNER_PARTS_H

#include "base/random.h"
#include "event/emitter.h"
#include "net/net.h"
#include "net/rate.h"
#include "run/attempt.h"
#include "run/runner.h"

struct runner {
    const struct runner_setup *setup;
    struct worker *worker;
    struct net *net;
    struct random random;
    struct rate rate;
    struct secrets secrets;
    struct emitter emitter;
    struct world_context world;
    struct attempt_context context;
    struct arena arena; /* of the scenario under way */
    struct arena spare; /* of the worlds */
    struct buffer question;
    struct buffer output;
    uint64_t started_ns;      /* of the attempt */
    struct buffer masks_told; /* which masks were used, as the parent knows */
};

/* What is to be run of a scenario; in the runner's arena. */
struct attempt_request runner_request(struct runner *runner, uint32_t index);

/* Host functions; context is a runner. */
bool runner_lend_account(void *context, struct step *step, struct text actor,
                         struct variables *ret_columns);

/* The parent is told when a mask of bddrun.yaml was used for the first time. */
void runner_tell_masks(struct runner *runner, const struct world *world);

bool runner_keep_session(void *context, struct step *step, struct text name, struct text data);
bool runner_find_session(void *context, struct step *step, struct text name,
                         struct text *ret_data);

#endif
