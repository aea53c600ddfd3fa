/* SPDX-License-Identifier: MIT */
/*
 * Whether anything compares with what was recorded: entries of a kind that no step of their scenario
 * looks at, and files below the folder of recordings that are of no scenario. Told as warnings.
 * Which request a step will send is known only when it runs, so entries are judged by their kind:
 * an answer is used where some step compares answers, a socket where one compares conversations.
 */
#ifndef BDDRUN_CLI_CHECK_RECORDING_USE_H
#define BDDRUN_CLI_CHECK_RECORDING_USE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "record/recording.h"
#include "run/plan/plan.h"

/* What the steps of a scenario compare with its recording. */
struct recording_use {
    bool has_answers;
    bool has_conversations;
};
struct recording_use recording_use_of(const struct plan *plan, const struct pickle *pickle);

/* Warns of each entry that is not used; of the file, once, where none is. */
void recording_use_check(const struct recording *recording, struct recording_use use,
                         struct problems *problems);

/* Paths of recordings; the list is in the heap, the texts are borrowed. */
struct recording_paths {
    struct text *list;
    size_t count;
    size_t capacity;
};
void recording_paths_add(struct recording_paths *paths, struct text path);
void recording_paths_release(struct recording_paths *paths);

/* Warns of each *.har below the folder that is not among the known, ordered by path. Hidden ones and
 * links are left out, as is what cannot be read. Sorts known. */
void recording_use_find_orphans(struct text folder, struct recording_paths *known,
                                struct problems *problems);

#endif
