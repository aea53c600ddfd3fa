/* SPDX-License-Identifier: MIT */
/*
 * The bytes of one report: mapped where the file is large, unpacked where it is gzip. Kept as long
 * as problems point into it.
 */
#ifndef BDDRUN_COVERAGE_INPUT_H
#define BDDRUN_COVERAGE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"

enum {
    INPUT_MAPPED_FROM_BYTES = 32 << 20, /* smaller files are read */
    INPUT_STREAM_LIMIT_BYTES = 1 << 30, /* of the standard input */
};

#define INPUT_UNPACKED_LIMIT_BYTES ((size_t)1 << 30)

struct coverage_input {
    struct source source;
    struct arena arena;
    void *mapped; /* NULL: in the arena */
    size_t mapped_bytes;
    int descriptor; /* of the mapped file; else -1 */
    long long changed_at_ns;
    void *unpacked; /* heap, or NULL */
    struct coverage_input *next;
};

/* "-" is the standard input. NULL with a problem: unreadable, empty, damaged or too large. */
struct coverage_input *input_open(struct text path, struct problems *problems) MUST_CHECK;

/* A copy of bytes in memory, shown under the name. */
struct coverage_input *input_of_bytes(struct text name, struct text bytes);

void input_free(struct coverage_input *input);

/* False with a problem: the file was written to meanwhile, so what was read is of no version. */
bool input_is_unchanged(const struct coverage_input *input,
                        struct problems *problems) MUST_CHECK;

/* Bytes before this offset are not needed for now: their memory may go. They can be read again. */
void input_let_go(struct coverage_input *input, size_t offset);

#endif
