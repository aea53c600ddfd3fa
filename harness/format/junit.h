/* SPDX-License-Identifier: MIT */
/*
 * JUnit XML, piece by piece, so that a report need not be held in memory: head, any number of
 * suites (begin, cases, end), tail. Two dialects: the extended one has `file` and `line`
 * attributes and properties on test cases (reporters/bddrun-junit.xsd); the strict one holds to
 * Jenkins' schema. A case is a text of its own and may be kept in a file until its turn.
 */
#ifndef BDDRUN_FORMAT_JUNIT_H
#define BDDRUN_FORMAT_JUNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

struct junit_property {
    const char *name;
    struct text value;
};

enum junit_outcome { JUNIT_PASSED, JUNIT_SKIPPED, JUNIT_FAILURE };

struct junit_case {
    struct text class_name;
    struct text name;
    struct text file; /* empty: none */
    uint32_t line;    /* 0: none */
    uint64_t duration_ns;
    const struct junit_property *properties;
    size_t property_count;
    enum junit_outcome outcome;
    struct text type;    /* of a failure: "failed", "undefined" */
    struct text message; /* of a failure or skip: one line */
    struct text details; /* of a failure: many lines */
    struct text output;  /* system-out */
};

struct junit_counts {
    uint64_t tests;
    uint64_t failures;
    uint64_t skipped;
    uint64_t duration_ns;
};

struct junit_suite {
    struct text name;
    struct junit_counts counts;
    uint64_t started_ns; /* realtime; 0: unknown */
    const struct junit_property *properties;
    size_t property_count;
};

void junit_print_head(struct buffer *out, struct text name, const struct junit_counts *counts);
void junit_print_suite_begin(struct buffer *out, const struct junit_suite *suite);

/* *ret_name_end is the offset in out where the value of the name attribute ends (a suffix that
 * tells cases of one name apart goes there); may be NULL. */
void junit_print_case(struct buffer *out, const struct junit_case *each, bool is_strict,
                      size_t *ret_name_end);

/* notices become the system-err of the suite where there are any. */
void junit_print_suite_end(struct buffer *out, struct text notices);
void junit_print_tail(struct buffer *out);

#endif
