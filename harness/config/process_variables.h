/* SPDX-License-Identifier: MIT */
/*
 * The variables of the process environment that bddrun reads: a closed list. Any other name that
 * begins with BDDRUN_ is an error, so that a mistyped one is never silently without effect.
 */
#ifndef BDDRUN_CONFIG_PROCESS_VARIABLES_H
#define BDDRUN_CONFIG_PROCESS_VARIABLES_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/problem.h"

struct process_variable {
    const char *name;
    const char *summary;
    bool is_prefix; /* any name that goes on after this */
};

extern const struct process_variable process_variables[]; /* ended by one without a name */

/* environment: "NAME=value", NULL-ended. False with problems of kind PROBLEM_USAGE. */
bool process_variables_check(const char *const *environment,
                             struct problems *problems) MUST_CHECK;

#endif
