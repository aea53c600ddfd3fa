/* SPDX-License-Identifier: MIT */
/*
 * The schema changes of a change: which files are migrations of which framework, what each does to
 * the running site, by a table of rules with a level per database, and whether the release can go
 * back past it. Judged by words, not by a database: what is not understood is a warning.
 * Tables that the same change creates are nobody's yet, and exempt. Everything lives in the arena
 * of the struct git.
 */
#ifndef BDDRUN_CHANGE_MIGRATION_H
#define BDDRUN_CHANGE_MIGRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "change/migration/rule.h"
#include "git/diff.h"

struct migration_settings {
    enum migration_database database;
    const struct text *big_tables; /* rules that depend on the rows warn for all others */
    size_t big_table_count;
    bool knows_big_tables; /* false: every table may be big */
};

struct migration_finding {
    enum migration_rule_id rule;
    enum migration_level level; /* MIGRATION_SAFE where it is assured */
    struct span at;             /* span_none() for the file as a whole */
    struct text table;          /* empty: not known */
    const char *instead;        /* how to do it better, or NULL */
    struct text assured;        /* the reason; empty: not assured */
};

struct migration {
    const struct git_file *file;
    const char *framework;
    bool is_unchanged; /* only comments or the way back were changed: nothing runs */
    struct migration_finding *findings;
    size_t count;
    enum migration_level worst;
};

struct migrations {
    struct migration *list; /* in the diff's order */
    size_t count;
    enum migration_level worst;
    bool has_edited_history; /* an error: production will not run it again */
    bool
        is_rollback_unsafe; /* the code before does not work behind it, or it has no way back */
};

/* older is what production runs; empty: nothing. */
bool migrations_read(struct git *git, struct text older, struct text newer,
                     const struct git_diff *diff, const struct migration_settings *settings,
                     struct migrations *ret_migrations, struct problems *problems) MUST_CHECK;

#endif
