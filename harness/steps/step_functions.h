/* SPDX-License-Identifier: MIT */
/*
 * The functions that the rows of steps/table/ name. Each runs one step; see world/step.h for what
 * it gets and where it leaves its outcome.
 */
#ifndef BDDRUN_STEPS_STEP_FUNCTIONS_H
#define BDDRUN_STEPS_STEP_FUNCTIONS_H

#include "match/step_definition.h"

#endif
