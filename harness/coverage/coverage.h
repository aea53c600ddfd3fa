/* SPDX-License-Identifier: MIT */
/*
 * What was covered, whatever tool measured it: files by path, each with sorted lines, branches and
 * functions. Totals are always recounted from them, never taken from a report's own sums; only what
 * a report counts without saying where (PHPUnit's metrics, LLVM's summaries) is kept as `unlisted`.
 * Counts saturate. A struct coverage owns everything below it; texts live until its release, and so
 * do the sources that problems of its readers point into: show problems before releasing it.
 */
#ifndef BDDRUN_COVERAGE_COVERAGE_H
#define BDDRUN_COVERAGE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/text.h"
#include "coverage/coverage_file.h"

enum coverage_metric {
    COVERAGE_LINES = 1,
    COVERAGE_BRANCHES = 2,
    COVERAGE_FUNCTIONS = 4,
    COVERAGE_STATEMENTS = 8, /* "lines" are statements */
};

/* One report that was read. */
struct coverage_report {
    struct text path;
    const char *format;   /* the name of its reader */
    unsigned metrics;     /* enum coverage_metric that this report has; 0: it is empty */
    size_t files;         /* in it */
    uint64_t timestamp_s; /* as it says itself, since 1970; 0: it does not */
    size_t damaged;       /* records that could not be read; each is a problem, too */
};

struct coverage_index; /* path -> file, name -> number; heap */

struct coverage {
    struct arena arena;
    struct coverage_file **files; /* sorted by path after every read, merge and map */
    size_t file_count;
    size_t file_capacity;
    struct text *names; /* of named branches, each once */
    size_t name_count;
    size_t name_capacity;
    struct coverage_report *reports;
    size_t report_count;
    size_t report_capacity;
    struct coverage_index *index;
    struct coverage_input *inputs; /* those that problems point into */
};

void coverage_init(struct coverage *coverage);
void coverage_release(struct coverage *coverage);

/* Reads the report at path ("-": standard input; .gz is unpacked) and adds it to what is there. The
 * format is the name of a reader, or empty: found by the content. False with problems: what could be
 * read of a damaged report is there all the same, to be shown, never to be judged by. */
bool coverage_read(struct coverage *coverage, struct text path, struct text format,
                   struct problems *problems) MUST_CHECK;

/* Adds all of `from`, which is left untouched: counts add up, flags and unlisted numbers join so
 * that the order never matters. False: two Go profiles disagree on a block. */
bool coverage_merge(struct coverage *coverage, const struct coverage *from,
                    struct problems *problems) MUST_CHECK;

/* Logarithmic or better; NULL where there is none. */
const struct coverage_file *coverage_find(const struct coverage *coverage, struct text path);

struct coverage_totals coverage_total(const struct coverage *coverage);
unsigned coverage_metrics(const struct coverage *coverage); /* of all reports together */

#endif
