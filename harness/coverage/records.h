/* SPDX-License-Identifier: MIT */
/*
 * Arrays of records sorted by their key, each key once: what lines, branches, functions and blocks
 * of a file have in common. Joining two records of one key is commutative and associative, so the
 * order in which reports are read never matters.
 */
#ifndef BDDRUN_COVERAGE_RECORDS_H
#define BDDRUN_COVERAGE_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include "coverage/coverage_file.h"

struct record_kind {
    size_t size_bytes;
    /* names: of the branches with BRANCH_NAMED. */
    int (*compare)(const void *a, const void *b, const struct text *names);
    void (*join)(void *into, const void *from);
};

extern const struct record_kind record_line;
extern const struct record_kind record_branch;
extern const struct record_kind record_function;
extern const struct record_kind record_block;

uint64_t saturating_add(uint64_t a, uint64_t b);

/* Sorts the list and joins equal keys in place; returns how many are left. */
size_t records_coalesce(const struct record_kind *kind, void *list, size_t count,
                        const struct text *names);

struct records {
    const void *at;
    size_t count;
};

/* Both sorted; the result, on the heap, too. */
void *records_union(const struct record_kind *kind, struct records a, struct records b,
                    const struct text *names, size_t *ret_count);

#endif
