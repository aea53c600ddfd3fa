/* SPDX-License-Identifier: MIT */
#include "format/json/json_number.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { EXPONENT_DIGITS_LIMIT = 18 };

#define EXPONENT_MOST 1000000000000000000

/* 0.d1d2d3… × 10^exponent, d1 not 0; the digits are those of the text from first to last, with the
 * point skipped. */
struct decimal {
    struct text text;
    size_t first;
    size_t last; /* offset of the last digit that is not 0 */
    int64_t exponent;
    bool is_negative;
    bool is_zero;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(struct text number, size_t at)
{
    while (at < number.size && is_digit(number.at[at])) {
        at++;
    }
    return at;
}

/* Passes at least one digit; false without. */
static bool take_digits(struct text number, size_t *at)
{
    size_t start = *at;
    *at = skip_digits(number, start);
    return *at > start;
}

static bool is_at(struct text number, size_t at, const char *set)
{
    return at < number.size && number.at[at] != '\0' && strchr(set, number.at[at]);
}

bool json_number_is_valid(struct text number)
{
    size_t start = is_at(number, 0, "-");
    size_t at = start;
    if (!take_digits(number, &at) || (number.at[start] == '0' && at > start + 1)) {
        return false;
    }
    if (is_at(number, at, ".")) {
        at++;
        if (!take_digits(number, &at)) {
            return false;
        }
    }
    if (is_at(number, at, "eE")) {
        at++;
        at += is_at(number, at, "+-");
        if (!take_digits(number, &at)) {
            return false;
        }
    }
    return at == number.size;
}

static int64_t read_exponent(struct text digits)
{
    bool is_negative = digits.size > 0 && digits.at[0] == '-';
    size_t at = digits.size > 0 && !is_digit(digits.at[0]);
    while (at < digits.size && digits.at[at] == '0') {
        at++;
    }
    int64_t value = 0;
    if (digits.size - at > EXPONENT_DIGITS_LIMIT) {
        value = EXPONENT_MOST;
        at = digits.size;
    }
    for (; at < digits.size; at++) {
        value = value * 10 + (digits.at[at] - '0');
    }
    return is_negative ? -value : value;
}

static struct decimal read_decimal(struct text number)
{
    struct decimal decimal = { .text = number, .is_zero = true };
    decimal.is_negative = is_at(number, 0, "-");
    size_t at = decimal.is_negative;
    size_t point = SIZE_MAX;
    for (; at < number.size && !is_at(number, at, "eE"); at++) {
        if (number.at[at] == '.') {
            point = at;
        } else if (number.at[at] != '0') {
            decimal.first = decimal.is_zero ? at : decimal.first;
            decimal.last = at;
            decimal.is_zero = false;
        }
    }
    point = point == SIZE_MAX ? at : point;
    decimal.exponent = (int64_t)point - (int64_t)decimal.first + (decimal.first > point);
    if (at < number.size) {
        decimal.exponent += read_exponent(text_from(number, at + 1));
    }
    return decimal;
}

/* The next digit, or 0 after the last one. */
static char next_digit(const struct decimal *decimal, size_t *at)
{
    if (*at <= decimal->last && decimal->text.at[*at] == '.') {
        (*at)++;
    }
    return *at <= decimal->last ? decimal->text.at[(*at)++] : '0';
}

static int compare_magnitudes(const struct decimal *a, const struct decimal *b)
{
    if (a->exponent != b->exponent) {
        return a->exponent < b->exponent ? -1 : 1;
    }
    size_t a_at = a->first;
    size_t b_at = b->first;
    while (a_at <= a->last || b_at <= b->last) {
        char a_digit = next_digit(a, &a_at);
        char b_digit = next_digit(b, &b_at);
        if (a_digit != b_digit) {
            return a_digit < b_digit ? -1 : 1;
        }
    }
    return 0;
}

static int sign(const struct decimal *decimal)
{
    return decimal->is_zero ? 0 : decimal->is_negative ? -1 : 1;
}

int json_number_compare(struct text a, struct text b)
{
    if (text_equal(a, b)) {
        return 0;
    }
    struct decimal left = read_decimal(a);
    struct decimal right = read_decimal(b);
    int left_sign = sign(&left);
    int right_sign = sign(&right);
    if (left_sign != right_sign) {
        return left_sign < right_sign ? -1 : 1;
    }
    return left_sign == 0 ? 0 : left_sign * compare_magnitudes(&left, &right);
}

bool json_number_is_integer(struct text number)
{
    struct decimal decimal = read_decimal(number);
    if (decimal.is_zero) {
        return true;
    }
    size_t digits = 0;
    for (size_t at = decimal.first; at <= decimal.last; at++) {
        digits += number.at[at] != '.';
    }
    return decimal.exponent >= (int64_t)digits;
}

double json_number_to_double(struct text number)
{
    double value = 0;
    if (text_to_double(number, &value)) {
        return value;
    }
    /* Longer than a double needs: 40 digits and the exponent say all. */
    struct decimal decimal = read_decimal(number);
    double fraction = 0;
    double weight = 0.1;
    size_t at = decimal.first;
    for (int i = 0; i < 40 && at <= decimal.last && !decimal.is_zero; i++) {
        fraction += (next_digit(&decimal, &at) - '0') * weight;
        weight /= 10;
    }
    double magnitude = decimal.is_zero ? 0 : fraction * pow(10, (double)decimal.exponent);
    return decimal.is_negative ? -magnitude : magnitude;
}
