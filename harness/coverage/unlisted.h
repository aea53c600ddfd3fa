/* SPDX-License-Identifier: MIT */
/* What a report counts for a file beyond what it lists: struct coverage_file's `unlisted`. */
#ifndef BDDRUN_COVERAGE_UNLISTED_H
#define BDDRUN_COVERAGE_UNLISTED_H

#include "coverage/coverage_file.h"
#include "format/json.h"

/* told minus listed, never below zero. */
struct coverage_totals unlisted_rest(struct coverage_totals told,
                                     struct coverage_totals listed);

/* The two members of a summary; *ret_ratio is left alone where one is missing. */
void unlisted_read(const struct json_value *summary, const char *covered, const char *total,
                   struct ratio *ret_ratio);

#endif
