/* SPDX-License-Identifier: MIT */
/*
 * The parts of the import:
 *   import.c   the file: choosing, writing
 *   assign.c   which entry goes to which scenario
 *   wanted.c   what the steps of a scenario ask for
 */
#ifndef BDDRUN_RECORD_IMPORT_PARTS_H
#define BDDRUN_RECORD_IMPORT_PARTS_H

#include "record/import/import.h"

/* Counts an entry that is left out. */
void import_leave(struct import *import, struct text reason, struct text method,
                  struct text path);

/* Fills the recordings of the scenarios, redacted, from the source. */
void import_assign(struct import *import);

#endif
