/* SPDX-License-Identifier: MIT */
/* The names of the zones that a folder of time zone data holds: for "did you mean". */
#ifndef BDDRUN_DEPLOY_WINDOW_ZONE_NAMES_H
#define BDDRUN_DEPLOY_WINDOW_ZONE_NAMES_H

#include "base/problem.h"
#include "base/text.h"

/* Gives the newest problem, about this unknown name, a hint. */
void zone_names_hint(struct text name, const char *folder, struct problems *problems);

#endif
