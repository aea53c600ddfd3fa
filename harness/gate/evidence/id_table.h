/* SPDX-License-Identifier: MIT */
/* Ids of a message stream and the number each stands for: open addressing, on the heap. */
#ifndef BDDRUN_GATE_EVIDENCE_ID_TABLE_H
#define BDDRUN_GATE_EVIDENCE_ID_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/text.h"

struct id_entry {
    struct text id; /* borrowed; at NULL: free */
    uint32_t number;
};

struct id_table {
    struct id_entry *list;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

void id_table_release(struct id_table *table); /* a zeroed one is empty */

/* False: it is there already, and keeps its number. The id is borrowed. */
bool id_table_add(struct id_table *table, struct text id, uint32_t number) MUST_CHECK;

bool id_table_find(const struct id_table *table, struct text id,
                   uint32_t *ret_number) MUST_CHECK;

#endif
