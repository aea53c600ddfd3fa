/* SPDX-License-Identifier: MIT */
/* Every reader, each defined in the file of its name; the table is coverage/reader_table.c. */
#ifndef BDDRUN_COVERAGE_READERS_READERS_H
#define BDDRUN_COVERAGE_READERS_READERS_H

#include "coverage/reader.h"

extern const struct coverage_reader coverage_reader_lcov;

#endif
