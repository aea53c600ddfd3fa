/* SPDX-License-Identifier: MIT */
/*
 * What a schema change may do to the running site: the table of rules, for PostgreSQL and MySQL 8.
 */
#ifndef BDDRUN_CHANGE_MIGRATION_RULE_H
#define BDDRUN_CHANGE_MIGRATION_RULE_H

#include <stdbool.h>

#include "base/text.h"

/* The worse, the higher. */
enum migration_level {
    MIGRATION_SAFE,
    MIGRATION_WARN,
    MIGRATION_EXPAND, /* the code that runs now breaks: first expand, later contract */
    MIGRATION_BLOCK,  /* locks out readers or writers: needs a window */
};

enum migration_database {
    DATABASE_UNKNOWN, /* the worse of both */
    DATABASE_POSTGRESQL,
    DATABASE_MYSQL,
};

enum migration_rule_id {
    RULE_DROP_COLUMN,
    RULE_RENAME_COLUMN,
    RULE_RENAME_TABLE,
    RULE_DROP_TABLE,
    RULE_TRUNCATE,
    RULE_RENAME_ENUM_VALUE,
    RULE_CHANGE_TYPE,
    RULE_ADD_COLUMN_DEFAULT,
    RULE_ADD_COLUMN_NOT_NULL,
    RULE_ADD_COLUMN_REWRITE,
    RULE_SET_NOT_NULL,
    RULE_ADD_CHECK,
    RULE_ADD_FOREIGN_KEY,
    RULE_ADD_INDEX,
    RULE_ADD_FULLTEXT_INDEX,
    RULE_ADD_UNIQUE,
    RULE_ADD_PRIMARY_KEY,
    RULE_DROP_INDEX,
    RULE_LOCK_TABLE,
    RULE_COPY_TABLE,
    RULE_CHANGE_ROWS,
    RULE_JSON_COLUMN,
    RULE_UNKNOWN_SQL,
    RULE_IRREVERSIBLE,
    RULE_HISTORY_EDITED,
    RULE_NONE, /* behind the last */
};

struct migration_rule {
    const char *name; /* as `bddrun:assured` and reports have it */
    const char *what; /* "drops a column" */
    enum migration_level postgresql;
    enum migration_level mysql;
    const char *why_postgresql;
    const char *why_mysql;
    const char *instead_postgresql; /* NULL: none */
    const char *instead_mysql;
    bool counts_rows; /* harmless on a small table: see big_tables */
};

extern const struct migration_rule migration_rules[]; /* by enum migration_rule_id */

const char *migration_level_name(enum migration_level level); /* "block" */
char migration_level_letter(enum migration_level level);      /* 'B' */

enum migration_level migration_rule_level(enum migration_rule_id rule,
                                          enum migration_database database);

/* RULE_NONE where no rule has the name. */
enum migration_rule_id migration_rule_find(struct text name);

#endif
