/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

/* Smallest code point of each sequence size: anything below is an overlong form. */
static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };

static size_t sequence_size(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 0;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool is_scalar(uint32_t code_point)
{
    return code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
}

size_t utf8_decode(struct text bytes, uint32_t *ret_code_point)
{
    if (bytes.size == 0) {
        return 0;
    }
    const unsigned char *at = (const unsigned char *)bytes.at;
    size_t size = sequence_size(at[0]);
    if (size == 0 || size > bytes.size) {
        return 0;
    }
    uint32_t code_point = size == 1 ? at[0] : at[0] & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
        code_point = code_point << 6 | (at[i] & 0x3FU);
    }
    if (code_point < smallest[size] || !is_scalar(code_point)) {
        return 0;
    }
    if (ret_code_point) {
        *ret_code_point = code_point;
    }
    return size;
}

size_t utf8_encode(uint32_t code_point, char encoded[4])
{
    if (!is_scalar(code_point)) {
        code_point = 0xFFFD;
    }
    if (code_point < 0x80) {
        encoded[0] = (char)code_point;
        return 1;
    }
    size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        encoded[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    encoded[0] = (char)((0xF00U >> size & 0xFFU) | code_point);
    return size;
}

static size_t skip_ascii(struct text bytes, size_t at)
{
    while (at < bytes.size && (unsigned char)bytes.at[at] < 0x80) {
        at++;
    }
    return at;
}

size_t utf8_valid_size(struct text bytes)
{
    size_t at = skip_ascii(bytes, 0);
    while (at < bytes.size) {
        size_t size = utf8_decode(text_from(bytes, at), NULL);
        if (size == 0) {
            return at;
        }
        at = skip_ascii(bytes, at + size);
    }
    return at;
}

bool utf8_is_valid(struct text bytes)
{
    return utf8_valid_size(bytes) == bytes.size;
}

size_t utf8_count(struct text bytes)
{
    size_t at = skip_ascii(bytes, 0);
    size_t count = at;
    while (at < bytes.size) {
        size_t size = utf8_decode(text_from(bytes, at), NULL);
        size_t next = at + (size ? size : 1);
        at = skip_ascii(bytes, next);
        count += 1 + at - next;
    }
    return count;
}

size_t utf8_offset(struct text bytes, size_t code_point_index)
{
    size_t at = 0;
    while (code_point_index > 0 && at < bytes.size) {
        size_t size = utf8_decode(text_from(bytes, at), NULL);
        at += size ? size : 1;
        code_point_index--;
    }
    return at;
}

bool utf8_is_space(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        { 0x09, 0x0D },     { 0x20, 0x20 },     { 0x85, 0x85 },     { 0xA0, 0xA0 },
        { 0x1680, 0x1680 }, { 0x2000, 0x200A }, { 0x2028, 0x2029 }, { 0x202F, 0x202F },
        { 0x205F, 0x205F }, { 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && c >= ranges[i][0]; i++) {
        if (c <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}
