/* SPDX-License-Identifier: MIT */
/*
 * The commit in production, as the environment `production` of bddrun.yaml says it: what builds are
 * compared with, and whose policy decides.
 */
#ifndef BDDRUN_CLI_PRODUCTION_H
#define BDDRUN_CLI_PRODUCTION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "config/settings.h"

struct clock;

/* Whether there is such an environment, and it says where to ask. */
bool production_is_known(const struct config_settings *settings);

/* Asks it. The commit is in the arena. False with a problem. */
bool production_ask(const struct config_settings *settings, const struct clock *clock,
                    struct arena *arena, struct text *ret_commit,
                    struct problems *problems) MUST_CHECK;

#endif
