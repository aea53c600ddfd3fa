/* SPDX-License-Identifier: MIT */
/* Inside json_schema only: numbers of any length. */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_NUMBER_H
#define BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "format/json.h"

/* divisor is above 0 and has at most SCHEMA_DIVISOR_DIGITS significant digits. */
enum { SCHEMA_DIVISOR_DIGITS = 17 };
bool schema_divisor_is_usable(struct text divisor);
bool schema_is_multiple(struct text number, struct text divisor);

/* The whole number a count says; counts beyond 2^63 are that. */
uint64_t schema_count(const struct json_value *value);

#endif
