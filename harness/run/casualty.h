/* SPDX-License-Identifier: MIT */
/*
 * The result of a scenario whose worker died in it (a crash, a step that never ended), made from
 * what the worker had shared: the steps before passed, the one under way failed with what is known
 * of the death, the others were not run. Made by the parent, or by another worker that does the
 * teardown.
 */
#ifndef BDDRUN_RUN_CASUALTY_H
#define BDDRUN_RUN_CASUALTY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/buffer.h"
#include "event/emitter.h"
#include "event/result.h"
#include "run/crew/crash.h"
#include "run/plan/plan.h"

/* What is told of it. Texts are borrowed. */
struct casualty {
    struct scenario_started started;
    uint32_t step;       /* under way, or SLOT_TEARDOWN */
    uint64_t started_ns; /* realtime */
    uint64_t duration_ns;
    bool may_be_retried;
    struct text message;
    struct text hint;
    struct text output;
    struct text aftermath; /* what became of its teardown, or empty */
};

/* Texts are in the arena. now_ns: realtime. */
struct casualty casualty_make(const struct crash *crash, uint64_t now_ns, struct arena *arena);

/* "the worker crashed: Segmentation fault (signal 11)"; in the arena. */
struct text casualty_cause(const struct crash *crash, struct arena *arena);

/* As bytes for another worker, and back: false when they are none; texts are borrowed from bytes. */
void casualty_print(const struct casualty *casualty, struct buffer *out);
bool casualty_take(struct text *rest, struct casualty *ret_casualty) MUST_CHECK;

/* Tells the steps of the scenario, between start and finish of the emitter. */
void casualty_tell(const struct casualty *casualty, struct emitter *emitter,
                   const struct pickle *pickle);

/* All of it. Valid until the emitter's next start. */
const struct result *casualty_result(const struct casualty *casualty, struct emitter *emitter,
                                     const struct plan *plan);

#endif
