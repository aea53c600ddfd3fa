/* SPDX-License-Identifier: MIT */
/* When what was promoted, as the journal of `deploy:` has it: for the age of recordings. */
#ifndef BDDRUN_CLI_CHECK_PROMOTION_HISTORY_H
#define BDDRUN_CLI_CHECK_PROMOTION_HISTORY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "config/config.h"
#include "record/promotions.h"

/* Promotions and rollbacks that stayed, one date for each of their components; in the arena. None
 * where nothing is configured, or the journal is not here or not to be read. False with a problem:
 * a journal that was tampered with. */
bool promotion_history_read(const struct config *config, struct arena *arena,
                            struct promotion_dates *ret_dates,
                            struct problems *problems) MUST_CHECK;

#endif
