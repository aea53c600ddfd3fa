/* SPDX-License-Identifier: MIT */
#include "gate/evidence/id_table.h"

#include <stdlib.h>

#include "base/alloc.h"

enum { LEAST_CAPACITY = 64 };

void id_table_release(struct id_table *table)
{
    free(table->list);
    *table = (struct id_table){ 0 };
}

/* The entry of the id, or the free one where it would be. */
static struct id_entry *find_place(const struct id_table *table, struct text id)
{
    size_t at = (size_t)text_hash(id) & (table->capacity - 1);
    while (table->list[at].id.at && !text_equal(table->list[at].id, id)) {
        at = (at + 1) & (table->capacity - 1);
    }
    return &table->list[at];
}

static void grow(struct id_table *table)
{
    struct id_table larger = {
        .capacity = table->capacity ? table->capacity * 2 : LEAST_CAPACITY,
        .count = table->count,
    };
    larger.list = alloc_or_die(larger.capacity, sizeof *larger.list);
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->list[i].id.at) {
            *find_place(&larger, table->list[i].id) = table->list[i];
        }
    }
    free(table->list);
    *table = larger;
}

bool id_table_add(struct id_table *table, struct text id, uint32_t number)
{
    if ((table->count + 1) * 2 > table->capacity) {
        grow(table);
    }
    struct id_entry *entry = find_place(table, id);
    if (entry->id.at) {
        return false;
    }
    *entry = (struct id_entry){ id.at ? id : TEXT_EMPTY, number };
    table->count++;
    return true;
}

bool id_table_find(const struct id_table *table, struct text id, uint32_t *ret_number)
{
    if (table->capacity == 0) {
        return false;
    }
    const struct id_entry *entry = find_place(table, id);
    if (!entry->id.at) {
        return false;
    }
    *ret_number = entry->number;
    return true;
}
