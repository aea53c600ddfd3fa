/* SPDX-License-Identifier: MIT */
/*
 * One attempt at one scenario, in a worker: its steps by Cucumber's rules, composite steps with
 * the lines inside them, what "afterwards" left to do, and the rules that let nothing pass in
 * silence (an error answer that nobody looked at, a scenario that checked nothing). Makes a world,
 * tells everything to the emitter, leaves nothing behind but open connections.
 */
#ifndef BDDRUN_RUN_ATTEMPT_H
#define BDDRUN_RUN_ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "event/result.h"
#include "gherkin/pickle.h"
#include "match/registry.h"
#include "world/host.h"
#include "world/world.h"

struct emitter;

/* What is the same for all attempts of a worker. */
struct attempt_context {
    const struct world_context *world; /* its host is ignored */
    struct emitter *emitter;
    struct registry *registry;  /* for the rows of "at the same time:" */
    uint64_t step_limit_ms;     /* 0: none */
    uint64_t scenario_limit_ms; /* 0: none */
    struct host host;           /* lend_account, keep_session, find_session and their context */
    /* Called before each step with its index and before the teardown (SIZE_MAX), and when all is
     * done but the result is not yet made; may be NULL. */
    void (*at_step)(void *context, size_t index);
    void (*at_end)(void *context, const struct world *world);
    /* Called when what must be done after a death of the worker has changed; empty: nothing. May be
     * NULL. */
    void (*at_note)(void *context, struct text note);
    void *at_context;
};

/* A step matched before anything ran. */
struct planned_step {
    struct pickle_step pickle;
    const struct step_matches *matches;
    struct text suggestion; /* of an undefined step: "did you mean …", or empty */
};

/* The steps of one scenario, here or in a feature that runs before or after others. */
struct planned_steps {
    const struct source *source; /* of the feature file */
    const struct planned_step *list;
    size_t count;
};

struct attempt_request {
    struct planned_steps steps;
    const struct planned_steps *before; /* @before:TAGS, in the same world */
    size_t before_count;
    const struct planned_steps *after; /* @after:TAGS, always */
    size_t after_count;
    struct text name;
    struct text feature;         /* path of its file; for its recording */
    const struct pickle *pickle; /* NULL: none */
    struct text id; /* of the scenario and attempt in this run: for correlation ids */
    struct scenario_started started;
    bool may_write;      /* tagged @writes-production */
    bool may_be_retried; /* a failure is not the last word */
    bool needs_no_check; /* set-up and teardown features */
};

enum { ATTEMPT_TEARDOWN_LIMIT_MS = 4000, ATTEMPT_NOTE_LIMIT_BYTES = 16 << 20 };

/* Borrowed until the next call. */
const struct result *attempt_run(const struct attempt_context *context,
                                 const struct attempt_request *request);

/* The teardown of an attempt whose worker died: tells the casualty and does what the note (of
 * at_note) says is left. The result is that of the whole attempt. */
struct casualty;
struct pickle;
struct attempt_death {
    const struct casualty *casualty;
    const struct pickle *pickle;
    struct text note;
};
const struct result *attempt_tear_down(const struct attempt_context *context,
                                       const struct attempt_request *request,
                                       const struct attempt_death *death);

#endif
