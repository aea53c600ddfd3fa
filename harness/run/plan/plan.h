/* SPDX-License-Identifier: MIT */
/*
 * Everything a run will do, made before anything is sent or forked: the feature files it reads,
 * the scenarios it runs, their steps matched. Never changes once made; workers inherit it. All of
 * it lives until plan_release, and so do the problems that point into it.
 */
#ifndef BDDRUN_RUN_PLAN_PLAN_H
#define BDDRUN_RUN_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/random.h"
#include "base/source.h"
#include "gherkin/pickle.h"
#include "match/composite.h"
#include "match/registry.h"
#include "run/options.h"
#include "run/plan/hook.h"
#include "run/plan/selection.h"
#include "world/precheck.h"

enum plan_phase {
    PLAN_BEFORE_ALL, /* one after the other */
    PLAN_PARALLEL,
    PLAN_SERIAL, /* @serial: nothing else runs meanwhile */
    PLAN_AFTER_ALL,
    PLAN_PHASE_COUNT
};

struct recordings;

struct feature_file {
    struct source source;
    const struct document *document;
    struct pickles pickles;
    const struct selected_file *selected; /* NULL: only for its set-up */
    enum hook_kind hook;
};

struct planned_scenario {
    const struct pickle *pickle;
    uint32_t file; /* index in files */
    uint8_t phase; /* enum plan_phase */
};

/* A feature tagged @before:TAGS or @after:TAGS. */
struct planned_hook {
    enum hook_kind kind;
    const struct tag_expression *tags;
    const struct feature_file *file;
};

struct plan {
    struct arena arena;
    struct registry *registry;           /* borrowed */
    const struct recordings *recordings; /* of the options */
    bool is_recording;                   /* a recorder takes what is exchanged */
    const struct composite **comparing;  /* those that compare with recordings */
    size_t comparing_count;
    struct precheck precheck; /* kept for the problems that point into it */
    struct feature_file *files;
    size_t file_count;
    struct source *step_sources; /* of *.steps.feature */
    size_t step_source_count;
    struct planned_scenario *list; /* by file, then line: the index of a scenario in a run */
    size_t count;
    const uint32_t *order[PLAN_PHASE_COUNT]; /* of running */
    size_t order_count[PLAN_PHASE_COUNT];
    struct planned_hook *hooks;
    size_t hook_count;
    size_t found;    /* scenarios in the selected files */
    size_t selected; /* of these, before --shard */
    size_t in_shard; /* and after it */
    bool is_random;
    uint64_t seed;
    size_t undefined_steps; /* distinct texts */
    size_t ambiguous_steps;
};

/* registry: with the built-in steps; composite steps are added to it. False with problems. */
bool plan_make(struct plan *plan, const struct run_options *options, struct text folder,
               struct registry *registry, struct random *random,
               struct problems *problems) MUST_CHECK;
void plan_release(struct plan *plan);

/* The names of a scenario's tags; in the arena. */
const struct text *plan_tags(const struct pickle *pickle, struct arena *arena);

/* Adds a line for each scenario: path:line and name. */
void plan_print(const struct plan *plan, struct buffer *out);

#endif
