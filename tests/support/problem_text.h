/* SPDX-License-Identifier: MIT */
/* Problems as text, for exact goldens: as problem_print() shows them, without colour. */
#ifndef BDDRUN_SUPPORT_PROBLEM_TEXT_H
#define BDDRUN_SUPPORT_PROBLEM_TEXT_H

#include "base/problem.h"

/* Fails the test when the problems are not printed exactly as expected. */
void assert_problems(const struct problems *problems, const char *expected);

#endif
