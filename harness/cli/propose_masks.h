/* SPDX-License-Identifier: MIT */
/*
 * `bddrun check --propose-masks`: what differs between the samples of the same recordings, as masks
 * to review. Nothing is run, nothing is written.
 */
#ifndef BDDRUN_CLI_PROPOSE_MASKS_H
#define BDDRUN_CLI_PROPOSE_MASKS_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/problem.h"
#include "run/plan/plan.h"

/* Adds the file to out. False with a problem: a recording cannot be read, or there are no two
 * samples of any. */
bool propose_masks(const struct plan *plan, struct buffer *out,
                   struct problems *problems) MUST_CHECK;

#endif
