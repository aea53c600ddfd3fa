/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "deploy/window.h"
#include "format/date.h"

enum { DAY_S = 86400, ALL_DAYS = 0x7F, WORKING_DAYS = 0x1F, WEEK_END = 0x60 };

static const char *const day_names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

/* "Mon", "monday"; at least three letters. */
static bool day_of(struct text name, unsigned *ret_day)
{
    for (unsigned i = 0; i < ARRAY_SIZE(day_names); i++) {
        struct text whole = text_of(day_names[i]);
        if (name.size >= 3 && name.size <= whole.size &&
            text_equal_ignoring_case(name, text_slice(whole, 0, name.size))) {
            *ret_day = i;
            return true;
        }
    }
    return false;
}

/* "Mon" or "Fri-Mon", which goes on over the end of the week. */
static bool read_day_range(struct text part, unsigned *days)
{
    size_t dash = text_find_byte(part, '-', 0);
    unsigned first;
    unsigned last;
    if (!day_of(text_slice(part, 0, dash), &first)) {
        return false;
    }
    last = first;
    if (dash < part.size && !day_of(text_from(part, dash + 1), &last)) {
        return false;
    }
    for (unsigned day = first;; day = (day + 1) % 7) {
        *days |= 1U << day;
        if (day == last) {
            return true;
        }
    }
}

static bool read_days(struct text text, unsigned *ret_days)
{
    static const struct {
        const char *name;
        unsigned days;
    } sets[] = { { "daily", ALL_DAYS },
                 { "weekdays", WORKING_DAYS },
                 { "weekends", WEEK_END } };
    for (size_t i = 0; i < ARRAY_SIZE(sets); i++) {
        if (text_equal_ignoring_case(text, text_of(sets[i].name))) {
            *ret_days = sets[i].days;
            return true;
        }
    }
    unsigned days = 0;
    struct text part;
    while (text_take_until(&text, ',', &part)) {
        if (!read_day_range(part, &days)) {
            return false;
        }
    }
    *ret_days = days;
    return true;
}

/* "10:00", to "24:00". */
static bool read_clock(struct text text, int64_t *ret_s)
{
    uint64_t hours;
    uint64_t minutes;
    if (text.size != 5 || text.at[2] != ':' ||
        !text_to_uint64(text_slice(text, 0, 2), &hours) ||
        !text_to_uint64(text_from(text, 3), &minutes) || minutes > 59 ||
        hours * 60 + minutes > 24 * 60) {
        return false;
    }
    *ret_s = (int64_t)(hours * 3600 + minutes * 60);
    return true;
}

static bool read_hours(struct text text, struct window_rule *rule)
{
    size_t dash = text_find_byte(text, '-', 0);
    return dash < text.size && read_clock(text_slice(text, 0, dash), &rule->from_s) &&
           read_clock(text_from(text, dash + 1), &rule->to_s) && rule->from_s < DAY_S &&
           rule->from_s != rule->to_s;
}

static const char *read_weekly(struct text text, struct window_rule *rule)
{
    static const char not_hours[] = "hours are two different times such as 10:00-16:00";
    size_t blank = text_find_byte(text, ' ', 0);
    struct text days = text_slice(text, 0, blank);
    struct text hours = text_trim(text_from(text, blank));
    rule->days = ALL_DAYS;
    rule->from_s = 0;
    rule->to_s = DAY_S;
    if (hours.size == 0 && text_find_byte(days, ':', 0) < days.size) {
        return read_hours(days, rule) ? NULL : not_hours;
    }
    if (!read_days(days, &rule->days)) {
        return "days are names such as Mon-Thu or Sat,Sun, or daily, weekdays, weekends";
    }
    return hours.size == 0 || read_hours(hours, rule) ? NULL : not_hours;
}

/* "2026-12-24", or with " 18:00"; what has no time is a whole day, *ret_has_time says. */
static bool read_date(struct text text, int64_t *ret_wall_s, bool *ret_has_time)
{
    uint64_t midnight_ns;
    int64_t clock_s = 0;
    struct text clock = text_from(text, 10);
    *ret_has_time = clock.size > 0;
    if (!date_parse(text_slice(text, 0, 10), &midnight_ns) ||
        (clock.size > 0 && ((clock.at[0] != ' ' && clock.at[0] != 'T') ||
                            !read_clock(text_from(clock, 1), &clock_s)))) {
        return false;
    }
    *ret_wall_s = (int64_t)(midnight_ns / NANOSECONDS_PER_SECOND) + clock_s;
    return true;
}

static const char *read_dated(struct text text, struct window_rule *rule)
{
    size_t slash = text_find_byte(text, '/', 0);
    struct text first = text_trim(text_slice(text, 0, slash));
    struct text last = slash < text.size ? text_trim(text_from(text, slash + 1)) : first;
    bool has_time[2];
    rule->is_dated = true;
    if (!read_date(first, &rule->from_s, &has_time[0]) ||
        !read_date(last, &rule->to_s, &has_time[1])) {
        return "a date is as 2026-12-24 or 2026-12-24 18:00";
    }
    if (slash == text.size && has_time[0]) {
        return "a time of one day needs its end: 2026-12-24 18:00/2026-12-24 20:00";
    }
    rule->to_s += has_time[1] ? 0 : DAY_S;
    return rule->from_s < rule->to_s ? NULL : "it ends before it begins";
}

bool window_rule_parse(struct text text, struct window_rule *ret_rule, const char **ret_reason)
{
    struct window_rule rule = { .written = text };
    struct text trimmed = text_trim(text);
    bool is_dated = trimmed.size > 4 && trimmed.at[4] == '-' && trimmed.at[0] >= '0' &&
                    trimmed.at[0] <= '9';
    const char *reason = is_dated ? read_dated(trimmed, &rule) : read_weekly(trimmed, &rule);
    if (reason) {
        *ret_reason = reason;
        return false;
    }
    *ret_rule = rule;
    return true;
}
