/* SPDX-License-Identifier: MIT */
/*
 * Dates of HTTP headers and cookies, read by the lenient algorithm of RFC 6265, section 5.1.1: it
 * takes the three forms of RFC 9110, section 5.6.7, and what servers really send.
 */
#ifndef BDDRUN_EXCHANGE_HTTP_DATE_H
#define BDDRUN_EXCHANGE_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/text.h"

/* Nanoseconds since 1970; what lies before is 0. */
bool http_date_parse(struct text date, uint64_t *ret_realtime_ns) MUST_CHECK;

/* Nanoseconds since 1970 of a date and time in UTC; month is 1 to 12. */
uint64_t http_date_make(unsigned year, unsigned month, unsigned day, uint64_t second_of_day);

#endif
