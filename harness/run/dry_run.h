/* SPDX-License-Identifier: MIT */
/*
 * A dry run: every scenario is told as if it had been run, but nothing is sent and no worker
 * forked. Undefined and ambiguous steps, scenarios without steps or checks are found; all other
 * steps are skipped.
 */
#ifndef BDDRUN_RUN_DRY_RUN_H
#define BDDRUN_RUN_DRY_RUN_H

#include "event/emitter.h"
#include "event/result.h"
#include "run/plan/plan.h"

/* Valid until the emitter's next start. */
const struct result *dry_run_result(struct emitter *emitter, const struct plan *plan,
                                    uint32_t index, uint64_t now_ns);

/* True when passing the step, or one inside it, proves something. */
bool step_match_checks(const struct step_match *match);

#endif
