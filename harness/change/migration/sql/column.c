/* SPDX-License-Identifier: MIT */
/* The definition of a column that ALTER TABLE adds. */
#include "change/migration/scan.h"

struct column {
    struct scan *scan;
    struct text table;
    size_t start;
};

static void found(const struct column *column, enum migration_rule_id rule)
{
    scan_add(column->scan, rule, column->table, column->start);
}

/* Behind DEFAULT: true for what every row has to be computed for. */
static bool is_computed(struct token_cursor cursor)
{
    static const char *const constants[] = { "TRUE", "FALSE", "NULL" };
    while (cursor_sign(&cursor, "-") || cursor_sign(&cursor, "+")) {
    }
    if (cursor.at == cursor.end || cursor.at->kind == TOKEN_STRING ||
        cursor.at->kind == TOKEN_NUMBER) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_SIZE(constants); i++) {
        if (token_is_keyword(cursor.at, constants[i])) {
            return false;
        }
    }
    /* E'…', B'…', DATE '…' */
    return !(cursor.at->kind == TOKEN_WORD && cursor.at + 1 < cursor.end &&
             cursor.at[1].kind == TOKEN_STRING);
}

static bool has_computed_default(struct token_cursor cursor)
{
    while (cursor.at < cursor.end) {
        if (cursor_keyword(&cursor, "DEFAULT")) {
            return is_computed(cursor);
        }
        cursor.at++;
    }
    return false;
}

static bool has_any(const struct token_cursor *cursor, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (cursor_has(cursor, words[i])) {
            return true;
        }
    }
    return false;
}

static void add_constraints(const struct column *column, struct token_cursor rest)
{
    if (cursor_has_both(&rest, "PRIMARY", "KEY")) {
        found(column, RULE_ADD_PRIMARY_KEY);
    } else if (cursor_has(&rest, "UNIQUE")) {
        found(column, RULE_ADD_UNIQUE);
    }
    if (cursor_has(&rest, "REFERENCES")) {
        found(column, RULE_ADD_FOREIGN_KEY);
    }
    if (cursor_has(&rest, "CHECK")) {
        found(column, RULE_ADD_CHECK);
    }
    if (cursor_has(&rest, "JSON")) {
        found(column, RULE_JSON_COLUMN);
    }
}

void scan_add_column(struct scan *scan, struct token_cursor words, struct text table,
                     size_t start)
{
    const struct column definition = { scan, table, start };
    const struct column *column = &definition;
    static const char *const rewriting[] = {
        "SERIAL", "BIGSERIAL", "SMALLSERIAL", "AUTO_INCREMENT", "IDENTITY", "STORED", NULL
    };
    struct token_cursor rest = words;
    (void)cursor_name(&rest); /* the column's */
    bool is_rewriting = has_any(&rest, rewriting);
    bool is_virtual = cursor_has(&rest, "GENERATED") || cursor_has(&rest, "AS");
    if (is_rewriting) {
        found(column, RULE_ADD_COLUMN_REWRITE);
    } else if (has_computed_default(rest)) {
        found(column, RULE_ADD_COLUMN_DEFAULT);
    } else if (cursor_has_both(&rest, "NOT", "NULL") && !cursor_has(&rest, "DEFAULT") &&
               !is_virtual) {
        found(column, RULE_ADD_COLUMN_NOT_NULL);
    }
    add_constraints(column, rest);
}
