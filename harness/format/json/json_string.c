/* SPDX-License-Identifier: MIT */
#include "format/json/json_string.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static uint32_t hex_digit(char c)
{
    return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/* The four digits after \u. */
static uint32_t read_unit(struct text written, size_t at)
{
    uint32_t unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        unit = unit << 4 | hex_digit(written.at[i]);
    }
    return unit;
}

static size_t encode_surrogate(uint32_t surrogate, char *out)
{
    out[0] = (char)(0xE0 | surrogate >> 12);
    out[1] = (char)(0x80 | (surrogate >> 6 & 0x3F));
    out[2] = (char)(0x80 | (surrogate & 0x3F));
    return 3;
}

uint32_t json_string_surrogate(struct text bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    bool is_surrogate =
        bytes.size >= 3 && at[0] == 0xED && (at[1] & 0xE0) == 0xA0 && (at[2] & 0xC0) == 0x80;
    return is_surrogate ? 0xD000U | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU) : 0;
}

/* Decodes \uXXXX, with its other half; returns the bytes read. */
static size_t decode_unit(struct text written, size_t at, char *out, size_t *written_size)
{
    uint32_t unit = read_unit(written, at);
    bool is_high = unit >= 0xD800 && unit <= 0xDBFF;
    if (is_high && at + 12 <= written.size && written.at[at + 6] == '\\' &&
        written.at[at + 7] == 'u') {
        uint32_t low = read_unit(written, at + 6);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *written_size =
                utf8_encode(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), out);
            return 12;
        }
    }
    bool is_surrogate = unit >= 0xD800 && unit <= 0xDFFF;
    *written_size = is_surrogate ? encode_surrogate(unit, out) : utf8_encode(unit, out);
    return 6;
}

struct text json_string_decode(struct text written, struct arena *arena)
{
    static const char escaped[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char *text = arena_string(arena, written); /* decoded text is never longer */
    size_t size = 0;
    for (size_t at = 0; at < written.size;) {
        if (written.at[at] != '\\') {
            text[size++] = written.at[at++];
        } else if (written.at[at + 1] == 'u') {
            size_t encoded_size = 0;
            at += decode_unit(written, at, text + size, &encoded_size);
            size += encoded_size;
        } else {
            const char *found = strchr(escaped, written.at[at + 1]);
            text[size++] = meant[found - escaped];
            at += 2;
        }
    }
    text[size] = '\0';
    return text_make(text, size);
}
