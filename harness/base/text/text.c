/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equal_ignoring_case(struct text a, struct text b)
{
    if (a.size != b.size) {
        return false;
    }
    for (size_t i = 0; i < a.size; i++) {
        if (lower(a.at[i]) != lower(b.at[i])) {
            return false;
        }
    }
    return true;
}

int text_compare(struct text a, struct text b)
{
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    if (order != 0) {
        return order;
    }
    return (a.size > b.size) - (a.size < b.size);
}

bool text_ends_with(struct text whole, struct text end)
{
    return whole.size >= end.size && text_equal(text_from(whole, whole.size - end.size), end);
}

size_t text_find(struct text whole, struct text part, size_t from)
{
    if (part.size == 0) {
        return from <= whole.size ? from : whole.size;
    }
    if (from >= whole.size || whole.size - from < part.size) {
        return whole.size;
    }
    const char *found = memmem(whole.at + from, whole.size - from, part.at, part.size);
    return found ? (size_t)(found - whole.at) : whole.size;
}

bool text_contains(struct text whole, struct text part)
{
    return part.size == 0 || text_find(whole, part, 0) < whole.size;
}

size_t text_find_byte(struct text whole, char byte, size_t from)
{
    if (from >= whole.size) {
        return whole.size;
    }
    const char *found = memchr(whole.at + from, byte, whole.size - from);
    return found ? (size_t)(found - whole.at) : whole.size;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text whole)
{
    size_t start = 0;
    size_t end = whole.size;
    while (start < end && is_space(whole.at[start])) {
        start++;
    }
    while (end > start && is_space(whole.at[end - 1])) {
        end--;
    }
    return text_slice(whole, start, end);
}

bool text_take_until(struct text *rest, char byte, struct text *ret_part)
{
    if (!rest->at) {
        return false;
    }
    size_t at = text_find_byte(*rest, byte, 0);
    *ret_part = text_slice(*rest, 0, at);
    *rest = at < rest->size ? text_from(*rest, at + 1) : (struct text){ NULL, 0 };
    return true;
}

bool text_to_uint64(struct text digits, uint64_t *ret_value)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.size; i++) {
        char c = digits.at[i];
        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10U, &value) ||
            __builtin_add_overflow(value, (uint64_t)(c - '0'), &value)) {
            return false;
        }
    }
    if (digits.size == 0) {
        return false;
    }
    *ret_value = value;
    return true;
}

static size_t count_digits(struct text number, size_t at)
{
    size_t start = at;
    while (at < number.size && number.at[at] >= '0' && number.at[at] <= '9') {
        at++;
    }
    return at - start;
}

/* Moves *at over digits; false where there are none. */
static bool skip_digits(struct text number, size_t *at)
{
    size_t digits = count_digits(number, *at);
    *at += digits;
    return digits > 0;
}

static bool is_byte_at(struct text number, size_t at, const char *bytes)
{
    return at < number.size && number.at[at] && strchr(bytes, number.at[at]);
}

/* -?\d+(\.\d+)?([eE][+-]?\d+)? */
static bool has_number_form(struct text number)
{
    size_t at = is_byte_at(number, 0, "-");
    if (!skip_digits(number, &at)) {
        return false;
    }
    if (is_byte_at(number, at, ".")) {
        at++;
        if (!skip_digits(number, &at)) {
            return false;
        }
    }
    if (is_byte_at(number, at, "eE")) {
        at++;
        at += is_byte_at(number, at, "+-");
        if (!skip_digits(number, &at)) {
            return false;
        }
    }
    return at == number.size;
}

bool text_to_double(struct text number, double *ret_value)
{
    char copy[512];
    if (number.size >= sizeof copy || !has_number_form(number)) {
        return false;
    }
    memcpy(copy, number.at, number.size);
    copy[number.size] = '\0';
    *ret_value = strtod(copy, NULL); /* the process never leaves the C locale */
    return true;
}

uint64_t text_hash(struct text whole)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < whole.size; i++) {
        hash = (hash ^ (unsigned char)whole.at[i]) * 0x100000001b3U;
    }
    return hash;
}
