/* SPDX-License-Identifier: MIT */
/*
 * What a project says about its recordings, ready for use: where they lie, how they are redacted,
 * which differences its masks allow. Made once, before workers are forked, and then only read, but
 * for the usage that the masks count. Borrows from the struct config it was made of.
 */
#ifndef BDDRUN_WORLD_RECORDINGS_H
#define BDDRUN_WORLD_RECORDINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "config/recordings.h"
#include "diff/mask/mask_set.h"
#include "record/store.h"
#include "redact/redaction.h"

struct random;

struct recordings {
    struct arena arena;
    const struct config_recordings *settings;
    struct store store;
    struct redaction_key key;
    struct redaction_rules rules;
    struct mask_set masks; /* of bddrun.yaml */
};

/* False with problems: a mask, the key. It may be released all the same. */
bool recordings_open(struct recordings *recordings, struct config *config,
                     struct random *random, struct problems *problems) MUST_CHECK;
void recordings_release(struct recordings *recordings); /* zeroed is fine */

#endif
