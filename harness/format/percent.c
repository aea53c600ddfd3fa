/* SPDX-License-Identifier: MIT */
#include "format/percent.h"

#include <string.h>

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

struct text percent_encode(struct arena *arena, struct text bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    char *encoded = arena_alloc(arena, bytes.size * 3 + 1);
    size_t size = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (is_unreserved((char)c)) {
            encoded[size++] = (char)c;
        } else {
            encoded[size++] = '%';
            encoded[size++] = digits[c >> 4];
            encoded[size++] = digits[c & 15];
        }
    }
    return text_make(encoded, size);
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

struct text percent_decode(struct arena *arena, struct text encoded)
{
    char *decoded = arena_alloc(arena, encoded.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < encoded.size; i++) {
        bool has_two = encoded.at[i] == '%' && i + 2 < encoded.size;
        int high = has_two ? hex_value(encoded.at[i + 1]) : -1;
        int low = has_two ? hex_value(encoded.at[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            decoded[size++] = (char)(high << 4 | low);
            i += 2;
        } else {
            decoded[size++] = encoded.at[i];
        }
    }
    return text_make(decoded, size);
}
