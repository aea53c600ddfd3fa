/* SPDX-License-Identifier: MIT */
#include "format/date.h"

#define NANOSECONDS_PER_SECOND UINT64_C(1000000000)
#define SECONDS_PER_DAY 86400

struct civil {
    int64_t year;
    int64_t month;
    int64_t day;
};

/* Days since 1970-01-01 of the proleptic Gregorian calendar, counting years from March so that the
 * leap day is the last of its year. */
static int64_t days_of(struct civil date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year =
        (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static struct civil civil_of(int64_t days)
{
    days += 719468;
    int64_t era = days / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct civil date = { .year = year_of_era + era * 400,
                          .month = month < 10 ? month + 3 : month - 9,
                          .day = day_of_year - (153 * month + 2) / 5 + 1 };
    date.year += date.month <= 2;
    return date;
}

/* Exactly `digits` digits. */
static bool take_number(struct text *rest, size_t digits, int64_t most, int64_t *ret_value)
{
    uint64_t value;
    if (rest->size < digits || !text_to_uint64(text_slice(*rest, 0, digits), &value) ||
        (int64_t)value > most) {
        return false;
    }
    *rest = text_from(*rest, digits);
    *ret_value = (int64_t)value;
    return true;
}

static bool take_byte(struct text *rest, char wanted)
{
    if (rest->size == 0 || rest->at[0] != wanted) {
        return false;
    }
    *rest = text_from(*rest, 1);
    return true;
}

/* The month is 1 to 12. */
static int64_t last_day_of(struct civil date)
{
    static const int64_t month_days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    return date.month == 2 && !is_leap ? 28 : month_days[date.month - 1];
}

static bool take_date(struct text *rest, int64_t *ret_days)
{
    struct civil date;
    if (!take_number(rest, 4, 2500, &date.year) || !take_byte(rest, '-') ||
        !take_number(rest, 2, 12, &date.month) || !take_byte(rest, '-') ||
        !take_number(rest, 2, 31, &date.day)) {
        return false;
    }
    if (date.year < 1970 || date.month == 0 || date.day == 0 || date.day > last_day_of(date)) {
        return false;
    }
    *ret_days = days_of(date);
    return true;
}

/* .123456789…: nanoseconds; further digits are dropped. */
static bool take_fraction(struct text *rest, int64_t *ret_ns)
{
    int64_t fraction_ns = 0;
    int64_t place_ns = (int64_t)NANOSECONDS_PER_SECOND;
    if (take_byte(rest, '.')) {
        size_t digits = 0;
        while (digits < rest->size && rest->at[digits] >= '0' && rest->at[digits] <= '9') {
            place_ns /= 10;
            fraction_ns += (rest->at[digits] - '0') * place_ns;
            digits++;
        }
        if (digits == 0) {
            return false;
        }
        *rest = text_from(*rest, digits);
    }
    *ret_ns = fraction_ns;
    return true;
}

static bool take_offset(struct text *rest, int64_t *ret_seconds)
{
    int64_t hours;
    int64_t minutes;
    if (take_byte(rest, 'Z') || take_byte(rest, 'z')) {
        *ret_seconds = 0;
        return true;
    }
    bool is_west = take_byte(rest, '-');
    if ((!is_west && !take_byte(rest, '+')) || !take_number(rest, 2, 23, &hours) ||
        !take_byte(rest, ':') || !take_number(rest, 2, 59, &minutes)) {
        return false;
    }
    *ret_seconds = (hours * 3600 + minutes * 60) * (is_west ? -1 : 1);
    return true;
}

/* 12:34:56. */
static bool take_clock(struct text *rest, int64_t *ret_seconds)
{
    int64_t hours;
    int64_t minutes;
    int64_t seconds;
    if (!take_number(rest, 2, 23, &hours) || !take_byte(rest, ':') ||
        !take_number(rest, 2, 59, &minutes) || !take_byte(rest, ':') ||
        !take_number(rest, 2, 60, &seconds)) {
        return false;
    }
    *ret_seconds = hours * 3600 + minutes * 60 + seconds;
    return true;
}

static bool take_separator(struct text *rest)
{
    return take_byte(rest, 'T') || take_byte(rest, 't') || take_byte(rest, ' ');
}

bool date_parse(struct text text, uint64_t *ret_realtime_ns)
{
    struct text rest = text;
    int64_t days;
    int64_t clock_s = 0;
    int64_t fraction_ns = 0;
    int64_t offset_s = 0;
    if (!take_date(&rest, &days)) {
        return false;
    }
    if (rest.size &&
        (!take_separator(&rest) || !take_clock(&rest, &clock_s) ||
         !take_fraction(&rest, &fraction_ns) || !take_offset(&rest, &offset_s) || rest.size)) {
        return false;
    }
    int64_t total_s = days * SECONDS_PER_DAY + clock_s - offset_s;
    if (total_s < 0) {
        return false;
    }
    *ret_realtime_ns = (uint64_t)total_s * NANOSECONDS_PER_SECOND + (uint64_t)fraction_ns;
    return true;
}

struct text date_print_day(struct arena *arena, uint64_t realtime_ns)
{
    struct civil date =
        civil_of((int64_t)(realtime_ns / NANOSECONDS_PER_SECOND / SECONDS_PER_DAY));
    return arena_format(arena, "%04d-%02d-%02d", (int)date.year, (int)date.month,
                        (int)date.day);
}

struct text date_print(struct arena *arena, uint64_t realtime_ns)
{
    uint64_t second = realtime_ns / NANOSECONDS_PER_SECOND % SECONDS_PER_DAY;
    unsigned millisecond = (unsigned)(realtime_ns % NANOSECONDS_PER_SECOND / 1000000);
    return arena_format(arena, "%.*sT%02u:%02u:%02u.%03uZ",
                        TEXT_ARG(date_print_day(arena, realtime_ns)), (unsigned)(second / 3600),
                        (unsigned)(second / 60 % 60), (unsigned)(second % 60), millisecond);
}
