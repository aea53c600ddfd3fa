/* SPDX-License-Identifier: MIT */
/* How far a verb of a migration in code reaches: its words, its block. Private to the folder. */
#ifndef BDDRUN_CHANGE_MIGRATION_CODE_H
#define BDDRUN_CHANGE_MIGRATION_CODE_H

#include "change/migration/scan.h"

struct code_reading {
    struct scan *scan;
    const struct token *list;
    size_t end;
    struct text table; /* of the block that is read */
};

/* The words of the verb at `at`: its parentheses and the calls chained to them; without any what is
 * left of its statement. */
struct token_cursor code_words_of(const struct code_reading *reading, size_t at);

/* Behind the block `do … end` of the verb at `at`, or behind its
 * parentheses, or its words. */
size_t code_behind_block(const struct code_reading *reading, size_t at);

#endif
