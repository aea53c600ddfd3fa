/* SPDX-License-Identifier: MIT */
/*
 * What parses but would run nothing or not what was meant, so that nothing passes by accident: a
 * scenario without steps, an outline without rows, a line of a description that looks like a
 * mistyped step. Each is one problem with a span and a hint.
 */
#ifndef BDDRUN_GHERKIN_SUSPICION_H
#define BDDRUN_GHERKIN_SUSPICION_H

#include "base/problem.h"
#include "gherkin/document.h"

/* Adds a problem of the given kind (a warning, or PROBLEM_INPUT where it must refuse) for each; a
 * scenario without steps is always a warning, because it fails when it runs. */
void suspicions_find(const struct document *document, enum problem_kind kind,
                     struct problems *problems);

#endif
