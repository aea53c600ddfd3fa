/* SPDX-License-Identifier: MIT */
/*
 * The text of JSON strings: escapes (RFC 8259, section 7) to UTF-8. A surrogate that is not one of
 * a pair becomes its three bytes.
 */
#ifndef BDDRUN_FORMAT_JSON_JSON_STRING_H
#define BDDRUN_FORMAT_JSON_JSON_STRING_H

#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* written: what stands between the quotes, with valid escapes. */
struct text json_string_decode(struct text written, struct arena *arena);

/* The code point of the lone surrogate in three bytes at the start of bytes, or 0. */
uint32_t json_string_surrogate(struct text bytes);

#endif
