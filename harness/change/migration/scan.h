/* SPDX-License-Identifier: MIT */
/*
 * What one migration does, as it is found: which rule, on which table, where. Everything lives in
 * the arena given.
 */
#ifndef BDDRUN_CHANGE_MIGRATION_SCAN_H
#define BDDRUN_CHANGE_MIGRATION_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "change/migration/rule.h"
#include "change/migration/token.h"

struct scan_finding {
    enum migration_rule_id rule;
    struct text table; /* without its schema; empty: not known */
    size_t start;      /* offset in the file */
};

struct scan {
    struct arena *arena;
    struct scan_finding *findings;
    size_t count;
    size_t capacity;
    struct text *created; /* tables */
    size_t created_count;
    size_t created_capacity;
};

void scan_init(struct scan *scan, struct arena *arena);
void scan_release(struct scan *scan);
void scan_add(struct scan *scan, enum migration_rule_id rule, struct text table, size_t start);
void scan_add_created(struct scan *scan, struct text table);

/* Every statement of some SQL; `offset` is where it stands in the file. */
void scan_sql(struct scan *scan, struct text sql, size_t offset);

/* The tokens [from, to) of another language: the verbs of the frameworks, and SQL in strings. */
void scan_code(struct scan *scan, const struct tokens *tokens, size_t from, size_t to);

/* A place in tokens that is read on. */
struct token_cursor {
    const struct token *at;
    const struct token *end;
};

/* Take one when it is there. */
bool cursor_keyword(struct token_cursor *cursor, const char *word);
bool cursor_keywords(struct token_cursor *cursor, const char *first, const char *second);
bool cursor_sign(struct token_cursor *cursor, const char *sign);

/* A name, perhaps behind those of its schema and database; empty where there is none. */
struct text cursor_name(struct token_cursor *cursor);

/* Whether the keyword occurs from here on; also of two in a row. */
bool cursor_has(const struct token_cursor *cursor, const char *word);
bool cursor_has_both(const struct token_cursor *cursor, const char *first, const char *second);

/* The actions of ALTER TABLE, behind the table's name. */
void scan_alter_table(struct scan *scan, struct token_cursor actions, struct text table);

/* The definition of a column it adds, from its name on. */
void scan_add_column(struct scan *scan, struct token_cursor words, struct text table,
                     size_t start);

#endif
