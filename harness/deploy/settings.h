/* SPDX-License-Identifier: MIT */
/*
 * The section `deploy` of bddrun.yaml: what is switched, when, by whose word, what runs around the
 * switch, and what has to hold afterwards. Lives in the arena of the struct config.
 */
#ifndef BDDRUN_DEPLOY_SETTINGS_H
#define BDDRUN_DEPLOY_SETTINGS_H

#include "config/config.h"
#include "config/value.h"
#include "deploy/target_settings.h"
#include "deploy/window.h"

/* How production shows that the release is live and well. */
struct deploy_verify {
    uint64_t marker; /* answers in a row, of each host, with its commit; 0: not asked */
    struct config_texts urls; /* of each host; none: the environment's */
    struct text scenarios;    /* a tag expression; empty: none are run */
    uint64_t within_ms;       /* for the marker, and again for the scenarios; 3 min */
};

struct deploy_settings {
    struct config_texts trust;          /* paths of public keys */
    struct config_texts override_trust; /* of those whose overrides count */
    struct config_texts policy;         /* SHA-256 of the policies that count; none: any */
    uint64_t max_age_ms;                /* of a verdict; 0: as long as it says itself */
    struct text environment;      /* whose url and revision production shows; "production" */
    struct config_records target; /* struct target_settings */
    struct config_records before_switch; /* struct config_texts: once, on the first host */
    struct config_records after_switch;  /* struct config_texts: on each host */
    uint64_t command_ms;                 /* for each of them; 10 min */
    uint64_t idle_ms;                    /* a suspended component becomes idle; 1 min */
    struct deploy_verify verify;
    struct windows windows;
    struct text journal; /* the folder; empty: .bddrun of the tree, or beside bddrun.yaml */
    struct span at;
};

extern const struct config_section section_deploy;

/* NULL where the file does not have it. */
const struct deploy_settings *deploy_settings(const struct config *config);

/* The folder of the journal; in the arena. */
struct text deploy_journal_folder(const struct deploy_settings *settings,
                                  const struct config *config, struct arena *arena);

#endif
