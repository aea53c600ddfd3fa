/* SPDX-License-Identifier: MIT */
#include "format/json/json_skip.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

static bool are_hex_digits(const char *at)
{
    for (int i = 0; i < 4; i++) {
        if (!memchr("0123456789abcdefABCDEF", at[i], 22)) {
            return false;
        }
    }
    return true;
}

const char *json_skip_special(const char *at, const char *end)
{
    if ((unsigned char)*at >= 0x80) {
        size_t size = utf8_decode(text_make(at, (size_t)(end - at)), NULL);
        return size ? at + size : NULL;
    }
    if (*at != '\\' || end - at < 2) {
        return NULL;
    }
    if (at[1] == 'u') {
        return end - at >= 6 && are_hex_digits(at + 2) ? at + 6 : NULL;
    }
    return memchr("\"\\/bfnrt", at[1], 8) ? at + 2 : NULL;
}

static inline const char *skip_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return at;
}

/* NULL without a digit. */
static inline const char *skip_some_digits(const char *at, const char *end)
{
    const char *after = skip_digits(at, end);
    return after > at ? after : NULL;
}

static const char *skip_exponent(const char *at, const char *end)
{
    at++;
    at += at < end && (*at == '+' || *at == '-');
    return skip_some_digits(at, end);
}

const char *json_skip_number(const char *at, const char *end)
{
    at += *at == '-';
    const char *whole = at;
    at = skip_some_digits(at, end);
    if (!at || (*whole == '0' && at > whole + 1)) {
        return NULL;
    }
    if (at < end && *at == '.') {
        at = skip_some_digits(at + 1, end);
    }
    if (at && at < end && (*at == 'e' || *at == 'E')) {
        at = skip_exponent(at, end);
    }
    return at;
}
