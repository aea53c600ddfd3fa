/* SPDX-License-Identifier: MIT */
/* A target as `deploy: target:` of bddrun.yaml has it (a map, or a list of them); see target.h. */
#ifndef BDDRUN_DEPLOY_TARGET_SETTINGS_H
#define BDDRUN_DEPLOY_TARGET_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/text.h"
#include "config/record.h"
#include "config/value.h"

/* Exactly one of tree, image, webhook and command is there. */
struct target_settings {
    struct text type; /* the key that makes it: "tree", "image", "webhook", "command" */
    struct span at;

    struct text tree;          /* the folder that has releases/ and current */
    struct config_texts hosts; /* reached by ssh; none: this machine */
    struct config_texts ssh;   /* the words before the host; none: ssh -o BatchMode=yes */
    struct text current;       /* the link's name; "current" */
    uint64_t keep;             /* releases; 0: none is ever removed */

    struct text image; /* "registry.example:5000/arena/web" */
    struct text tag;   /* "production" */
    struct config_secret_source user;
    struct config_secret_source password;
    struct text realm;

    struct config_secret_source webhook; /* its URL */
    int webhook_kind;                    /* enum trigger_kind */
    struct config_secret_source secret;

    /* Argument vectors that get DEPLOY_RELEASE, DEPLOY_COMMIT, DEPLOY_DIGEST and DEPLOY_PREVIOUS
     * in their environment. */
    struct config_texts command;
    struct config_texts back;  /* none: it cannot go back */
    struct config_texts shows; /* prints what is live; none: nobody can tell */
    uint64_t within_ms;        /* for each; 5 min */
};

/* One of them, for records that hold several. */
extern const struct config_record target_settings_record;

/* struct config_records of struct target_settings, from a map or a list of maps. */
config_read_function target_settings_read;

#endif
