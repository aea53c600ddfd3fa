/* SPDX-License-Identifier: MIT */
/*
 * The rule at the end of a TZif file, a POSIX TZ string ("AEST-10AEDT,M10.1.0,M4.1.0/3"): what holds
 * behind its last transition. RFC 8536 section 3.3 allows times from -167 to 167 hours.
 */
#ifndef BDDRUN_DEPLOY_WINDOW_ZONE_RULE_H
#define BDDRUN_DEPLOY_WINDOW_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum zone_day_kind {
    ZONE_DAY_OF_MONTH, /* Mm.w.d: the w-th day d of month m; w 5 is the last */
    ZONE_DAY_OF_YEAR,  /* Jn: 1 to 365, without a leap day */
    ZONE_DAY_FROM_ZERO /* n: 0 to 365, with it */
};

struct zone_day {
    enum zone_day_kind kind;
    int64_t month;
    int64_t week;
    int64_t day;
    int64_t time_s; /* from the day's midnight */
};

struct zone_rule {
    struct text name; /* borrowed from the text */
    int64_t offset_s; /* east of UTC */
    bool has_summer;
    struct text summer_name;
    int64_t summer_offset_s;
    struct zone_day start; /* of summer time */
    struct zone_day end;
};

bool zone_rule_parse(struct text text, struct zone_rule *ret_rule);

/* Whether summer time holds. */
bool zone_rule_is_summer(const struct zone_rule *rule, int64_t unix_s);

#endif
