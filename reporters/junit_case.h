/* SPDX-License-Identifier: MIT */
/*
 * A finished scenario as a test case of JUnit XML.
 */
#ifndef BDDRUN_REPORTERS_JUNIT_CASE_H
#define BDDRUN_REPORTERS_JUNIT_CASE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "event/result.h"
#include "event/scenario_info.h"

/* earlier: what earlier attempts said, or empty. *ret_name_end as junit_print_case has it. */
void junit_case_print(struct buffer *out, const struct result *result,
                      const struct scenario_info *info, struct text earlier, bool is_strict,
                      size_t *ret_name_end);

#endif
