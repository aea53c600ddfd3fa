/* SPDX-License-Identifier: MIT */
#include "coverage/readers/readers.h"

/* In the order in which they are asked. */
const struct coverage_reader *const coverage_readers[] = {
    &coverage_reader_lcov,
    &coverage_reader_go,
    &coverage_reader_gcov,
    &coverage_reader_gcovr,
    &coverage_reader_istanbul,
    &coverage_reader_coveragepy,
    &coverage_reader_llvm,
    &coverage_reader_simplecov,
    &coverage_reader_jacoco,
    &coverage_reader_sonar,
    &coverage_reader_clover,
    &coverage_reader_cobertura,
    NULL,
};
