/* SPDX-License-Identifier: MIT */
#include "format/json_schema/schema_time.h"

#include <stddef.h>

enum { MINUTES_PER_DAY = 24 * 60 };

static bool take_digits(struct text *rest, size_t count, int *ret_value)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (i >= rest->size || rest->at[i] < '0' || rest->at[i] > '9') {
            return false;
        }
        value = value * 10 + (rest->at[i] - '0');
    }
    *rest = text_from(*rest, count);
    *ret_value = value;
    return true;
}

static bool take_byte(struct text *rest, char byte)
{
    if (rest->size == 0 || rest->at[0] != byte) {
        return false;
    }
    *rest = text_from(*rest, 1);
    return true;
}

static bool is_day(int year, int month, int day)
{
    static const int month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month >= 1 && month <= 12 && day >= 1 && day <= month_days[month - 1] &&
           (month != 2 || is_leap || day < 29);
}

bool schema_time_is_date(struct text text)
{
    int year;
    int month;
    int day;
    return take_digits(&text, 4, &year) && take_byte(&text, '-') &&
           take_digits(&text, 2, &month) && take_byte(&text, '-') &&
           take_digits(&text, 2, &day) && text.size == 0 && is_day(year, month, day);
}

/* .123, at least one digit. */
static bool take_fraction(struct text *rest)
{
    int digit;
    if (!take_byte(rest, '.')) {
        return true;
    }
    size_t before = rest->size;
    while (take_digits(rest, 1, &digit)) {
    }
    return rest->size < before;
}

/* 10:30, in minutes. */
static bool take_clock(struct text *rest, int *ret_minutes)
{
    int hours;
    int minutes;
    if (!take_digits(rest, 2, &hours) || !take_byte(rest, ':') ||
        !take_digits(rest, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *ret_minutes = hours * 60 + minutes;
    return true;
}

/* Z or +10:30, in minutes. */
static bool take_offset(struct text *rest, int *ret_minutes)
{
    int minutes = 0;
    bool is_utc = take_byte(rest, 'Z') || take_byte(rest, 'z');
    bool is_west = !is_utc && take_byte(rest, '-');
    if (!is_utc && ((!is_west && !take_byte(rest, '+')) || !take_clock(rest, &minutes))) {
        return false;
    }
    *ret_minutes = is_west ? -minutes : minutes;
    return true;
}

bool schema_time_is_time(struct text text)
{
    int minutes;
    int second;
    int offset;
    if (!take_clock(&text, &minutes) || !take_byte(&text, ':') ||
        !take_digits(&text, 2, &second) || !take_fraction(&text) ||
        !take_offset(&text, &offset) || text.size) {
        return false;
    }
    /* A leap second is the last of a day of UTC. */
    int utc = (minutes - offset + MINUTES_PER_DAY) % MINUTES_PER_DAY;
    return second < 60 || (second == 60 && utc == MINUTES_PER_DAY - 1);
}

bool schema_time_is_date_time(struct text text)
{
    bool has_separator = text.size > 10 && (text.at[10] == 'T' || text.at[10] == 't');
    return has_separator && schema_time_is_date(text_slice(text, 0, 10)) &&
           schema_time_is_time(text_from(text, 11));
}
