/* SPDX-License-Identifier: MIT */
/*
 * What the files of the plan share: plan_load.c (files), filter.c (which scenarios), plan_match.c
 * (their steps), plan.c (the order and the rest).
 */
#ifndef BDDRUN_RUN_PLAN_PLAN_PARTS_H
#define BDDRUN_RUN_PLAN_PLAN_PARTS_H

#include "run/plan/plan.h"

/* Reads and parses all files, composite steps too. All problems of all files are told. */
bool plan_load(struct plan *plan, const struct selection *selection, struct problems *problems);

/* Fills plan->list with what lines, --name, --tags and --shard leave, and the set-up. */
bool plan_filter(struct plan *plan, const struct run_options *options,
                 struct problems *problems);

/* Matches every step of every scenario, so that a worker finds it matched; refuses what can be
 * known to be wrong before anything runs. */
bool plan_match(struct plan *plan, const struct config_settings *settings,
                struct problems *problems);

/* plan_recording.c: composite steps that compare with recordings, whether a step does, and that
 * the scenario's recording is there. */
void plan_find_comparing(struct plan *plan);
bool plan_step_compares(const struct plan *plan, const struct step_match *match);
bool plan_check_recording(const struct plan *plan, const struct feature_file *file,
                          const struct pickle *pickle, struct span at,
                          struct problems *problems);

#endif
