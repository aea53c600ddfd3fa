/* SPDX-License-Identifier: MIT */
/*
 * The account pool: rows of a CSV file (RFC 4180, the first row names the columns), each lent to one
 * actor of one running scenario at a time. The parent keeps who has what; workers read the rows
 * they were lent from the memory they inherited. With --shard each shard has rows of its own.
 */
#ifndef BDDRUN_RUN_DESK_ACCOUNTS_H
#define BDDRUN_RUN_DESK_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"

enum { ACCOUNTS_LIMIT_BYTES = 64 << 20 };

struct account_row {
    struct text *cells; /* column_count */
    uint32_t holder;    /* scenario + 1; 0: free */
    bool is_ours;       /* of this shard */
};

struct accounts {
    struct arena arena;
    struct text *columns;
    size_t column_count;
    struct account_row *rows;
    size_t row_count;
    size_t ours;
};

/* Zeroed, it has no rows. */
void accounts_release(struct accounts *accounts);

/* Reads the file. shard_index is 1-based, 0: no shards. False with problems. */
bool accounts_load(struct accounts *accounts, struct text path, uint64_t shard_index,
                   uint64_t shard_count, struct problems *problems) MUST_CHECK;

/* Lends a free row to the scenario. False when all are lent. */
bool accounts_lend(struct accounts *accounts, uint32_t scenario, size_t *ret_row);

/* True when the scenario has every row there is: it would wait for itself. */
bool accounts_has_all(const struct accounts *accounts, uint32_t scenario);

void accounts_take_back(struct accounts *accounts, uint32_t scenario);

#endif
