/* SPDX-License-Identifier: MIT */
/* Statements of SQL, by their first words. */
#include "change/migration/scan.h"

/* CREATE … */

static void create_index(struct scan *scan, struct token_cursor cursor, size_t start,
                         enum migration_rule_id rule)
{
    bool is_concurrent = cursor_has(&cursor, "CONCURRENTLY");
    while (cursor.at < cursor.end && !cursor_keyword(&cursor, "ON")) {
        cursor.at++;
    }
    (void)cursor_keyword(&cursor, "ONLY");
    struct text table = cursor_name(&cursor);
    if (!is_concurrent) {
        scan_add(scan, rule, table, start);
    }
}

static void create(struct scan *scan, struct token_cursor cursor, size_t start)
{
    static const char *const before_table[] = { "OR",        "REPLACE", "GLOBAL",   "LOCAL",
                                                "TEMPORARY", "TEMP",    "UNLOGGED", "FOREIGN" };
    if (cursor_keywords(&cursor, "UNIQUE", "INDEX")) {
        create_index(scan, cursor, start, RULE_ADD_UNIQUE);
        return;
    }
    if (cursor_keyword(&cursor, "INDEX")) {
        create_index(scan, cursor, start, RULE_ADD_INDEX);
        return;
    }
    if (cursor_keywords(&cursor, "FULLTEXT", "INDEX") ||
        cursor_keywords(&cursor, "SPATIAL", "INDEX")) {
        create_index(scan, cursor, start, RULE_ADD_FULLTEXT_INDEX);
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(before_table); i++) {
        (void)cursor_keyword(&cursor, before_table[i]);
    }
    if (cursor_keyword(&cursor, "TABLE")) {
        (void)cursor_keyword(&cursor, "IF");
        (void)cursor_keywords(&cursor, "NOT", "EXISTS");
        scan_add_created(scan, cursor_name(&cursor));
    }
}

/* DROP … */

static void drop_tables(struct scan *scan, struct token_cursor cursor, size_t start)
{
    (void)cursor_keywords(&cursor, "IF", "EXISTS");
    do {
        scan_add(scan, RULE_DROP_TABLE, cursor_name(&cursor), start);
    } while (cursor_sign(&cursor, ","));
}

static void drop_index(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (cursor_keyword(&cursor, "CONCURRENTLY")) {
        return;
    }
    struct text table = TEXT_EMPTY; /* MySQL names it: DROP INDEX i ON t */
    while (cursor.at < cursor.end) {
        if (cursor_keyword(&cursor, "ON")) {
            table = cursor_name(&cursor);
        } else {
            cursor.at++;
        }
    }
    scan_add(scan, RULE_DROP_INDEX, table, start);
}

static void drop(struct scan *scan, struct token_cursor cursor, size_t start)
{
    (void)cursor_keyword(&cursor, "TEMPORARY");
    if (cursor_keyword(&cursor, "TABLE")) {
        drop_tables(scan, cursor, start);
    } else if (cursor_keyword(&cursor, "INDEX")) {
        drop_index(scan, cursor, start);
    } else if (cursor_keyword(&cursor, "SCHEMA") || cursor_keyword(&cursor, "DATABASE")) {
        scan_add(scan, RULE_DROP_TABLE, TEXT_EMPTY, start);
    }
}

/* ALTER … */

static void alter(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (cursor_keyword(&cursor, "TYPE")) {
        if (cursor_has_both(&cursor, "RENAME", "VALUE")) {
            scan_add(scan, RULE_RENAME_ENUM_VALUE, TEXT_EMPTY, start);
        }
    } else if (cursor_keyword(&cursor, "TABLE")) {
        (void)cursor_keywords(&cursor, "IF", "EXISTS");
        (void)cursor_keyword(&cursor, "ONLY");
        struct text table = cursor_name(&cursor);
        (void)cursor_sign(&cursor, "*");
        scan_alter_table(scan, cursor, table);
    }
}

/* The rest. */

static void change_rows(struct scan *scan, struct token_cursor cursor, size_t start)
{
    (void)cursor_keyword(&cursor, "FROM");
    (void)cursor_keyword(&cursor, "ONLY");
    if (!cursor_has(&cursor, "LIMIT")) {
        scan_add(scan, RULE_CHANGE_ROWS, cursor_name(&cursor), start);
    }
}

