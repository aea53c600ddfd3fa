/* SPDX-License-Identifier: MIT */
/* Dates and times exactly as RFC 3339 writes them, any year from 0000 to 9999. */
#ifndef BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_TIME_H
#define BDDRUN_FORMAT_JSON_SCHEMA_SCHEMA_TIME_H

#include <stdbool.h>

#include "base/text.h"

bool schema_time_is_date(struct text text);
bool schema_time_is_time(struct text text);
bool schema_time_is_date_time(struct text text);

#endif
