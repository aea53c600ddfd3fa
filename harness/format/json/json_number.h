/* SPDX-License-Identifier: MIT */
/*
 * Numbers by their decimal text, as JSON writes them (`-12.50e3`), of any length: nothing is
 * rounded, so 9007199254740993 and 9007199254740992 differ. Exponents beyond 18 digits count as
 * 10^18. The text must have the form of a JSON number (json_number_is_valid); leading zeros are
 * allowed.
 */
#ifndef BDDRUN_FORMAT_JSON_JSON_NUMBER_H
#define BDDRUN_FORMAT_JSON_JSON_NUMBER_H

#include <stdbool.h>

#include "base/attribute.h"
#include "base/text.h"

/* The whole text is a number by RFC 8259, section 6. */
bool json_number_is_valid(struct text number);

/* Below 0, 0, above 0 as a is less than, equal to, greater than b. */
int json_number_compare(struct text a, struct text b);

/* True for 3, 3.0, 30e-1. */
bool json_number_is_integer(struct text number);

/* The nearest double; infinite beyond its range. */
double json_number_to_double(struct text number);

#endif
