/* SPDX-License-Identifier: MIT */
/* What the targets of the coverage readers share: a report of the format, read, written as a
 * tracefile, read again: the second reading never fails and counts the same lines. */
#ifndef BDDRUN_FUZZ_COVERAGE_READER_H
#define BDDRUN_FUZZ_COVERAGE_READER_H

#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "coverage/lcov_writer.h"
#include "coverage/read_bytes.h"

static inline void check_round_trip(const struct coverage *coverage, struct problems *problems)
{
    CLEANUP(buffer_release) struct buffer bytes;
    struct coverage again;
    uint64_t lines = 0;
    buffer_init(&bytes, (size_t)1 << 28);
    for (size_t i = 0; i < coverage->file_count; i++) {
        lcov_write_file(&bytes, coverage->files[i]);
        lines += coverage->files[i]->line_count;
    }
    coverage_init(&again);
    bool is_read =
        bytes.size == 0 ||
        coverage_read_bytes(&again, TEXT("again"), buffer_text(&bytes), TEXT("lcov"), problems);
    if (!is_read || (bytes.size && coverage_total(&again).lines.total != lines)) {
        abort();
    }
    coverage_release(&again);
}

static inline int fuzz_coverage_reader(const char *format, const uint8_t *data, size_t size)
{
    struct coverage coverage;
    struct problems problems;
    coverage_init(&coverage);
    problems_init(&problems);
    bool is_read =
        coverage_read_bytes(&coverage, TEXT("fuzz"), text_make((const char *)data, size),
                            text_of(format), &problems);
    CLEANUP(buffer_release) struct buffer shown;
    buffer_init(&shown, 1 << 20);
    for (size_t i = 0; i < problems.count; i++) {
        problem_print(&shown, &problems.list[i], false);
    }
    if (is_read) {
        check_round_trip(&coverage, &problems);
    }
    coverage_release(&coverage);
    problems_release(&problems);
    return 0;
}

#endif
