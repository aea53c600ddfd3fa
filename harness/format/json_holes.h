/* SPDX-License-Identifier: MIT */
/*
 * JSON written by a user, with ${…} where values come later: the same text with every ${…} outside
 * of strings replaced by null and blanks, so that it can be parsed and checked with all places as
 * they are. Inside of strings nothing changes.
 */
#ifndef BDDRUN_FORMAT_JSON_HOLES_H
#define BDDRUN_FORMAT_JSON_HOLES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* The masked text, of the same size; json itself where it has no holes outside of strings. */
struct text json_holes_mask(struct arena *arena, struct text json);

/* True when text holds a ${…} that is not written $${. */
bool json_holes_in(struct text text);

#endif
