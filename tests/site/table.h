/* SPDX-License-Identifier: MIT */
/*
 * The game tables. Tables 1 to TABLES_FIXED are there from the start, so that every scenario can
 * have one of its own; POST /api/tables makes more.
 */
#ifndef BDDRUN_SITE_TABLE_H
#define BDDRUN_SITE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct account;

enum { TABLES_FIXED = 1000, TABLES_LIMIT = 200000, TABLE_SEATS = 9 };

struct table {
    uint64_t number; /* 0: closed */
    struct account *seats[TABLE_SEATS];
    int64_t updated_ms;
    uint64_t moves;
};

struct tables {
    struct table *list;
    size_t count;
};

void tables_init(struct tables *tables);
void tables_release(struct tables *tables);

/* NULL: no such table, or closed. */
struct table *tables_find(struct tables *tables, uint64_t number);
struct table *tables_open(struct tables *tables);

/* 0: not seated. */
size_t table_seat_of(const struct table *table, const struct account *account);
size_t table_players(const struct table *table);
const char *table_game(const struct table *table);

int64_t now_ms(void);

#endif
