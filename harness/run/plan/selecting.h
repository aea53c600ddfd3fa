/* SPDX-License-Identifier: MIT */
/*
 * A selection in the making: selection_paths.c reads what was given, selection.c makes each file
 * one and adds what belongs to the run besides the scenarios.
 */
#ifndef BDDRUN_RUN_PLAN_SELECTING_H
#define BDDRUN_RUN_PLAN_SELECTING_H

#include "run/plan/folder.h"
#include "run/plan/selection.h"

struct selecting {
    struct arena *arena;
    struct problems *problems;
    struct paths roots;         /* folders whose steps and set-up belong to the run */
    struct paths shallow_roots; /* without what is in folders below */
    struct selected_file *list;
    size_t count;
    size_t capacity;
    bool is_fine;
};

/* Which file it is, whatever its name; zeroed where there is none. */
struct file_identity file_identity_of(struct text path);

/* No lines: the whole file. */
void selecting_add_file(struct selecting *selecting, struct text path, const uint32_t *lines,
                        size_t line_count);

/* A folder whose steps and set-up belong to the run; deep: those below it, too. */
void selecting_add_root(struct selecting *selecting, struct text folder, bool is_deep);

/* What the user gave: a folder, a file, lines of it, a list, the standard input. */
void selecting_add_path(struct selecting *selecting, struct text path);

#endif
