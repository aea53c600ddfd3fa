/* SPDX-License-Identifier: MIT */
/* The doc string or table of a step, before anything runs. False with problems. */
#ifndef BDDRUN_WORLD_PRECHECK_PRECHECK_ARGUMENT_H
#define BDDRUN_WORLD_PRECHECK_PRECHECK_ARGUMENT_H

#include "world/precheck.h"

bool precheck_argument(struct precheck *precheck, const struct step_match *match,
                       const struct pickle_step *step, const struct source *source,
                       struct span at, struct problems *problems);

#endif
