/* SPDX-License-Identifier: MIT */
/* Reports that are in memory: what a tool wrote to its standard output, parts of a whole. */
#ifndef BDDRUN_COVERAGE_READ_BYTES_H
#define BDDRUN_COVERAGE_READ_BYTES_H

#include "coverage/coverage.h"

/* As coverage_read. The bytes are copied where problems point into them. That a part measures
 * nothing is no problem. */
bool coverage_read_bytes(struct coverage *coverage, struct text name, struct text bytes,
                         struct text format, struct problems *problems) MUST_CHECK;

#endif
