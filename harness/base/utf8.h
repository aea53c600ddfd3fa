/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing above U+10FFFF.
 * Offsets and sizes are bytes unless the name says code points.
 */
#ifndef BDDRUN_BASE_UTF8_H
#define BDDRUN_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Size of the valid sequence at the start of bytes (1 to 4) and its code point; 0 when bytes is
 * empty or starts with an invalid sequence (*ret_code_point untouched; may be NULL). */
size_t utf8_decode(struct text bytes, uint32_t *ret_code_point);

/* Writes 1 to 4 bytes; U+FFFD for what is not a Unicode scalar value. */
size_t utf8_encode(uint32_t code_point, char encoded[4]);

/* Offset of the first byte that is not valid UTF-8, or bytes.size. */
size_t utf8_valid_size(struct text bytes);
bool utf8_is_valid(struct text bytes);

/* Code points in bytes; an invalid byte counts as one. */
size_t utf8_count(struct text bytes);

/* Offset of the code point with this 0-based index, or bytes.size. */
size_t utf8_offset(struct text bytes, size_t code_point_index);

/* White space as Unicode's White_Space property has it, plus U+FEFF (what the official Gherkin
 * parsers trim). */
bool utf8_is_space(uint32_t code_point);

#endif
