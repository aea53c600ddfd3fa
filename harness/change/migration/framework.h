/* SPDX-License-Identifier: MIT */
/* Which files are migrations, and of what. */
#ifndef BDDRUN_CHANGE_MIGRATION_FRAMEWORK_H
#define BDDRUN_CHANGE_MIGRATION_FRAMEWORK_H

#include <stdbool.h>

#include "base/text.h"

enum framework_history {
    HISTORY_FIXED,  /* a migration that has run is never changed */
    HISTORY_GROWS,  /* one file for many changes (Liquibase), or run again when it changes */
    HISTORY_RESULT, /* written by the framework: says what the schema is, does nothing */
};

/* What undoes one. */
enum framework_way_back {
    WAY_BACK_NONE,     /* the framework knows none: no mark for that */
    WAY_BACK_FUNCTION, /* down() in the same file */
    WAY_BACK_SECTION,  /* a comment in the same file: "-- +goose Down", "-- migrate:down" */
    WAY_BACK_FILE,     /* .down.sql beside .up.sql */
};

struct framework {
    const char *name;
    const char *const *patterns; /* NULL-ended */
    enum framework_history history;
    enum framework_way_back way_back;
};

/* NULL: no migration. Dependencies and tests have none. */
const struct framework *framework_of(struct text path);

#endif
