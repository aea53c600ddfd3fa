/* SPDX-License-Identifier: MIT */
/*
 * Which files a run reads, from the paths it was given: folders (every *.feature below them, hidden
 * ones and linked folders left out), file.feature, file.feature:12:40, @rerun.txt, - for the
 * standard input. Each file once, ordered by path. Also the files of composite steps
 * (*.steps.feature) below the folders that were named, or that hold the named files. Lives in the
 * arena given.
 */
#ifndef BDDRUN_RUN_PLAN_SELECTION_H
#define BDDRUN_RUN_PLAN_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

enum { SELECTION_LIST_LIMIT_BYTES = 16 << 20 }; /* of a rerun file */

struct file_identity {
    uint64_t device;
    uint64_t file;
};

struct selected_file {
    struct text path; /* as it is shown; "-" is the standard input */
    struct file_identity identity;
    bool is_whole; /* all of it; otherwise only what stands at the lines */
    uint32_t *lines;
    size_t line_count;
};

struct selected_files {
    struct selected_file *list;
    size_t count;
};

struct selection {
    struct selected_files scenarios;
    struct selected_files steps;      /* *.steps.feature */
    struct selected_files neighbours; /* beside them, not selected: they may hold set-up */
};

/* folder: where bddrun.yaml keeps scenarios; its steps and set-up belong to every run. May be
 * empty. False with problems: a path that does not exist (PROBLEM_INPUT), or nothing in it
 * (PROBLEM_NOTHING). */
bool selection_make(const struct text *paths, size_t count, struct text folder,
                    struct arena *arena, struct selection *ret_selection,
                    struct problems *problems) MUST_CHECK;

#endif
