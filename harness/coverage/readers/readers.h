/* SPDX-License-Identifier: MIT */
/* Every reader, each defined in the file of its name; the table is coverage/reading/reader_table.c. */
#ifndef BDDRUN_COVERAGE_READERS_READERS_H
#define BDDRUN_COVERAGE_READERS_READERS_H

#include "coverage/reader.h"

extern const struct coverage_reader coverage_reader_clover;
extern const struct coverage_reader coverage_reader_cobertura;
extern const struct coverage_reader coverage_reader_coveragepy;
extern const struct coverage_reader coverage_reader_gcov;
extern const struct coverage_reader coverage_reader_gcovr;
extern const struct coverage_reader coverage_reader_go;
extern const struct coverage_reader coverage_reader_istanbul;
extern const struct coverage_reader coverage_reader_jacoco;
extern const struct coverage_reader coverage_reader_lcov;
extern const struct coverage_reader coverage_reader_llvm;
extern const struct coverage_reader coverage_reader_simplecov;
extern const struct coverage_reader coverage_reader_sonar;

#endif
