/* SPDX-License-Identifier: MIT */
/* The place of a mask being read: `JSON "$.id"`, `header "X"`, `event "tick" JSON "$.n"`. */
#ifndef BDDRUN_DIFF_MASK_MASK_PLACE_H
#define BDDRUN_DIFF_MASK_MASK_PLACE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "diff/mask/mask.h"

#define PLACE_HINT                                                                             \
    "write JSON \"$.id\", header \"X\", cookie \"x\", event \"x\", status or text"

struct place_reader {
    struct arena *arena;
    struct text written;
    struct text rest; /* of written: what was not read yet */
    struct span at;   /* of written */
    struct mask *mask;
    struct problems *problems;
};

/* Reads the place at the front of rest; what is behind it stays in rest. */
bool place_reader_read(struct place_reader *reader) MUST_CHECK;

/* A problem about the whole of it. Always false, for `return`. */
bool place_reader_refuse(struct place_reader *reader, const char *hint, const char *what);

#endif
