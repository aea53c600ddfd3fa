/* SPDX-License-Identifier: MIT */
/*
 * `contains` of a JSON value: an array contains an item that is equal, or that an object literal
 * describes partially (vocabulary, section 6); an object contains what describes it partially.
 */
#ifndef BDDRUN_DIFF_CONTAINS_H
#define BDDRUN_DIFF_CONTAINS_H

#include <stdbool.h>

#include "diff/comparison_value.h"

struct json_value;

bool contains_value(const struct json_value *actual, const struct comparison_value *wanted,
                    const struct comparison_resolver *resolver, struct arena *arena);

#endif
