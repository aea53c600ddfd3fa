/* SPDX-License-Identifier: MIT */
/*
 * A policy that extends a central one: what it does not say is the central one's, what it says may
 * only be stricter. Anything looser is a problem with both places.
 */
#ifndef BDDRUN_GATE_POLICY_TIGHTENING_H
#define BDDRUN_GATE_POLICY_TIGHTENING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/problem.h"
#include "config/policy.h"

bool policy_tighten(struct config_gate *own, const struct config_gate *central,
                    struct arena *arena, struct problems *problems) MUST_CHECK;

#endif
