/* SPDX-License-Identifier: MIT */
/* What stands behind the word of a marker: ranges of numbers and lengths, times. */
#include <math.h>
#include <stdio.h>

#include "base/quantity.h"
#include "diff/expectation/compiler.h"
#include "format/date.h"
#include "format/json/json_number.h"

#define NANOSECONDS_PER_MILLISECOND 1000000U

static bool is_bound(struct text text, bool is_of_length)
{
    uint64_t length;
    return is_of_length ? text_to_uint64(text, &length) : json_number_is_valid(text);
}

/* `> 0` and the like. */
static bool parse_order(struct text text, struct expected_range *range)
{
    bool is_greater = text_starts_with(text, TEXT(">"));
    if (!is_greater && !text_starts_with(text, TEXT("<"))) {
        return false;
    }
    text = text_from(text, 1);
    bool is_open = !text_starts_with(text, TEXT("="));
    text = text_trim(text_from(text, is_open ? 0 : 1));
    if (is_greater) {
        *range = (struct expected_range){ .low = text, .excludes_low = is_open };
    } else {
        *range = (struct expected_range){ .high = text, .excludes_high = is_open };
    }
    return json_number_is_valid(text);
}

/* `± 1 % of 250`, `± 5 of 250` */
static bool parse_tolerance(struct text text, struct expected_range *range)
{
    const struct text sign = TEXT("\xC2\xB1");
    size_t of = text_find(text, TEXT(" of "), 0);
    if (!text_starts_with(text, sign) || of == text.size) {
        return false;
    }
    struct text amount = text_trim(text_slice(text, sign.size, of));
    struct text centre = text_trim(text_from(text, of + 4));
    bool is_percent = text_ends_with(amount, TEXT("%"));
    if (is_percent) {
        amount = text_trim(text_slice(amount, 0, amount.size - 1));
    }
    if (!json_number_is_valid(amount) || !json_number_is_valid(centre) || amount.at[0] == '-') {
        return false;
    }
    range->has_tolerance = true;
    range->centre = json_number_to_double(centre);
    range->tolerance = json_number_to_double(amount);
    if (is_percent) {
        range->tolerance *= fabs(range->centre) / 100;
    }
    return true;
}

static bool parse_bounds(struct text text, bool is_of_length, struct expected_range *range)
{
    size_t dots = text_find(text, TEXT(".."), 0);
    struct text low = text_slice(text, 0, dots);
    struct text high = dots < text.size ? text_from(text, dots + 2) : low;
    bool is_range = (low.size || high.size) && (!low.size || is_bound(low, is_of_length)) &&
                    (!high.size || is_bound(high, is_of_length));
    *range = (struct expected_range){ .low = low, .high = high };
    return is_range && !(low.size && high.size && json_number_compare(low, high) > 0);
}

bool expected_parse_range(struct text text, bool is_of_length, struct expected_range *ret_range)
{
    struct expected_range range = { 0 };
    text = text_trim(text);
    bool is_parsed = (!is_of_length && parse_order(text, &range)) ||
                     (!is_of_length && parse_tolerance(text, &range)) ||
                     parse_bounds(text, is_of_length, &range);
    if (is_parsed) {
        *ret_range = range;
    }
    return is_parsed;
}

bool expected_range_holds(const struct expected_range *range, struct text number)
{
    if (range->has_tolerance) {
        /* A hair more, as the bounds are rounded: 0.1 ± 10 % of 0.1 takes 0.11. */
        double distance = fabs(json_number_to_double(number) - range->centre);
        return distance <= range->tolerance * (1 + 1e-12);
    }
    if (range->low.size) {
        int order = json_number_compare(number, range->low);
        if (order < 0 || (order == 0 && range->excludes_low)) {
            return false;
        }
    }
    if (range->high.size) {
        int order = json_number_compare(number, range->high);
        return order < 0 || (order == 0 && !range->excludes_high);
    }
    return true;
}

bool expected_length_holds(const struct expected_range *range, size_t length)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%zu", length);
    return expected_range_holds(range, text_make(digits, (size_t)size));
}

static bool parse_reference(struct text text, struct expected_date *date)
{
    date->is_now = text_is(text, "now");
    return date->is_now || date_parse(text, &date->reference_ns);
}

static bool parse_distance(struct text text, struct expected_date *date)
{
    uint64_t distance_ms = 0;
    size_t of = text_find(text, TEXT(" of "), 0);
    date->order = EXPECTED_WITHIN;
    date->is_now = true;
    if (!quantity_duration_ms(text_trim(text_slice(text, 0, of)), &distance_ms)) {
        return false;
    }
    date->distance_ns = distance_ms * NANOSECONDS_PER_MILLISECOND;
    return of == text.size || parse_reference(text_trim(text_from(text, of + 4)), date);
}

bool expected_parse_date(struct text text, struct expected_date *ret_date)
{
    struct expected_date date = { .order = EXPECTED_ANY_TIME };
    bool is_parsed = text.size == 0;
    if (text_starts_with(text, TEXT("within "))) {
        is_parsed = parse_distance(text_from(text, 7), &date);
    } else if (text_starts_with(text, TEXT("before "))) {
        date.order = EXPECTED_BEFORE;
        is_parsed = parse_reference(text_trim(text_from(text, 7)), &date);
    } else if (text_starts_with(text, TEXT("after "))) {
        date.order = EXPECTED_AFTER;
        is_parsed = parse_reference(text_trim(text_from(text, 6)), &date);
    }
    if (is_parsed) {
        *ret_date = date;
    }
    return is_parsed;
}
