/* SPDX-License-Identifier: MIT */
/*
 * A plan as envelopes of Cucumber Messages, handed to the stream one by one (EVENT_ENVELOPE): what
 * was read and what can be done before the run's start, what will be done after it. Nothing where
 * no reporter wants envelopes. Secrets that a
 * feature file holds are masked. Ids count on from file to file, as gherkin/print.h has it.
 */
#ifndef BDDRUN_RUN_MESSAGES_PLAN_MESSAGES_H
#define BDDRUN_RUN_MESSAGES_PLAN_MESSAGES_H

#include <stdint.h>

#include "base/problem.h"
#include "event/stream.h"
#include "redact/secrets.h"
#include "run/plan/plan.h"

/* source, gherkinDocument, pickle of every file with scenarios that run; stepDefinition of every
 * step. Before EVENT_RUN_STARTED. */
void plan_tell_sources(const struct plan *plan, struct stream *stream,
                       const struct secrets *secrets, uint64_t time_ns,
                       struct problems *problems);

/* testCase of every scenario that runs. After EVENT_RUN_STARTED. */
void plan_tell_cases(const struct plan *plan, struct stream *stream,
                     const struct secrets *secrets, uint64_t time_ns,
                     struct problems *problems);

/* A ready envelope, its strings masked. */
void plan_tell_line(struct text line, struct stream *stream, const struct secrets *secrets,
                    uint64_t time_ns, struct problems *problems);

#endif
