/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

enum { FIRST_CAPACITY_BYTES = 256, DIGITS_LIMIT = 20 };

void buffer_init(struct buffer *buffer, size_t limit_bytes)
{
    *buffer = (struct buffer){ .limit_bytes = limit_bytes };
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->at);
    *buffer = (struct buffer){ .limit_bytes = buffer->limit_bytes };
}

void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
    buffer->is_over_limit = false;
    if (buffer->at) {
        buffer->at[0] = '\0';
    }
}

/* As make_room, for what does not fit into the capacity, which never passes the limit. */
static char *make_more_room(struct buffer *buffer, size_t added)
{
    if (buffer->is_over_limit || added > buffer->limit_bytes ||
        buffer->size > buffer->limit_bytes - added) {
        buffer->is_over_limit = true;
        return NULL;
    }
    size_t needed = buffer->size + added + 1;
    if (needed > buffer->capacity) {
        size_t capacity = buffer->capacity ? buffer->capacity * 2 : FIRST_CAPACITY_BYTES;
        capacity = capacity < needed ? needed : capacity;
        buffer->capacity = capacity > buffer->limit_bytes ? buffer->limit_bytes + 1 : capacity;
        buffer->at = realloc_or_die(buffer->at, buffer->capacity, 1);
    }
    return buffer->at + buffer->size;
}

/* Room for added bytes and the NUL; NULL when the limit forbids it. */
static inline char *make_room(struct buffer *buffer, size_t added)
{
    bool fits = added < buffer->capacity - buffer->size && !buffer->is_over_limit;
    return fits ? buffer->at + buffer->size : make_more_room(buffer, added);
}

static void added(struct buffer *buffer, size_t size)
{
    buffer->size += size;
    buffer->at[buffer->size] = '\0';
}

void buffer_add(struct buffer *buffer, struct text bytes)
{
    char *room = make_room(buffer, bytes.size);
    if (!room) {
        return;
    }
    if (bytes.size) {
        memcpy(room, bytes.at, bytes.size);
    }
    added(buffer, bytes.size);
}

void buffer_add_string(struct buffer *buffer, const char *terminated)
{
    buffer_add(buffer, text_of(terminated));
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    char *room = make_room(buffer, 1);
    if (room) {
        *room = byte;
        added(buffer, 1);
    }
}

void buffer_add_repeated(struct buffer *buffer, char byte, size_t count)
{
    char *room = make_room(buffer, count);
    if (room) {
        memset(room, byte, count);
        added(buffer, count);
    }
}

void buffer_add_number(struct buffer *buffer, uint64_t number)
{
    char digits[DIGITS_LIMIT];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buffer_add(buffer, text_make(digits + at, sizeof digits - at));
}

void buffer_add_code_point(struct buffer *buffer, uint32_t code_point)
{
    char encoded[4];
    buffer_add(buffer, text_make(encoded, utf8_encode(code_point, encoded)));
}

void buffer_add_format_list(struct buffer *buffer, const char *format, va_list arguments)
{
    size_t left = buffer->capacity - buffer->size;
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(left ? buffer->at + buffer->size : NULL, left, format, again);
    va_end(again);
    if (size < 0) {
        BUG("cannot format '%s'", format);
    }
    char *room = make_room(buffer, (size_t)size);
    if (room) {
        if ((size_t)size >= left) {
            vsnprintf(room, (size_t)size + 1, format, arguments);
        }
        added(buffer, (size_t)size);
    } else if (left) {
        buffer->at[buffer->size] = '\0';
    }
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(buffer, format, arguments);
    va_end(arguments);
}

void buffer_consume(struct buffer *buffer, size_t size_bytes)
{
    if (size_bytes > buffer->size) {
        BUG("cannot consume %zu of %zu bytes", size_bytes, buffer->size);
    }
    if (size_bytes) {
        buffer->size -= size_bytes;
        memmove(buffer->at, buffer->at + size_bytes, buffer->size + 1);
    }
}

void buffer_truncate(struct buffer *buffer, size_t size_bytes)
{
    if (size_bytes < buffer->size) {
        buffer->size = size_bytes;
        buffer->at[size_bytes] = '\0';
    }
}

struct text buffer_text(const struct buffer *buffer)
{
    return text_make(buffer->at ? buffer->at : "", buffer->size);
}
