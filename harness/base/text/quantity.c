/* SPDX-License-Identifier: MIT */
#include "base/quantity.h"

#include <stddef.h>

#define HUNDRED_YEARS_MS 3155760000000.0
#define LARGEST_SIZE_BYTES 9007199254740992.0

struct unit {
    struct text name;
    double factor;
};

static const struct unit time_units[] = {
    { TEXT_STATIC("ms"), 1 },           { TEXT_STATIC("millisecond"), 1 },
    { TEXT_STATIC("milliseconds"), 1 }, { TEXT_STATIC("s"), 1000 },
    { TEXT_STATIC("second"), 1000 },    { TEXT_STATIC("seconds"), 1000 },
    { TEXT_STATIC("min"), 60000 },      { TEXT_STATIC("minute"), 60000 },
    { TEXT_STATIC("minutes"), 60000 },  { TEXT_STATIC("h"), 3600000 },
    { TEXT_STATIC("hour"), 3600000 },   { TEXT_STATIC("hours"), 3600000 },
    { TEXT_STATIC("day"), 86400000 },   { TEXT_STATIC("days"), 86400000 },
};

static const struct unit size_units[] = {
    { TEXT_STATIC("byte"), 1 },        { TEXT_STATIC("bytes"), 1 },
    { TEXT_STATIC("kB"), 1000 },       { TEXT_STATIC("KiB"), 1024 },
    { TEXT_STATIC("MB"), 1000000 },    { TEXT_STATIC("MiB"), 1048576 },
    { TEXT_STATIC("GB"), 1000000000 }, { TEXT_STATIC("GiB"), 1073741824 },
};

static const struct unit rate_units[] = {
    { TEXT_STATIC("/s"), 1 },
    { TEXT_STATIC("/min"), 60 },
    { TEXT_STATIC("/h"), 3600 },
};

static const struct unit *find_unit(const struct unit *units, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(units[i].name, name)) {
            return &units[i];
        }
    }
    return NULL;
}

static size_t number_size(struct text text)
{
    size_t size = 0;
    while (size < text.size &&
           ((text.at[size] >= '0' && text.at[size] <= '9') || text.at[size] == '.')) {
        size++;
    }
    return size;
}

/* A number without sign or exponent, one optional space, a unit of the table. */
static bool read_amount(struct text text, const struct unit *units, size_t count,
                        double *ret_number, double *ret_factor)
{
    size_t size = number_size(text);
    double number = 0;
    if (!text_to_double(text_slice(text, 0, size), &number)) {
        return false;
    }
    struct text name = text_from(text, size);
    if (text_starts_with(name, TEXT(" "))) {
        name = text_from(name, 1);
    }
    const struct unit *unit = find_unit(units, count, name);
    if (!unit) {
        return false;
    }
    *ret_number = number;
    *ret_factor = unit->factor;
    return true;
}

bool quantity_duration_ms(struct text text, uint64_t *ret_ms)
{
    double number = 0;
    double factor = 0;
    if (!read_amount(text, time_units, ARRAY_SIZE(time_units), &number, &factor)) {
        return false;
    }
    double ms = number * factor;
    if (ms > HUNDRED_YEARS_MS || (ms > 0 && ms < 1)) {
        return false;
    }
    *ret_ms = (uint64_t)(ms + 0.5);
    return true;
}

bool quantity_duration_ns(struct text text, uint64_t *ret_ns)
{
    double number = 0;
    double factor = 0;
    if (!read_amount(text, time_units, ARRAY_SIZE(time_units), &number, &factor) ||
        number * factor > HUNDRED_YEARS_MS) {
        return false;
    }
    *ret_ns = (uint64_t)(number * factor * 1e6 + 0.5);
    return true;
}

bool quantity_size_bytes(struct text text, uint64_t *ret_bytes)
{
    double number = 0;
    double factor = 0;
    if (!read_amount(text, size_units, ARRAY_SIZE(size_units), &number, &factor) ||
        number * factor > LARGEST_SIZE_BYTES) {
        return false;
    }
    *ret_bytes = (uint64_t)(number * factor + 0.5);
    return true;
}

bool quantity_rate_per_second(struct text text, double *ret_rate)
{
    double number = 0;
    double factor = 0;
    if (!read_amount(text, rate_units, ARRAY_SIZE(rate_units), &number, &factor) ||
        number <= 0) {
        return false;
    }
    *ret_rate = number / factor;
    return true;
}

void quantity_print_duration(struct buffer *out, uint64_t duration_ms)
{
    static const struct {
        uint64_t ms;
        const char *name;
    } units[] = { { 3600000, "h" }, { 60000, "min" }, { 1000, "s" } };
    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        if (duration_ms && duration_ms % units[i].ms == 0) {
            buffer_add_format(out, "%llu %s", (unsigned long long)(duration_ms / units[i].ms),
                              units[i].name);
            return;
        }
    }
    buffer_add_format(out, "%llu ms", (unsigned long long)duration_ms);
}
