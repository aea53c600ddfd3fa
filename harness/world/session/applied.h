/* SPDX-License-Identifier: MIT */
/* The settings that steps made, as they travel with a session: each with the sizes of its parts. */
#ifndef BDDRUN_WORLD_SESSION_APPLIED_H
#define BDDRUN_WORLD_SESSION_APPLIED_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/text.h"

struct actor;
struct step;

/* Adds a line and its bytes for each setting, oldest first. */
void applied_pack(const struct actor *actor, struct buffer *out);

/* Takes them off the front of *rest, with the empty line behind them, and applies them. False: the
 * step has failed. */
bool applied_unpack(struct step *step, struct actor *actor, struct text *rest);

#endif
