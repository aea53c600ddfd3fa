/* SPDX-License-Identifier: MIT */
/*
 * Compiling an expectation: what the files compile.c, marker.c and range.c do for each other.
 */
#ifndef BDDRUN_DIFF_EXPECTATION_COMPILER_H
#define BDDRUN_DIFF_EXPECTATION_COMPILER_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/text.h"
#include "diff/expectation/expected.h"
#include "format/json.h"

/* Compiling, with holes taken as values that are not known yet. */
struct expected_compiler {
    struct expectation *expectation;
    struct problems *problems;
    bool has_holes;
};

/* Compiles one value. False with problems; the others of the document are compiled nevertheless,
 * so that all are reported. */
bool expected_compile(struct expected_compiler *compiler, const struct json_value *written,
                      struct expected *ret_expected);

/* A string that starts with '#', not "#exact", "#any order", "#contains" or "#each". */
bool expected_compile_marker(struct expected_compiler *compiler,
                             const struct json_value *written, struct expected *ret_expected);

/* "" or what stands behind "#string", "#integer", "#each": `3`, `3..20`, `1..`, `> 0`. */
bool expected_parse_range(struct text text, bool is_of_length,
                          struct expected_range *ret_range);

/* What stands behind "#date". */
bool expected_parse_date(struct text text, struct expected_date *ret_date);

#endif
