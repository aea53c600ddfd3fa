/* SPDX-License-Identifier: MIT */
/*
 * Amounts with a unit, as users write them in steps, options and the configuration: `250 ms`,
 * `1.5 s`, `20 kB`, `200/s`. One optional space stands before the unit. Each function reads the
 * whole text, never depends on the locale, and leaves *ret_ untouched when it returns false.
 */
#ifndef BDDRUN_BASE_QUANTITY_H
#define BDDRUN_BASE_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/buffer.h"
#include "base/text.h"

/* ms, millisecond(s), s, second(s), min, minute(s), h, hour(s), day(s); at least 1 ms or 0, at
 * most 100 years; fractions are rounded to the millisecond. */
bool quantity_duration_ms(struct text text, uint64_t *ret_ms) MUST_CHECK;

/* The same to the nanosecond, for what is compared: 0.5 ms; at most 100 years. */
bool quantity_duration_ns(struct text text, uint64_t *ret_ns) MUST_CHECK;

/* byte(s), kB, KiB, MB, MiB, GB, GiB; at most 2^53. */
bool quantity_size_bytes(struct text text, uint64_t *ret_bytes) MUST_CHECK;

/* A number per s, min or h: `5/s`, `300/min`; above 0. */
bool quantity_rate_per_second(struct text text, double *ret_rate) MUST_CHECK;

/* Adds the shortest exact form, e.g. "250 ms", "2 s", "15 min". */
void quantity_print_duration(struct buffer *out, uint64_t duration_ms);

#endif
