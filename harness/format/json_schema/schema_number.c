/* SPDX-License-Identifier: MIT */
/* Multiples of decimal numbers of any length, without rounding. */
#include "format/json_schema/schema_number.h"

#include "format/json/json_number.h"

/* ten^exponent times the digits of the text, which are all between start and end but for a point;
 * without zeros at the end. */
struct decimal {
    struct text digits;
    int64_t exponent;
    size_t significant;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exponents beyond this differ from it in nothing that matters here. */
#define EXPONENT_LIMIT INT64_C(1000000000000000000)

static int64_t read_exponent(struct text written)
{
    bool is_negative = text_starts_with(written, TEXT("-"));
    uint64_t value = 0;
    struct text digits =
        text_from(written, is_negative || text_starts_with(written, TEXT("+")) ? 1 : 0);
    if (!text_to_uint64(digits, &value) || value > (uint64_t)EXPONENT_LIMIT) {
        value = digits.size ? (uint64_t)EXPONENT_LIMIT : 0;
    }
    return is_negative ? -(int64_t)value : (int64_t)value;
}

static size_t count_significant(struct text digits)
{
    size_t count = 0;
    for (size_t i = 0; i < digits.size; i++) {
        count += is_digit(digits.at[i]) && (count > 0 || digits.at[i] != '0');
    }
    return count;
}

static struct decimal read_decimal(struct text number)
{
    size_t small = text_find_byte(number, 'e', 0);
    size_t end = small < number.size ? small : text_find_byte(number, 'E', 0);
    struct decimal decimal = { .digits = text_slice(number, 0, end),
                               .exponent = read_exponent(text_from(number, end + 1)) };
    size_t point = text_find_byte(decimal.digits, '.', 0);
    decimal.exponent -= point < end ? (int64_t)(end - point - 1) : 0;
    while (decimal.digits.size) {
        char last = decimal.digits.at[decimal.digits.size - 1];
        if (is_digit(last) && last != '0') {
            break;
        }
        decimal.exponent += last == '0';
        decimal.digits.size--;
    }
    decimal.significant = count_significant(decimal.digits);
    return decimal;
}

bool schema_divisor_is_usable(struct text divisor)
{
    struct decimal decimal = read_decimal(divisor);
    return decimal.significant > 0 && decimal.significant <= SCHEMA_DIVISOR_DIGITS;
}

/* The digits modulo divisor; divisor below 10^17, so nothing overflows. */
static uint64_t remainder_of(struct text digits, uint64_t divisor)
{
    uint64_t rest = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (is_digit(digits.at[i])) {
            rest = (rest * 10 + (uint64_t)(digits.at[i] - '0')) % divisor;
        }
    }
    return rest;
}

bool schema_is_multiple(struct text number, struct text divisor)
{
    struct decimal a = read_decimal(number);
    struct decimal b = read_decimal(divisor);
    if (a.significant == 0) {
        return true;
    }
    /* a ends in no zero, so it is no multiple of b times a power of ten. */
    if (a.exponent < b.exponent) {
        return false;
    }
    uint64_t whole = remainder_of(b.digits, UINT64_MAX / 10 - 1);
    uint64_t rest = remainder_of(a.digits, whole);
    /* Every power of ten beyond the 64th leaves the powers of 2 and 5 in whole as they are. */
    for (int64_t i = a.exponent - b.exponent; i > 0 && i > a.exponent - b.exponent - 64; i--) {
        rest = rest * 10 % whole;
    }
    return rest == 0;
}

uint64_t schema_count(const struct json_value *value)
{
    struct decimal decimal = read_decimal(json_text(value));
    uint64_t most = (uint64_t)1 << 63;
    if (json_number_compare(json_text(value), TEXT("9223372036854775807")) >= 0) {
        return most;
    }
    uint64_t count = remainder_of(decimal.digits, most);
    for (int64_t i = 0; i < decimal.exponent && decimal.significant; i++) {
        count *= 10;
    }
    return count;
}
