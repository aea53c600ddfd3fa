/* SPDX-License-Identifier: MIT */
/* The notes (.gcno) that gcc left in a build tree, sorted by path. */
#ifndef BDDRUN_COVERAGE_COLLECT_NOTES_H
#define BDDRUN_COVERAGE_COLLECT_NOTES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"

struct notes {
    struct text *list; /* in the arena */
    size_t count;
    size_t capacity;
};

/* False with a problem: the folder cannot be read, or holds none. */
bool notes_find(struct notes *notes, struct text folder, struct arena *arena,
                struct problems *problems) MUST_CHECK;

#endif
