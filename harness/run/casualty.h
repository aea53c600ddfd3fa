/* SPDX-License-Identifier: MIT */
/*
 * The result of a scenario whose worker died in it (a crash, a step that never ended), made by the
 * parent from what the worker had shared: the steps before passed, the one under way failed with
 * what is known of the death, the others were not run.
 */
#ifndef BDDRUN_RUN_CASUALTY_H
#define BDDRUN_RUN_CASUALTY_H

#include <stdbool.h>

#include "event/emitter.h"
#include "event/result.h"
#include "run/crew/crew.h"
#include "run/plan/plan.h"

/* Valid until the emitter's next start. started_ns: realtime. */
const struct result *casualty_result(struct emitter *emitter, const struct plan *plan,
                                     const struct crash *crash, uint64_t started_ns,
                                     bool will_be_retried);

/* "the worker crashed: Segmentation fault (signal 11)"; in the arena. */
struct text casualty_cause(const struct crash *crash, struct arena *arena);

#endif