static void with(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (cursor_has(&cursor, "UPDATE") || cursor_has(&cursor, "DELETE")) {
        if (!cursor_has(&cursor, "LIMIT")) {
            scan_add(scan, RULE_CHANGE_ROWS, TEXT_EMPTY, start);
        }
    }
}

static void truncate_table(struct scan *scan, struct token_cursor cursor, size_t start)
{
    (void)cursor_keyword(&cursor, "TABLE");
    (void)cursor_keyword(&cursor, "ONLY");
    scan_add(scan, RULE_TRUNCATE, cursor_name(&cursor), start);
}

static void rename_table(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (cursor_keyword(&cursor, "TABLE")) {
        scan_add(scan, RULE_RENAME_TABLE, cursor_name(&cursor), start);
    }
}

static void vacuum(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (cursor_has(&cursor, "FULL")) {
        scan_add(scan, RULE_LOCK_TABLE, TEXT_EMPTY, start);
    }
}

static void reindex(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (!cursor_has(&cursor, "CONCURRENTLY")) {
        scan_add(scan, RULE_LOCK_TABLE, TEXT_EMPTY, start);
    }
}

static void lock_table(struct scan *scan, struct token_cursor cursor, size_t start)
{
    if (!cursor_keyword(&cursor, "TABLES")) {
        (void)cursor_keyword(&cursor, "TABLE");
    }
    scan_add(scan, RULE_LOCK_TABLE, cursor_name(&cursor), start);
}

static void nothing(struct scan *scan, struct token_cursor cursor, size_t start)
{
    (void)scan;
    (void)cursor;
    (void)start;
}

static void unknown(struct scan *scan, struct token_cursor cursor, size_t start)
{
    (void)cursor;
    scan_add(scan, RULE_UNKNOWN_SQL, TEXT_EMPTY, start);
}

struct statement {
    const char *word;
    void (*read)(struct scan *scan, struct token_cursor rest, size_t start);
};

static const struct statement statements[] = {
    { "CREATE", create },
    { "DROP", drop },
    { "ALTER", alter },
    { "UPDATE", change_rows },
    { "DELETE", change_rows },
    { "WITH", with },
    { "TRUNCATE", truncate_table },
    { "RENAME", rename_table },
    { "VACUUM", vacuum },
    { "REINDEX", reindex },
    { "CLUSTER", lock_table },
    { "LOCK", lock_table },
    { "OPTIMIZE", lock_table },
    { "INSERT", nothing },
    { "SELECT", nothing },
    { "SET", nothing },
    { "RESET", nothing },
    { "BEGIN", nothing },
    { "START", nothing },
    { "COMMIT", nothing },
    { "END", nothing },
    { "COMMENT", nothing },
    { "GRANT", nothing },
    { "REVOKE", nothing },
    { "USE", nothing },
    { "ANALYZE", nothing },
    { "UNLOCK", nothing },
    { "SHOW", nothing },
    { "PRAGMA", nothing },
    { "SAVEPOINT", nothing },
    { "RELEASE", nothing },
    { "NOTIFY", nothing },
    { "REFRESH", nothing },
    { "DELIMITER", nothing },
};

static void read_statement(struct scan *scan, struct token_cursor cursor)
{
    size_t start = cursor.at->start;
    for (size_t i = 0; i < ARRAY_SIZE(statements); i++) {
        if (cursor_keyword(&cursor, statements[i].word)) {
            statements[i].read(scan, cursor, start);
            return;
        }
    }
    unknown(scan, cursor, start);
}

void scan_sql(struct scan *scan, struct text sql, size_t offset)
{
    struct tokens tokens = tokens_make(&language_sql, sql, offset, scan->arena);
    const struct token *end = tokens.list + tokens.count;
    for (const struct token *at = tokens.list; at < end;) {
        const struct token *stop = at;
        while (stop < end && !token_is_sign(stop, ";")) {
            stop++;
        }
        if (stop > at) {
            read_statement(scan, (struct token_cursor){ at, stop });
        }
        at = stop + 1;
    }
}
