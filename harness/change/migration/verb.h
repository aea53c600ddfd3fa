/* SPDX-License-Identifier: MIT */
/*
 * The words by which migration frameworks change a schema: Laravel, Rails, Django, Alembic, Phinx,
 * Doctrine, knex, Sequelize, TypeORM, Ecto, Entity Framework, Liquibase.
 */
#ifndef BDDRUN_CHANGE_MIGRATION_VERB_H
#define BDDRUN_CHANGE_MIGRATION_VERB_H

#include <stdbool.h>

#include "change/migration/scan.h"

enum verb_kind {
    VERB_FINDS,   /* its rule */
    VERB_CREATES, /* a table: what is in its parentheses or block is exempt */
    VERB_OPENS,   /* a table: what is in its parentheses or block is about it */
    VERB_COLUMN,  /* adds a column: its words tell how */
};

struct verb {
    const char *word; /* as written; case counts */
    enum verb_kind kind;
    enum migration_rule_id rule;
    bool names_table;   /* its first text is the table's name */
    const char *unless; /* a word behind it that makes it harmless; NULL: none */
};

/* Two words that are a verb together: Schema::create, alter table(:x). */
struct verb_pair {
    const char *first;
    const char *between; /* the sign; NULL: none */
    const char *second;
    struct verb verb;
};

extern const struct verb_pair verb_pairs[]; /* ended by one without words */

/* NULL: the word is no verb. */
const struct verb *verb_find(struct text word);

/* Whether the word is a type of column, as a method: $table->string('name'). */
bool verb_is_column_type(struct text word);

/* What the words of a column's definition do. `must_allow`: null only where they say so,
 * as for Laravel and Django. */
void verb_scan_column(struct scan *scan, struct token_cursor words, struct text table,
                      size_t start, bool must_allow);

#endif
