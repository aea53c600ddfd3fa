/* SPDX-License-Identifier: MIT */
/* Commands that bddrun.yaml names, run by a step: an argument vector, never a shell. */
#ifndef BDDRUN_WORLD_COMMAND_H
#define BDDRUN_WORLD_COMMAND_H

#include "base/text.h"

struct step;

/* Starts the command and makes the step wait for it; it must exit with 0. */
void command_start(struct step *step, struct text name);

#endif
