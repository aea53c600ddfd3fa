/* SPDX-License-Identifier: MIT */
#include "exchange/http_date.h"

#include <stddef.h>

#include "base/clock.h"

struct date_parts {
    bool has_time;
    unsigned second_of_day;
    unsigned day;   /* 0: not yet */
    unsigned month; /* 0: not yet */
    bool has_year;
    unsigned year;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_delimiter(char byte)
{
    unsigned char c = (unsigned char)byte;
    return c == 0x09 || (c >= 0x20 && c <= 0x2F) || (c >= 0x3B && c <= 0x40) ||
           (c >= 0x5B && c <= 0x60) || (c >= 0x7B && c <= 0x7E);
}

/* Up to `most` digits at the front of *rest, at least `least`; what follows is no digit. */
static bool take_digits(struct text *rest, size_t least, size_t most, unsigned *ret_number)
{
    size_t size = 0;
    unsigned number = 0;
    while (size < rest->size && size < most && is_digit(rest->at[size])) {
        number = number * 10 + (unsigned)(rest->at[size++] - '0');
    }
    if (size < least || (size < rest->size && is_digit(rest->at[size]))) {
        return false;
    }
    *rest = text_from(*rest, size);
    *ret_number = number;
    return true;
}

static bool take_colon(struct text *rest)
{
    if (!text_starts_with(*rest, TEXT(":"))) {
        return false;
    }
    *rest = text_from(*rest, 1);
    return true;
}

static bool read_time(struct text token, struct date_parts *parts)
{
    unsigned hour;
    unsigned minute;
    unsigned second;
    if (!take_digits(&token, 1, 2, &hour) || !take_colon(&token) ||
        !take_digits(&token, 1, 2, &minute) || !take_colon(&token) ||
        !take_digits(&token, 1, 2, &second)) {
        return false;
    }
    if (hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    parts->second_of_day = hour * 3600 + minute * 60 + second;
    parts->has_time = true;
    return true;
}

static bool read_month(struct text token, struct date_parts *parts)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned month = 0; month < 12; month++) {
        if (token.size >= 3 && text_equal_ignoring_case(text_slice(token, 0, 3),
                                                        text_make(names + 3 * month, 3))) {
            parts->month = month + 1;
            return true;
        }
    }
    return false;
}

static bool read_year(struct text token, struct date_parts *parts)
{
    if (!take_digits(&token, 2, 4, &parts->year)) {
        return false;
    }
    if (parts->year < 70) {
        parts->year += 2000;
    } else if (parts->year < 100) {
        parts->year += 1900;
    }
    parts->has_year = true;
    return true;
}

static void read_token(struct text token, struct date_parts *parts)
{
    if (!parts->has_time && read_time(token, parts)) {
        return;
    }
    struct text rest = token;
    if (parts->day == 0 && take_digits(&rest, 1, 2, &parts->day)) {
        return;
    }
    if (parts->month == 0 && read_month(token, parts)) {
        return;
    }
    if (!parts->has_year) {
        (void)!read_year(token, parts);
    }
}

uint64_t http_date_make(unsigned year, unsigned month, unsigned day, uint64_t second_of_day)
{
    if (year < 1970) {
        return 0;
    }
    /* Years from March, so that the leap day is the last of its year. */
    uint64_t shifted = year - (month <= 2 ? 1 : 0);
    uint64_t day_of_year = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
    uint64_t days =
        shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year - 719468;
    return (days * 86400 + second_of_day) * NANOSECONDS_PER_SECOND;
}

/* RFC 6265, section 5.1.1, step 5. */
static bool is_complete(const struct date_parts *parts)
{
    bool has_day = parts->day >= 1 && parts->day <= 31 && parts->month != 0;
    return parts->has_time && has_day && parts->has_year && parts->year >= 1601;
}

bool http_date_parse(struct text date, uint64_t *ret_realtime_ns)
{
    struct date_parts parts = { 0 };
    size_t at = 0;
    while (at < date.size) {
        size_t end = at;
        while (end < date.size && !is_delimiter(date.at[end])) {
            end++;
        }
        if (end > at) {
            read_token(text_slice(date, at, end), &parts);
        }
        at = end + 1;
    }
    if (!is_complete(&parts)) {
        return false;
    }
    *ret_realtime_ns = http_date_make(parts.year, parts.month, parts.day, parts.second_of_day);
    return true;
}
