/* SPDX-License-Identifier: MIT */
/* What requests have in common: "GET /api/tables/{}", in whose path numbers and ids are one. */
#ifndef BDDRUN_GATE_MEASURE_ENDPOINT_H
#define BDDRUN_GATE_MEASURE_ENDPOINT_H

#include "base/arena.h"
#include "base/text.h"

struct text endpoint_make(struct arena *arena, struct text method, struct text url);

/* Of an entry as a run names it: "GET /api/tables/7". */
struct text endpoint_of_entry(struct arena *arena, struct text entry);

#endif
