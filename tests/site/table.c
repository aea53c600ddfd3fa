/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"

int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct table *tables_open(struct tables *tables)
{
    if (tables->count == TABLES_LIMIT) {
        return NULL;
    }
    struct table *table = &tables->list[tables->count++];
    table->number = tables->count;
    table->updated_ms = now_ms();
    return table;
}

void tables_init(struct tables *tables)
{
    tables->list = alloc_or_die(TABLES_LIMIT, sizeof *tables->list);
    for (size_t i = 0; i < TABLES_FIXED; i++) {
        (void)tables_open(tables);
    }
}

void tables_release(struct tables *tables)
{
    free(tables->list);
}

struct table *tables_find(struct tables *tables, uint64_t number)
{
    if (number == 0 || number > tables->count || !tables->list[number - 1].number) {
        return NULL;
    }
    return &tables->list[number - 1];
}

size_t table_seat_of(const struct table *table, const struct account *account)
{
    for (size_t i = 0; i < TABLE_SEATS; i++) {
        if (table->seats[i] == account) {
            return i + 1;
        }
    }
    return 0;
}

size_t table_players(const struct table *table)
{
    size_t players = 0;
    for (size_t i = 0; i < TABLE_SEATS; i++) {
        players += table->seats[i] != NULL;
    }
    return players;
}

const char *table_game(const struct table *table)
{
    static const char *const games[] = { "omaha", "holdem", "stud" };
    return games[table->number % ARRAY_SIZE(games)];
}
