/* SPDX-License-Identifier: MIT */
#include "change/migration/rule.h"

#define GH_OST "gh-ost or pt-online-schema-change copies the table beside the traffic"
#define OLD_CODE "the code that runs now asks for it"

#define S MIGRATION_SAFE
#define W MIGRATION_WARN
#define E MIGRATION_EXPAND
#define B MIGRATION_BLOCK

const struct migration_rule migration_rules[] = {
    [RULE_DROP_COLUMN] = { "drop-column", "drops a column", E, E, OLD_CODE,
                           OLD_CODE "; rebuilds the table before 8.0.29",
                           "release code that does not use it first, drop it in a later "
                           "release",
                           "release code that does not use it first, drop it in a later "
                           "release",
                           false },
    [RULE_RENAME_COLUMN] = { "rename-column", "renames a column", E, E, OLD_CODE, OLD_CODE,
                             "add the new one, write both, move the rows, drop the old one "
                             "later",
                             "add the new one, write both, move the rows, drop the old one "
                             "later",
                             false },
    [RULE_RENAME_TABLE] = { "rename-table", "renames a table", E, E, OLD_CODE, OLD_CODE,
                            "rename it and make a view of the old name, for one release",
                            "rename it and make a view of the old name, for one release",
                            false },
    [RULE_DROP_TABLE] = { "drop-table", "drops a table", E, E, "its rows are gone",
                          "its rows are gone", "drop it one release after its last use",
                          "drop it one release after its last use", false },
    [RULE_TRUNCATE] = { "truncate", "empties a table", E, E,
                        "its rows are gone; locks out readers and writers",
                        "its rows are gone; the table is made anew", NULL, NULL, false },
    [RULE_RENAME_ENUM_VALUE] = { "rename-enum-value", "renames a value of an enum", E, E,
                                 OLD_CODE, OLD_CODE "; rebuilds the table",
                                 "add the new value, drop the old one later",
                                 "add the new value, drop the old one later", false },
    [RULE_CHANGE_TYPE] = { "change-type", "changes a column's type", B, B,
                           "rewrites the table, locks out readers and writers",
                           "copies the table, locks out writers",
                           "add a column of the new type, move the rows in batches, switch",
                           GH_OST, true },
    [RULE_ADD_COLUMN_DEFAULT] = { "add-column-default",
                                  "adds a column with a default that is computed", B, B,
                                  "rewrites the table, locks out readers and writers",
                                  "rebuilds the table",
                                  "add it without, then set the default, then fill in batches",
                                  "add it without, then set the default, then fill in batches",
                                  true },
    [RULE_ADD_COLUMN_NOT_NULL] = { "add-column-not-null",
                                   "adds a column that must not be null, without a default", B,
                                   B,
                                   "fails when the table has rows; the code that runs now "
                                   "cannot "
                                   "insert",
                                   "rows get a value nobody chose",
                                   "give it a constant default, or add it nullable first",
                                   "give it a constant default, or add it nullable first",
                                   false },
    [RULE_ADD_COLUMN_REWRITE] = { "add-column-rewrite",
                                  "adds a column that every row has to be written for", B, B,
                                  "rewrites the table, locks out readers and writers",
                                  "rebuilds the table, locks out writers",
                                  "add a plain column and fill it in batches", GH_OST, true },
    [RULE_SET_NOT_NULL] = { "set-not-null", "forbids null in a column", B, B,
                            "reads the whole table while all wait", "rebuilds the table",
                            "CHECK (… IS NOT NULL) NOT VALID, then VALIDATE, then SET NOT NULL",
                            GH_OST, true },
    [RULE_ADD_CHECK] = { "add-check", "adds a check", B, B,
                         "reads the whole table while all wait",
                         "copies the table, locks out "
                         "writers",
                         "NOT VALID first, VALIDATE CONSTRAINT in a later migration", GH_OST,
                         true },
    [RULE_ADD_FOREIGN_KEY] = { "add-foreign-key", "adds a foreign key", B, B,
                               "locks out writers of both tables while it reads",
                               "copies the table, locks out writers",
                               "NOT VALID first, VALIDATE CONSTRAINT in a later migration",
                               "SET foreign_key_checks = 0 for the statement", true },
    [RULE_ADD_INDEX] = { "add-index", "adds an index", B, W,
                         "locks out writers while it builds",
                         "online, but a long build delays replicas",
                         "CREATE INDEX CONCURRENTLY, outside a transaction", NULL, true },
    [RULE_ADD_FULLTEXT_INDEX] = { "add-fulltext-index", "adds a full-text or spatial index", B,
                                  B, "locks out writers while it builds",
                                  "locks out writers while it builds",
                                  "CREATE INDEX CONCURRENTLY, outside a transaction", GH_OST,
                                  true },
    [RULE_ADD_UNIQUE] = { "add-unique", "adds a unique index or constraint", B, B,
                          "locks out readers and writers while it builds",
                          "reads the whole table, and fails when rows are equal",
                          "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX",
                          "look for equal rows first", true },
    [RULE_ADD_PRIMARY_KEY] = { "add-primary-key", "adds or drops a primary key or an exclusion",
                               B, B, "locks out readers and writers while it builds",
                               "rebuilds the table",
                               "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING "
                               "INDEX",
                               GH_OST, true },
    [RULE_DROP_INDEX] = { "drop-index", "drops an index", W, W,
                          "locks out readers and writers for a moment; queries may get slow",
                          "online; queries may get slow", "DROP INDEX CONCURRENTLY", NULL,
                          false },
    [RULE_LOCK_TABLE] = { "lock-table", "locks a whole table", B, B,
                          "locks out readers and writers", "locks out writers",
                          "REINDEX CONCURRENTLY; pg_repack instead of VACUUM FULL and CLUSTER",
                          GH_OST, true },
    [RULE_COPY_TABLE] = { "copy-table", "copies a table", B, B, "locks out writers",
                          "locks out writers", NULL, GH_OST, true },
    [RULE_CHANGE_ROWS] = { "change-rows", "changes all rows at once", B, B,
                           "one long transaction: row locks, bloat",
                           "one long transaction: row and gap locks, replicas fall behind",
                           "batches of some thousand rows, outside the migration",
                           "batches of some thousand rows, outside the migration", true },
    [RULE_JSON_COLUMN] = { "json-column", "adds a json column", W, S,
                           "json has no '='; DISTINCT and GROUP BY fail", "", "use jsonb", NULL,
                           false },
    [RULE_UNKNOWN_SQL] = { "unknown-sql", "does what bddrun does not understand", W, W,
                           "somebody has to look", "somebody has to look", NULL, NULL, false },
    [RULE_IRREVERSIBLE] = { "irreversible", "has no way back", W, W,
                            "its down() is empty or missing", "its down() is empty or missing",
                            NULL, NULL, false },
    [RULE_HISTORY_EDITED] = { "history-edited", "was changed after production ran it", B, B,
                              "production will not run it again",
                              "production will not run it again",
                              "undo that, and write a new migration",
                              "undo that, and write a new migration", false },
    [RULE_NONE] = { NULL, NULL, S, S, NULL, NULL, NULL, NULL, false },
};

const char *migration_level_name(enum migration_level level)
{
    static const char *const names[] = { "safe", "warn", "expand", "block" };
    return names[level];
}

char migration_level_letter(enum migration_level level)
{
    return "SWEB"[level];
}

enum migration_level migration_rule_level(enum migration_rule_id rule,
                                          enum migration_database database)
{
    const struct migration_rule *row = &migration_rules[rule];
    if (database == DATABASE_POSTGRESQL) {
        return row->postgresql;
    }
    if (database == DATABASE_MYSQL) {
        return row->mysql;
    }
    return row->postgresql > row->mysql ? row->postgresql : row->mysql;
}

enum migration_rule_id migration_rule_find(struct text name)
{
    int rule = 0;
    while (rule < RULE_NONE && !text_is(name, migration_rules[rule].name)) {
        rule++;
    }
    return (enum migration_rule_id)rule;
}
