/* SPDX-License-Identifier: MIT */
/*
 * Two coverages side by side: why the number of lines moved from one to the other, and, when both
 * are of one commit, the lines on which they disagree. Lines are compared by their number, so
 * between commits only files that did not change are told exactly.
 */
#ifndef BDDRUN_COVERAGE_EXPLAIN_H
#define BDDRUN_COVERAGE_EXPLAIN_H

#include "base/buffer.h"
#include "coverage/coverage.h"

/* The parts that the difference is made of; they add up to it. */
struct coverage_move {
    struct ratio before;
    struct ratio after;
    struct ratio new_files;  /* newly measured */
    struct ratio gone_files; /* no longer measured */
    struct ratio new_lines;  /* newly measured in files that both have */
    struct ratio gone_lines; /* deleted, or no longer coverable */
    uint64_t lost;           /* covered before, not now */
    uint64_t won;            /* covered now, not before */
};

struct coverage_move coverage_explain(const struct coverage *before,
                                      const struct coverage *after);

/* The move in words, with the lost lines and the files newly or no longer measured by name. */
void explain_text(struct buffer *out, const struct coverage *before,
                  const struct coverage *after);

/* The same as one JSON object. */
void explain_json(struct buffer *out, const struct coverage *before,
                  const struct coverage *after);

/* "only in the first: src/a.c: 12" for the lines that one covers and the other does not. Returns
 * how many there are. */
size_t explain_flips(struct buffer *out, const struct coverage *first,
                     const struct coverage *second);

#endif
