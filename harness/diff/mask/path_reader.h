/* SPDX-License-Identifier: MIT */
/* A mask's path being read: what both notations share. */
#ifndef BDDRUN_DIFF_MASK_PATH_READER_H
#define BDDRUN_DIFF_MASK_PATH_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "diff/mask/mask_path.h"

struct path_reader {
    struct arena *arena;
    struct text written;
    struct span at; /* of written */
    struct problems *problems;
    size_t position;
    struct mask_segment segments[MASK_SEGMENTS_LIMIT];
    size_t count;
};

/* A problem from `start` to the position. Always false, for `return`. */
bool path_reader_refuse(struct path_reader *reader, size_t start, const char *hint,
                        const char *what);

bool path_reader_add(struct path_reader *reader, struct mask_segment segment) MUST_CHECK;

/* Whether the part stands at the position, which is then behind it. */
bool path_reader_take(struct path_reader *reader, struct text part);
bool path_reader_is_at_end(const struct path_reader *reader);

/* What stands from the position up to one of the bytes or the end. */
struct text path_reader_until(struct path_reader *reader, const char *bytes);

/* The segments as a path, in the arena. */
struct mask_path path_reader_path(const struct path_reader *reader);

#endif
