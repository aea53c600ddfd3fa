/* SPDX-License-Identifier: MIT */
/*
 * What composite steps must hold once all are in the registry: inner steps exist, none clashes with
 * another step, none runs itself.
 */
#ifndef BDDRUN_MATCH_COMPOSITE_CHECK_H
#define BDDRUN_MATCH_COMPOSITE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "match/composite.h"
#include "match/registry.h"

/* Of list[count], whose definitions are the registry's last. Fills in the matches of their steps
 * and whether they check something. False with problems. */
bool composites_check(struct composite *list, size_t count, struct registry *registry,
                      struct arena *arena, struct problems *problems) MUST_CHECK;

#endif
