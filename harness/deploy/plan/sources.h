/* SPDX-License-Identifier: MIT */
/*
 * Where the plan of a release gets what it needs: the configuration, production itself, the
 * verdict, the targets. Everything lives in the arena given.
 */
#ifndef BDDRUN_DEPLOY_PLAN_SOURCES_H
#define BDDRUN_DEPLOY_PLAN_SOURCES_H

#include "change/plan.h"
#include "config/settings.h"
#include "deploy/settings.h"
#include "deploy/window.h"

struct plan_sources {
    const struct config *config;
    const struct config_settings *settings;
    const struct deploy_settings *deploy; /* NULL: no such section */
    const char *const *process_environment;
    struct arena *arena;
};

/* Asks production which revision it serves, as `revision` of its environment says where. */
bool plan_ask_production(const struct plan_sources *sources, struct text *ret_revision,
                         struct problems *problems) MUST_CHECK;

/* The limits of gate.change and what is known about the database. */
struct change_limits plan_limits(const struct config *config);
struct migration_settings plan_migrations(const struct config *config);

/* The windows of deploy, opened; without any always open. */
bool plan_windows(const struct plan_sources *sources, const char *zone_folder,
                  struct windows *ret_windows, struct problems *problems) MUST_CHECK;

/* What is to be said of the targets: which cannot pin a commit, which cannot go back. */
enum { PLAN_REMARKS_LIMIT = 8 };
size_t plan_remarks(const struct plan_sources *sources, struct text *ret_remarks);

/* When the verdict in the file, about this commit and by a key that deploy.trust names, expires. */
bool plan_verdict(const struct plan_sources *sources, struct text path, struct text commit,
                  int64_t now_s, int64_t *ret_expires_s, struct problems *problems) MUST_CHECK;

#endif
