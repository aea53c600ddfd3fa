/* SPDX-License-Identifier: MIT */
#include "coverage/readers/readers.h"

/* In the order in which they are asked. */
const struct coverage_reader *const coverage_readers[] = {
    &coverage_reader_lcov,
    NULL,
};
