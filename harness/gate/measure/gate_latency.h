/* SPDX-License-Identifier: MIT */
/*
 * Response times of staging against those of the recordings, by endpoint, over all runs: of each
 * scenario its last attempt, each request once however many steps compared it.
 */
#ifndef BDDRUN_GATE_MEASURE_GATE_LATENCY_H
#define BDDRUN_GATE_MEASURE_GATE_LATENCY_H

#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "config/policy.h"
#include "diff/latency.h"
#include "gate/evidence/evidence.h"

struct gate_latency {
    struct text *endpoints;         /* "GET /api/tables/{}" */
    struct latency_result *results; /* of each, by Holm over all */
    size_t count;
    size_t samples;
};

/* All of it is in the arena. Without a tolerance 25 %, without a floor 20 ms. */
void gate_latency_measure(struct gate_latency *latency, const struct evidence *evidence,
                          const struct config_latency_policy *policy, struct arena *arena);

#endif
