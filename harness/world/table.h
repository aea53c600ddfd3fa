/* SPDX-License-Identifier: MIT */
/*
 * The tables that steps take (vocabulary, section 5), with ${…} replaced for an actor. Pairs have
 * no header row and names may repeat; records have one. Everything lives in the world's arena.
 */
#ifndef BDDRUN_WORLD_TABLE_H
#define BDDRUN_WORLD_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/text.h"

struct actor;
struct step;

struct table_cell {
    struct text text;
    struct text raw; /* before ${…} was replaced */
    struct span at;  /* as written in the file */
};

struct table_row {
    struct table_cell *cells;
    struct span at;
};

struct pairs {
    struct table_row *rows; /* of two cells each */
    size_t count;
};

struct records {
    struct text *columns; /* of the header row, never expanded */
    size_t column_count;
    struct table_row *rows; /* of column_count cells each */
    size_t count;
};

/* False: the step has failed. */
bool table_read_pairs(struct step *step, const struct actor *actor, struct pairs *ret_pairs);
bool table_read_records(struct step *step, const struct actor *actor,
                        struct records *ret_records);

/* The cell of a named column; NULL where there is no such column. */
const struct text *records_find(const struct records *records, size_t row, struct text column);

/* `header "X"` in the first cell of a pair: its kind, and the quoted name unquoted. A plain word
 * has no name. */
struct pair_key {
    struct text kind; /* "header" */
    struct text name; /* "X"; empty where none is given */
};
bool pair_key_read(struct text cell, struct pair_key *ret_key);

#endif
