/* SPDX-License-Identifier: MIT */
#include "deploy/window/zone_rule.h"

enum { DAY_S = 86400, HOUR_S = 3600 };

/* Reading. */

static bool take_byte(struct text *rest, char wanted)
{
    bool is_there = rest->size > 0 && rest->at[0] == wanted;
    *rest = text_from(*rest, is_there);
    return is_there;
}

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

/* "AEST", or "<+0330>" without its brackets. */
static bool take_name(struct text *rest, struct text *ret_name)
{
    size_t end = 0;
    if (take_byte(rest, '<')) {
        end = text_find_byte(*rest, '>', 0);
        bool is_whole = end > 0 && end < rest->size;
        *ret_name = text_slice(*rest, 0, end);
        *rest = text_from(*rest, end + 1);
        return is_whole;
    }
    while (end < rest->size && is_letter(rest->at[end])) {
        end++;
    }
    *ret_name = text_slice(*rest, 0, end);
    *rest = text_from(*rest, end);
    return end >= 3;
}

static bool take_number(struct text *rest, int64_t most, int64_t *ret_number)
{
    size_t end = 0;
    int64_t number = 0;
    while (end < rest->size && end < 4 && rest->at[end] >= '0' && rest->at[end] <= '9') {
        number = number * 10 + (rest->at[end++] - '0');
    }
    *rest = text_from(*rest, end);
    *ret_number = number;
    return end > 0 && number <= most;
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(struct text *rest, int64_t *ret_time_s)
{
    bool is_negative = take_byte(rest, '-');
    int64_t parts[3] = { 0, 0, 0 };
    if (!is_negative) {
        (void)take_byte(rest, '+');
    }
    if (!take_number(rest, 167, &parts[0]) ||
        (take_byte(rest, ':') && !take_number(rest, 59, &parts[1])) ||
        (take_byte(rest, ':') && !take_number(rest, 59, &parts[2]))) {
        return false;
    }
    int64_t time_s = parts[0] * HOUR_S + parts[1] * 60 + parts[2];
    *ret_time_s = is_negative ? -time_s : time_s;
    return true;
}

static bool take_month_day(struct text *rest, struct zone_day *day)
{
    day->kind = ZONE_DAY_OF_MONTH;
    return take_number(rest, 12, &day->month) && day->month > 0 && take_byte(rest, '.') &&
           take_number(rest, 5, &day->week) && day->week > 0 && take_byte(rest, '.') &&
           take_number(rest, 6, &day->day);
}

/* ",M10.1.0/3" */
static bool take_day(struct text *rest, struct zone_day *ret_day)
{
    struct zone_day day = { .time_s = 2 * HOUR_S };
    if (!take_byte(rest, ',')) {
        return false;
    }
    if (take_byte(rest, 'M')) {
        if (!take_month_day(rest, &day)) {
            return false;
        }
    } else {
        day.kind = take_byte(rest, 'J') ? ZONE_DAY_OF_YEAR : ZONE_DAY_FROM_ZERO;
        if (!take_number(rest, 365, &day.day) ||
            (day.kind == ZONE_DAY_OF_YEAR && day.day == 0)) {
            return false;
        }
    }
    if (take_byte(rest, '/') && !take_time(rest, &day.time_s)) {
        return false;
    }
    *ret_day = day;
    return true;
}

/* POSIX counts offsets to the west. */
static bool take_offset(struct text *rest, int64_t *ret_offset_s)
{
    int64_t west_s;
    if (!take_time(rest, &west_s) || west_s > DAY_S || west_s < -DAY_S) {
        return false;
    }
    *ret_offset_s = -west_s;
    return true;
}

static bool take_summer(struct text *rest, struct zone_rule *rule)
{
    rule->has_summer = true;
    rule->summer_offset_s = rule->offset_s + HOUR_S;
    if (!take_name(rest, &rule->summer_name)) {
        return false;
    }
    if (rest->size > 0 && rest->at[0] != ',' && !take_offset(rest, &rule->summer_offset_s)) {
        return false;
    }
    return take_day(rest, &rule->start) && take_day(rest, &rule->end);
}

bool zone_rule_parse(struct text text, struct zone_rule *ret_rule)
{
    struct zone_rule rule = { .has_summer = false };
    struct text rest = text;
    if (!take_name(&rest, &rule.name) || !take_offset(&rest, &rule.offset_s)) {
        return false;
    }
    if (rest.size > 0 && (!take_summer(&rest, &rule) || rest.size > 0)) {
        return false;
    }
    *ret_rule = rule;
    return true;
}

/* Applying. */

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01 to the first of January; right for every year from 1970 on. */
static int64_t days_before_year(int64_t year)
{
    return 365 * (year - 1970) + (year - 1969) / 4 - (year - 1901) / 100 + (year - 1601) / 400;
}

static int64_t year_of(int64_t wall_s)
{
    int64_t days = wall_s / DAY_S;
    int64_t year = 1970 + days / 366;
    while (days_before_year(year + 1) <= days) {
        year++;
    }
    return year;
}

static int64_t month_length(int64_t year, int64_t month)
{
    static const int64_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* The days from the year's first to the w-th weekday d of the month. */
static int64_t month_day(const struct zone_day *day, int64_t year)
{
    int64_t days = 0;
    for (int64_t month = 1; month < day->month; month++) {
        days += month_length(year, month);
    }
    int64_t first_weekday =
        (days_before_year(year) + days + 4) % 7; /* a Thursday was the first */
    int64_t in_month = (day->day - first_weekday + 7) % 7 + (day->week - 1) * 7;
    if (in_month >= month_length(year, day->month)) {
        in_month -= 7;
    }
    return days + in_month;
}

/* On the wall, seconds since 1970. */
static int64_t day_in_year(const struct zone_day *day, int64_t year)
{
    int64_t days = day->day;
    if (day->kind == ZONE_DAY_OF_MONTH) {
        days = month_day(day, year);
    } else if (day->kind == ZONE_DAY_OF_YEAR) {
        days += (is_leap(year) && day->day >= 60) ? 0 : -1;
    }
    return (days_before_year(year) + days) * DAY_S + day->time_s;
}

bool zone_rule_is_summer(const struct zone_rule *rule, int64_t unix_s)
{
    if (!rule->has_summer || unix_s < 0) {
        return false;
    }
    int64_t wall_s = unix_s + rule->offset_s;
    int64_t year = year_of(wall_s > 0 ? wall_s : 0);
    int64_t start_s = day_in_year(&rule->start, year) - rule->offset_s;
    int64_t end_s = day_in_year(&rule->end, year) - rule->summer_offset_s;
    return start_s < end_s ? unix_s >= start_s && unix_s < end_s
                           : unix_s >= start_s || unix_s < end_s;
}
