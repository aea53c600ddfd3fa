/* SPDX-License-Identifier: MIT */
/* A table of checks: a value without its owner, and a comparison, in each row. */
#ifndef BDDRUN_STEPS_CHECK_TABLE_H
#define BDDRUN_STEPS_CHECK_TABLE_H

#include <stdbool.h>

#include "world/actor.h"

struct step;

/* Checks all rows against the newest answers of the cast, reporting every mismatch. */
void check_table(struct step *step, struct cast cast);

/* Only tells whether all rows hold. False: the step has failed. */
bool check_table_holds(struct step *step, struct cast cast, bool *ret_holds,
                       struct text *ret_why);

#endif
