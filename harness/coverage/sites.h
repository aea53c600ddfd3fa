/* SPDX-License-Identifier: MIT */
/*
 * Places that several records of a report may share: Istanbul's branches and functions, LLVM's
 * instantiations. Sorted by place, records of one place lie together in the order of the report,
 * and what must be told apart is numbered, so that two builds of one source number it alike.
 */
#ifndef BDDRUN_COVERAGE_SITES_H
#define BDDRUN_COVERAGE_SITES_H

#include <stddef.h>
#include <stdint.h>

#include "format/json.h"

struct site {
    struct text file; /* where one list holds several files */
    uint32_t line;
    uint32_t column;
    uint64_t shape; /* whatever else tells places apart */
    uint32_t order;
    const struct json_value *value;
};

struct sites {
    struct site *list; /* heap */
    size_t count;
    size_t capacity;
};

void sites_add(struct sites *sites, struct site site);
void sites_sort(struct sites *sites);
void sites_release(struct sites *sites);

/* Same file, line, column and shape. */
bool site_is_same(const struct site *a, const struct site *b);

#endif
