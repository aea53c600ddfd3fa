/* SPDX-License-Identifier: MIT */
/*
 * The growing side of a struct coverage, for the filler, for merging and for mapping of paths:
 * files and names are found or made, records are joined. Small additions to a large file wait in
 * its `pending` until they are worth a pass over it, so that adding is linear whatever the report
 * looks like; store_finish joins what still waits.
 */
#ifndef BDDRUN_COVERAGE_STORE_H
#define BDDRUN_COVERAGE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "coverage/filler.h"
#include "coverage/records.h"

const struct record_kind *store_kind(enum coverage_slot slot);

/* The records of one kind of a finished file. */
const void *store_list(const struct coverage_file *file, enum coverage_slot slot,
                       size_t *ret_count);

/* Found, or made with a copy of the path. */
struct coverage_file *store_file(struct coverage *coverage, struct text path);
uint32_t store_name(struct coverage *coverage, struct text name);

/* Adds records that are sorted, each key once; names are copied. */
void store_add(struct coverage *coverage, struct coverage_file *file, enum coverage_slot slot,
               const void *list, size_t count);

/* Of each number the greatest: joining is idempotent. */
void store_unlisted(struct coverage_file *file, const struct coverage_totals *unlisted);

/* False: it has another already. An empty one says nothing. */
bool store_digest(struct coverage *coverage, struct coverage_file *file,
                  struct text digest) MUST_CHECK;

/* Joins what waits, and sorts the files by path. */
void store_finish(struct coverage *coverage);

/* After paths were changed: files that now have one path are joined. False with problems. */
bool store_renamed(struct coverage *coverage, struct problems *problems) MUST_CHECK;

/* Adds a file of another coverage, or a file of this one that no longer is in its list. False with
 * problems: they cannot both be of one source. */
bool store_join(struct coverage *coverage, const struct coverage *from,
                const struct coverage_file *file, struct problems *problems) MUST_CHECK;

struct coverage_report *store_report(struct coverage *coverage);

/* Joins what waits in one file. */
void store_flush(struct coverage *coverage, struct coverage_file *file);

void store_free_file(struct coverage_file *file);
void store_release(struct coverage *coverage);

#endif
