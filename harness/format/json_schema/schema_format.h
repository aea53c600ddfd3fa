/* SPDX-License-Identifier: MIT */
/* Inside json_schema only: the formats of strings. */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_FORMAT_H
#define BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_FORMAT_H

#include <stdbool.h>

#include "base/text.h"

/* The format is known; whether a text is of it. */
bool schema_format_is_known(struct text format);
bool schema_format_fits(struct text format, struct text text);

#endif
