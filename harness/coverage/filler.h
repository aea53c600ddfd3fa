/* SPDX-License-Identifier: MIT */
/*
 * How a reader fills a struct coverage: it begins a file, adds records in any order and as often as
 * its report repeats them, and ends the file. Sorting and joining is done here, in time linear in
 * the size of what is read, however it is cut up. Texts are borrowed until filler_end.
 */
#ifndef BDDRUN_COVERAGE_FILLER_H
#define BDDRUN_COVERAGE_FILLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/text.h"
#include "coverage/coverage.h"

enum coverage_slot {
    SLOT_LINES,
    SLOT_BRANCHES,
    SLOT_FUNCTIONS,
    SLOT_EXCLUDED,
    SLOT_BLOCKS,
    SLOT_COUNT,
};

struct record_list {
    void *at;
    size_t count;
    size_t capacity;
};

struct coverage_filler {
    struct coverage *coverage;
    struct coverage_file *file; /* begun; NULL between files */
    struct record_list lists[SLOT_COUNT];
    unsigned metrics;         /* seen so far */
    bool takes_greatest_line; /* of records for one line within a file, instead of the sum */
};

void filler_init(struct coverage_filler *filler, struct coverage *coverage);
void filler_release(struct coverage_filler *filler);

/* Begins the file, again where it was begun before. A leading "./" is dropped, the separators of
 * Windows become slashes; nothing else is the same file under another name. */
void filler_begin(struct coverage_filler *filler, struct text path);
void filler_end(struct coverage_filler *filler);

/* The number under which a branch's expression is known: for id with BRANCH_NAMED. */
uint32_t filler_name(struct coverage_filler *filler, struct text name);

/* What the report counts in this file without saying where; of several the greatest counts. */
void filler_unlisted(struct coverage_filler *filler, struct coverage_totals unlisted);

/* False: the file was measured with another digest before. */
bool filler_digest(struct coverage_filler *filler, struct text digest) MUST_CHECK;

static inline void filler_line(struct coverage_filler *filler, uint32_t number, uint64_t count)
{
    struct record_list *list = &filler->lists[SLOT_LINES];
    struct coverage_line *lines = list->at;
    if (list->count == list->capacity) {
        list->at = GROW(lines, list->count, list->capacity);
    }
    lines[list->count++] = (struct coverage_line){ number, count };
}

static inline void filler_branch(struct coverage_filler *filler, struct coverage_branch branch)
{
    struct record_list *list = &filler->lists[SLOT_BRANCHES];
    struct coverage_branch *branches = list->at;
    if (list->count == list->capacity) {
        list->at = GROW(branches, list->count, list->capacity);
    }
    branches[list->count++] = branch;
}

void filler_function(struct coverage_filler *filler, struct coverage_function function);
void filler_excluded(struct coverage_filler *filler, uint32_t number, uint64_t count);
void filler_block(struct coverage_filler *filler, struct coverage_block block);

#endif
