/* SPDX-License-Identifier: MIT */
#include "format/base64.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct text base64_encode(struct arena *arena, struct text bytes)
{
    char *encoded = arena_alloc(arena, (bytes.size + 2) / 3 * 4 + 1);
    size_t size = 0;
    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t left = bytes.size - i;
        unsigned group = (unsigned)(unsigned char)bytes.at[i] << 16;
        group |= left > 1 ? (unsigned)(unsigned char)bytes.at[i + 1] << 8 : 0;
        group |= left > 2 ? (unsigned)(unsigned char)bytes.at[i + 2] : 0;
        encoded[size++] = alphabet[group >> 18];
        encoded[size++] = alphabet[group >> 12 & 63];
        encoded[size++] = left > 1 ? alphabet[group >> 6 & 63] : '=';
        encoded[size++] = left > 2 ? alphabet[group & 63] : '=';
    }
    return text_make(encoded, size);
}

static int digit_value(char c)
{
    if (c == '-') {
        return 62;
    }
    if (c == '_') {
        return 63;
    }
    for (int i = 0; i < 64; i++) {
        if (alphabet[i] == c) {
            return i;
        }
    }
    return -1;
}

bool base64_decode(struct arena *arena, struct text encoded, struct text *ret_bytes)
{
    while (encoded.size && encoded.at[encoded.size - 1] == '=') {
        encoded.size--;
    }
    if (encoded.size % 4 == 1) {
        return false;
    }
    char *bytes = arena_alloc(arena, encoded.size / 4 * 3 + 4);
    size_t size = 0;
    unsigned group = 0;
    for (size_t i = 0; i < encoded.size; i++) {
        int value = digit_value(encoded.at[i]);
        if (value < 0) {
            return false;
        }
        group = group << 6 | (unsigned)value;
        if (i % 4 != 0) {
            bytes[size++] = (char)(group >> (6 - 2 * (i % 4)) & 255);
        }
    }
    *ret_bytes = text_make(bytes, size);
    return true;
}
