/* SPDX-License-Identifier: MIT */
/* The records of lcov's tracefiles, one function each; fields is what stands after the colon. */
#ifndef BDDRUN_COVERAGE_READERS_LCOV_RECORD_H
#define BDDRUN_COVERAGE_READERS_LCOV_RECORD_H

#include "coverage/reader.h"

/* An alias group of lcov 2: all functions that begin on a line. */
struct lcov_group {
    uint32_t line; /* 0: not declared */
    uint32_t end_line;
};

struct lcov {
    struct coverage_reading *reading;
    struct lcov_group *groups; /* by index, of this file; heap */
    size_t group_count;
    size_t group_capacity;
    bool has_lost_file; /* its SF could not be read: said once, its records are skipped */
};

/* A problem at `part`, which lies in the source. */
void lcov_refuse(struct lcov *lcov, struct text part, const char *hint, const char *what);

void lcov_read_count(struct lcov *lcov, struct text fields);
void lcov_read_branch(struct lcov *lcov, struct text fields);
void lcov_read_function(struct lcov *lcov, struct text fields);
void lcov_read_function_count(struct lcov *lcov, struct text fields);
void lcov_read_group(struct lcov *lcov, struct text fields);
void lcov_read_alias(struct lcov *lcov, struct text fields);
void lcov_read_version(struct lcov *lcov, struct text fields);

/* SF, end_of_record, what is passed over, and what is no record at all. */
void lcov_read_other(struct lcov *lcov, struct text line);

#endif
