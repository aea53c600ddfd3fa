/* SPDX-License-Identifier: MIT */
/*
 * Every text of a result with its secrets masked, in place; what is longer than before goes to the
 * arena. Attachments are masked as bytes, whatever their type.
 */
#ifndef BDDRUN_EVENT_EMITTER_MASK_H
#define BDDRUN_EVENT_EMITTER_MASK_H

#include "base/arena.h"
#include "event/result.h"

struct secrets;

void emitter_mask_result(struct result *result, const struct secrets *secrets,
                         struct arena *arena);

#endif
