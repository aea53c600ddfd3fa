/* SPDX-License-Identifier: MIT */
/*
 * Memory for things that die together: a document, a schedule, one scenario. Nothing is freed
 * singly; arena_clear keeps a chunk for reuse, arena_release gives all back. Memory is
 * aligned for any object and lives until clear or release. Never returns NULL (see alloc.h).
 */
#ifndef BDDRUN_BASE_ARENA_H
#define BDDRUN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attribute.h"
#include "base/text.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *newest;
    char *at;
    size_t left;
    size_t total_bytes; /* handed out since init or clear, for limits */
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena); /* the arena may be used again */
void arena_clear(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size_bytes) MUST_CHECK; /* zeroed */
void *arena_array(struct arena *arena, size_t count, size_t element_size) MUST_CHECK;

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

/* Copies; the copy is terminated with a NUL byte that its size does not count. */
struct text arena_text(struct arena *arena, struct text original);
char *arena_string(struct arena *arena, struct text original);
struct text arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
struct text arena_format_list(struct arena *arena, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);

#endif
