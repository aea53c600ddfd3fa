/* SPDX-License-Identifier: MIT */
/* ALTER TABLE, action by action, in the words of PostgreSQL and MySQL. */
#include "change/migration/scan.h"

struct action {
    struct scan *scan;
    struct token_cursor cursor; /* the words that are left */
    struct text table;
    size_t start;
};

static void found(const struct action *action, enum migration_rule_id rule)
{
    scan_add(action->scan, rule, action->table, action->start);
}

/* ADD … */

static bool add_constraint(const struct action *action, struct token_cursor cursor)
{
    bool is_not_valid = cursor_has_both(&cursor, "NOT", "VALID");
    bool uses_index = cursor_has_both(&cursor, "USING", "INDEX");
    if (cursor_keyword(&cursor, "CHECK")) {
        if (!is_not_valid) {
            found(action, RULE_ADD_CHECK);
        }
    } else if (cursor_keywords(&cursor, "FOREIGN", "KEY")) {
        if (!is_not_valid) {
            found(action, RULE_ADD_FOREIGN_KEY);
        }
    } else if (cursor_keyword(&cursor, "UNIQUE")) {
        if (!uses_index) {
            found(action, RULE_ADD_UNIQUE);
        }
    } else if (cursor_keywords(&cursor, "PRIMARY", "KEY") ||
               cursor_keyword(&cursor, "EXCLUDE")) {
        if (!uses_index) {
            found(action, RULE_ADD_PRIMARY_KEY);
        }
    } else {
        return false;
    }
    return true;
}

/* ADD (a INT, b INT) of MySQL: each as a column. */
static void add_columns(const struct action *action)
{
    struct action one = *action;
    size_t depth = 0;
    const struct token *from = action->cursor.at;
    for (const struct token *at = from; at <= action->cursor.end; at++) {
        bool is_end = at == action->cursor.end || (depth == 0 && token_is_sign(at, ")"));
        if (is_end || (depth == 0 && token_is_sign(at, ","))) {
            one.cursor = (struct token_cursor){ from, at };
            scan_add_column(one.scan, one.cursor, one.table, one.start);
            from = at + 1;
        }
        if (is_end) {
            return;
        }
        depth += token_is_sign(at, "(");
        depth -= token_is_sign(at, ")");
    }
}

/* The other things that ADD takes; false: a column. */
static bool add_other(struct action *action)
{
    struct token_cursor *cursor = &action->cursor;
    if (cursor_keyword(cursor, "CONSTRAINT") && cursor->at < cursor->end &&
        !token_is_keyword(cursor->at, "CHECK") && !token_is_keyword(cursor->at, "FOREIGN")) {
        (void)cursor_name(cursor);
    }
    if (add_constraint(action, *cursor)) {
        return true;
    }
    if (cursor_keyword(cursor, "INDEX") || cursor_keyword(cursor, "KEY")) {
        found(action, RULE_ADD_INDEX);
        return true;
    }
    if (cursor_keyword(cursor, "FULLTEXT") || cursor_keyword(cursor, "SPATIAL")) {
        found(action, RULE_ADD_FULLTEXT_INDEX);
        return true;
    }
    return cursor_keyword(cursor, "PARTITION");
}

static void add(struct action *action)
{
    struct token_cursor *cursor = &action->cursor;
    if (!cursor_keyword(cursor, "COLUMN") && add_other(action)) {
        return;
    }
    (void)cursor_keyword(cursor, "IF");
    (void)cursor_keywords(cursor, "NOT", "EXISTS");
    if (cursor_sign(cursor, "(")) {
        add_columns(action);
    } else {
        scan_add_column(action->scan, action->cursor, action->table, action->start);
    }
}

/* DROP …, RENAME …, ALTER … */

static void drop(struct action *action)
{
    static const char *const harmless[] = { "CONSTRAINT", "FOREIGN", "CHECK", "PARTITION" };
    for (size_t i = 0; i < ARRAY_SIZE(harmless); i++) {
        if (cursor_keyword(&action->cursor, harmless[i])) {
            return;
        }
    }
    if (cursor_keyword(&action->cursor, "INDEX") || cursor_keyword(&action->cursor, "KEY")) {
        found(action, RULE_DROP_INDEX);
    } else if (cursor_keywords(&action->cursor, "PRIMARY", "KEY")) {
        found(action, RULE_ADD_PRIMARY_KEY);
    } else {
        found(action, RULE_DROP_COLUMN);
    }
}

