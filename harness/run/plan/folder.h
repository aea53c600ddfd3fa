/* SPDX-License-Identifier: MIT */
/*
 * The *.feature files below a folder, in the order of their paths. Hidden names
 * (.git) and linked folders are left out.
 */
#ifndef BDDRUN_RUN_PLAN_FOLDER_H
#define BDDRUN_RUN_PLAN_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

struct paths {
    struct text *list; /* heap; the texts are in the arena */
    size_t count;
    size_t capacity;
};

void paths_release(struct paths *paths);

/* Adds what is below the folder, or only what is in it. False with problems: what cannot be
 * read. */
bool folder_features(struct text folder, bool is_deep, struct arena *arena, struct paths *paths,
                     struct problems *problems) MUST_CHECK;

bool path_is_feature(struct text path); /* ends in .feature, .steps.feature included */
bool path_is_steps(struct text path);   /* ends in .steps.feature */

#endif
