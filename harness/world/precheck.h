/* SPDX-License-Identifier: MIT */
/*
 * What can be known to be wrong with a step before anything runs: its doc string or table (rule 5
 * of the vocabulary), its comparisons, paths, regular expressions, JSON and tables, with ${…} as a
 * hole, and the ${…} themselves: functions, names of the process environment. A text that was found right once is not looked at again. Used in the parent, once.
 */
#ifndef BDDRUN_WORLD_PRECHECK_H
#define BDDRUN_WORLD_PRECHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/source.h"
#include "world/schemas.h"

struct config_settings;
struct pickle_step;
struct registry;
struct step_match;

struct precheck {
    struct registry *registry;              /* for the rows of "at the same time:" */
    const struct config_settings *settings; /* NULL: its names are not looked at */
    struct arena
        arena; /* scratch, until there is a problem: then kept, for what it points to */
    bool has_problems;
    struct schemas schemas; /* of the steps that name one; not looked at without settings */
    const struct step_match **seen; /* hash set of matches already looked at */
    size_t seen_count;
    size_t seen_capacity; /* a power of two, or 0 */
};

void precheck_init(struct precheck *precheck, struct registry *registry,
                   const struct config_settings *settings);
void precheck_release(struct precheck *precheck); /* the problems must be gone */

/* source is that of the feature file, at the span of the step's text in it. False with problems. */
bool precheck_step(struct precheck *precheck, const struct step_match *match,
                   const struct pickle_step *step, const struct source *source, struct span at,
                   struct problems *problems);

#endif