static void rename(struct action *action)
{
    static const char *const harmless[] = { "INDEX", "KEY", "CONSTRAINT" };
    for (size_t i = 0; i < ARRAY_SIZE(harmless); i++) {
        if (cursor_keyword(&action->cursor, harmless[i])) {
            return;
        }
    }
    bool is_table =
        cursor_keyword(&action->cursor, "TO") || cursor_keyword(&action->cursor, "AS");
    if (!is_table && !cursor_keyword(&action->cursor, "COLUMN")) {
        /* MySQL: RENAME new; PostgreSQL: RENAME old TO new */
        is_table = !cursor_has(&action->cursor, "TO");
    }
    found(action, is_table ? RULE_RENAME_TABLE : RULE_RENAME_COLUMN);
}

static void alter_column(struct action *action)
{
    struct token_cursor *cursor = &action->cursor;
    if (cursor_keyword(cursor, "INDEX") || cursor_keyword(cursor, "CONSTRAINT")) {
        return;
    }
    (void)cursor_keyword(cursor, "COLUMN");
    (void)cursor_name(cursor);
    bool is_type = cursor_keyword(cursor, "TYPE");
    if (is_type || cursor_keywords(cursor, "SET", "DATA")) {
        (void)cursor_keyword(cursor, "TYPE");
        bool is_to_text = cursor_keyword(cursor, "TEXT") && cursor->at == cursor->end;
        if (!is_to_text) {
            found(action, RULE_CHANGE_TYPE);
        }
    } else if (cursor_keyword(cursor, "SET") && cursor_has_both(cursor, "NOT", "NULL")) {
        found(action, RULE_SET_NOT_NULL);
    } else if (cursor_keyword(cursor, "ADD")) {
        found(action, RULE_ADD_COLUMN_REWRITE); /* GENERATED … AS IDENTITY */
    }
}

static void change(struct action *action)
{
    (void)cursor_keyword(&action->cursor, "COLUMN");
    struct text old_name = cursor_name(&action->cursor);
    struct text new_name = cursor_name(&action->cursor);
    if (!text_equal_ignoring_case(old_name, new_name)) {
        found(action, RULE_RENAME_COLUMN);
    }
    found(action, RULE_CHANGE_TYPE);
}

static void modify(struct action *action)
{
    found(action, RULE_CHANGE_TYPE);
}

static void copy(struct action *action)
{
    found(action, RULE_COPY_TABLE);
}

/* ALGORITHM = COPY; LOCK = SHARED */
static void option(struct action *action)
{
    if (cursor_has(&action->cursor, "COPY") || cursor_has(&action->cursor, "SHARED") ||
        cursor_has(&action->cursor, "EXCLUSIVE")) {
        found(action, RULE_COPY_TABLE);
    }
}

static const struct {
    const char *word;
    void (*read)(struct action *action);
} actions[] = {
    { "ADD", add },          { "DROP", drop },
    { "RENAME", rename },    { "ALTER", alter_column },
    { "CHANGE", change },    { "MODIFY", modify },
    { "CONVERT", copy },     { "ENGINE", copy },
    { "ALGORITHM", option }, { "LOCK", option },
};

static void read_action(struct action *action)
{
    for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
        if (cursor_keyword(&action->cursor, actions[i].word)) {
            actions[i].read(action);
            return;
        }
    }
}

void scan_alter_table(struct scan *scan, struct token_cursor words, struct text table)
{
    size_t depth = 0;
    const struct token *from = words.at;
    for (const struct token *at = from; at <= words.end; at++) {
        bool is_end = at == words.end;
        if (is_end || (depth == 0 && token_is_sign(at, ","))) {
            struct action action = { .scan = scan,
                                     .cursor = { from, at },
                                     .table = table,
                                     .start = from < words.end ? from->start : 0 };
            read_action(&action);
            from = at + 1;
        }
        if (!is_end) {
            depth += token_is_sign(at, "(");
            depth -= depth > 0 && token_is_sign(at, ")");
        }
    }
}
