/* SPDX-License-Identifier: MIT */
/*
 * A growing string of bytes with a limit that is stated when it is made. What would pass the limit
 * is dropped whole and remembered in is_over_limit, so a chain of additions is checked once, at its
 * end. The bytes are always followed by a NUL that size does not count; `at` may move with every
 * addition.
 */
#ifndef BDDRUN_BASE_BUFFER_H
#define BDDRUN_BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attribute.h"
#include "base/text.h"

#define BUFFER_NO_LIMIT ((size_t)-1 / 2) /* only for what is bounded elsewhere; say where */

struct buffer {
    char *at;
    size_t size;
    size_t capacity;
    size_t limit_bytes;
    bool is_over_limit;
};

void buffer_init(struct buffer *buffer, size_t limit_bytes);
void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory */

void buffer_add(struct buffer *buffer, struct text bytes);
void buffer_add_string(struct buffer *buffer, const char *terminated);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_add_repeated(struct buffer *buffer, char byte, size_t count);
void buffer_add_number(struct buffer *buffer, uint64_t number);         /* decimal */
void buffer_add_code_point(struct buffer *buffer, uint32_t code_point); /* as UTF-8 */
void buffer_add_format(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
void buffer_add_format_list(struct buffer *buffer, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);

/* Removes bytes from the front. */
void buffer_consume(struct buffer *buffer, size_t size_bytes);
void buffer_truncate(struct buffer *buffer, size_t size_bytes);

/* Borrowed; valid until the next addition. */
struct text buffer_text(const struct buffer *buffer);

#endif
