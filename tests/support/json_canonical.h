/* SPDX-License-Identifier: MIT */
/*
 * One JSON value as text that is equal for equal values: keys sorted, no blanks, escapes resolved
 * where they need not be. For comparing with golden files only; independent of the code under
 * test.
 */
#ifndef BDDRUN_SUPPORT_JSON_CANONICAL_H
#define BDDRUN_SUPPORT_JSON_CANONICAL_H

#include "base/arena.h"
#include "base/text.h"

/* Fails the test when json is none. */
struct text json_canonical(struct arena *arena, struct text json);

#endif
