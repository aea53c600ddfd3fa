/* SPDX-License-Identifier: MIT */
/*
 * The facts of a run that bind it to what it tested, for the gate (event/run_facts.h): gathered
 * when it starts and told as an attachment when it ends, where a report takes envelopes.
 */
#ifndef BDDRUN_RUN_MESSAGES_RUN_EVIDENCE_H
#define BDDRUN_RUN_MESSAGES_RUN_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/exit_code.h"

struct run;

/* Asks git for the commit, and reads the artefacts. An artefact that cannot be read is a problem of
 * the run; no repository is none. */
void run_evidence_begin(struct run *run, uint64_t now_ns);

/* By paths or names on the command line: not all that bddrun.yaml says is run. */
bool run_is_narrowed(const struct run *run);

void run_evidence_tell(struct run *run, enum exit_code code);

#endif
