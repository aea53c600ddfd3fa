/* SPDX-License-Identifier: MIT */
/*
 * What was covered of one source file: its lines, branches and functions, each sorted by its key
 * and each key once. Owned by the struct coverage that holds it; line numbers are 1-based.
 */
#ifndef BDDRUN_COVERAGE_COVERAGE_FILE_H
#define BDDRUN_COVERAGE_COVERAGE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Exact: printed and compared by whoever asks. total 0 means nothing was measured, not 100 %. */
struct ratio {
    uint64_t covered;
    uint64_t total;
};

struct coverage_totals {
    struct ratio lines; /* of a Go profile: statements, see COVERAGE_STATEMENTS */
    struct ratio branches;
    struct ratio functions;
};

struct coverage_line {
    uint32_t number; /* 1-based */
    uint64_t count;
};

enum coverage_branch_flag {
    BRANCH_NEVER_EVALUATED = 1, /* lcov's "-": not taken, because never reached */
    BRANCH_EXCEPTION = 2,
    BRANCH_FALLTHROUGH = 4,
    BRANCH_UNREACHABLE = 8, /* kept, not counted */
    BRANCH_NAMED = 16,      /* id is an index in coverage->names: an expression */
};

/* The key is line, block and id (with BRANCH_NAMED). */
struct coverage_branch {
    uint32_t line;
    uint32_t block;
    uint32_t id;
    uint32_t flags;
    uint64_t taken;
};

enum coverage_function_flag {
    FUNCTION_GROUP = 1,      /* lcov 2: all aliases that begin on a line; the key is the line */
    FUNCTION_PARTIAL = 2,    /* entered, but PHPUnit does not call it covered: not counted so */
    FUNCTION_BY_NAME = 4,    /* lcov 1: the key is the name; else name and line are */
    FUNCTION_UNMEASURED = 8, /* lcov's FN without FNDA: known, but not counted */
};

struct coverage_function {
    struct text name;
    uint32_t line;     /* 0: unknown */
    uint32_t end_line; /* 0: unknown */
    uint32_t flags;
    uint64_t count;
};

/* A range of a Go profile; the metric is its statements. */
struct coverage_block {
    uint32_t line, column, end_line, end_column;
    uint32_t statements;
    bool is_disputed; /* within one report its statements differ: it is refused */
    uint64_t count;
};

struct coverage_file {
    struct text path;     /* relative to the repository once coverage_map_paths has run */
    struct text reported; /* as the report wrote it */
    struct text
        folder; /* that the report says its paths are in, where it names one; or empty */
    struct text digest; /* lcov's VER, Istanbul's hash: of the source as measured; or empty */
    struct coverage_line *lines; /* sorted, each number once; so are the next three */
    size_t line_count;
    struct coverage_branch *branches;
    size_t branch_count;
    struct coverage_function *functions;
    size_t function_count;
    struct coverage_line
        *excluded; /* by markers; not among lines. A count > 0: hit all the same */
    size_t excluded_count;
    struct coverage_block *blocks; /* of Go only; lines are made from them */
    size_t block_count;
    bool is_tracked;                  /* coverage_map_paths found it in the repository */
    struct coverage_totals unlisted;  /* counted by the report, without a place */
    struct coverage_pending *pending; /* records that wait for coverage_finish; NULL after it */
};

const struct coverage_line *coverage_file_line(const struct coverage_file *file,
                                               uint32_t number); /* NULL: not coverable */
bool coverage_file_excludes(const struct coverage_file *file, uint32_t number);

struct coverage_totals coverage_file_totals(const struct coverage_file *file);
void coverage_totals_add(struct coverage_totals *sum, const struct coverage_totals *part);

/* The last line that a record names: past the end of the source, the report is of another. */
uint32_t coverage_file_last_line(const struct coverage_file *file);

#endif
