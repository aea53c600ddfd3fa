/* SPDX-License-Identifier: MIT */
#include "reporters/reporters.h"

#include "base/attribute.h"

const struct reporter_type *const reporters[] = {
    &reporter_terminal, &reporter_junit, &reporter_junit_strict,
    &reporter_message,  &reporter_rerun,
};

const size_t reporter_count = ARRAY_SIZE(reporters);
