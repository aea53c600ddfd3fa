/* SPDX-License-Identifier: MIT */
/*
 * Dates as RFC 3339 writes them, as nanoseconds since 1970-01-01T00:00:00Z. Never depends on the
 * time zone or locale of the process.
 */
#ifndef BDDRUN_FORMAT_DATE_H
#define BDDRUN_FORMAT_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

/* The whole text: a date-time of RFC 3339 (T or a blank between, fractions, Z or an offset), or
 * only a full-date, which is its midnight UTC. Years 1970 to 2500. */
bool date_parse(struct text text, uint64_t *ret_realtime_ns) MUST_CHECK;

/* "2026-11-23T10:00:00.250Z" */
struct text date_print(struct arena *arena, uint64_t realtime_ns);

/* "2026-11-23" */
struct text date_print_day(struct arena *arena, uint64_t realtime_ns);

#endif
