/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"

/* Chunks double up to the largest usual size; beyond, they are an eighth of what there is already,
 * and pages of them are huge where the system has such (a fault for each small one costs more than
 * what is written to it). */
enum {
    FIRST_CHUNK_BYTES = 4096,
    LARGEST_CHUNK_BYTES = 1 << 20,
    HUGE_FROM_BYTES = 4 << 20,
    HUGE_PAGE_BYTES = 2 << 20,
};

struct arena_chunk {
    struct arena_chunk *older;
    size_t size_bytes;
    alignas(max_align_t) char memory[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){ 0 };
}

static void free_chunks(struct arena_chunk *chunk)
{
    while (chunk) {
        struct arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
}

void arena_release(struct arena *arena)
{
    free_chunks(arena->newest);
    *arena = (struct arena){ 0 };
}

/* The newest chunk is the largest of the usual ones, so what is done again fits into it. */
void arena_clear(struct arena *arena)
{
    struct arena_chunk *kept = arena->newest;
    if (!kept || kept->size_bytes > LARGEST_CHUNK_BYTES) {
        arena_release(arena);
        return;
    }
    free_chunks(kept->older);
    kept->older = NULL;
    arena->at = kept->memory;
    arena->left = kept->size_bytes;
    arena->total_bytes = 0;
}

/* Only a wish: that it cannot be granted changes nothing. */
static void use_huge_pages(void *memory, size_t size_bytes)
{
    uintptr_t start =
        ((uintptr_t)memory + HUGE_PAGE_BYTES - 1) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    uintptr_t end = ((uintptr_t)memory + size_bytes) & ~(uintptr_t)(HUGE_PAGE_BYTES - 1);
    if (end > start) {
        madvise((char *)memory + (start - (uintptr_t)memory), end - start, MADV_HUGEPAGE);
    }
}

static void add_chunk(struct arena *arena, size_t needed_bytes)
{
    size_t size_bytes = arena->newest ? arena->newest->size_bytes * 2 : FIRST_CHUNK_BYTES;
    if (size_bytes > LARGEST_CHUNK_BYTES) {
        size_bytes = LARGEST_CHUNK_BYTES;
    }
    if (arena->total_bytes / 8 > size_bytes) {
        size_bytes = arena->total_bytes / 8;
    }
    if (size_bytes < needed_bytes) {
        size_bytes = needed_bytes;
    }
    if (size_bytes > SIZE_MAX - sizeof(struct arena_chunk)) {
        BUG("an arena cannot hold %zu bytes", size_bytes);
    }
    struct arena_chunk *chunk = realloc_or_die(NULL, 1, sizeof *chunk + size_bytes);
    if (size_bytes >= HUGE_FROM_BYTES) {
        use_huge_pages(chunk, size_bytes);
    }
    chunk->older = arena->newest;
    chunk->size_bytes = size_bytes;
    arena->newest = chunk;
    arena->at = chunk->memory;
    arena->left = size_bytes;
}

/* Every piece starts on an alignment boundary; sizes are rounded up to keep it so. */
static void *take(struct arena *arena, size_t size_bytes)
{
    const size_t alignment = alignof(max_align_t);
    if (size_bytes > SIZE_MAX - alignment) {
        BUG("an arena cannot hold %zu bytes", size_bytes);
    }
    size_t rounded = (size_bytes + alignment - 1) & ~(alignment - 1);
    if (rounded > arena->left || !arena->newest) {
        add_chunk(arena, rounded);
    }
    void *memory = arena->at;
    arena->at += rounded;
    arena->left -= rounded;
    arena->total_bytes += rounded;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size_bytes)
{
    void *memory = take(arena, size_bytes);
    return size_bytes ? memset(memory, 0, size_bytes) : memory;
}

void *arena_array(struct arena *arena, size_t count, size_t element_size)
{
    size_t size_bytes;
    if (__builtin_mul_overflow(count, element_size, &size_bytes)) {
        BUG("an arena cannot hold %zu elements", count);
    }
    return arena_alloc(arena, size_bytes);
}

char *arena_string(struct arena *arena, struct text original)
{
    char *copy = take(arena, original.size + 1);
    if (original.size) {
        memcpy(copy, original.at, original.size);
    }
    copy[original.size] = '\0';
    return copy;
}

struct text arena_text(struct arena *arena, struct text original)
{
    return text_make(arena_string(arena, original), original.size);
}

struct text arena_format_list(struct arena *arena, const char *format, va_list arguments)
{
    char *at = arena->at;
    size_t left = arena->left;
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(at, left, format, again);
    va_end(again);
    if (size < 0) {
        BUG("cannot format '%s'", format);
    }
    char *memory = take(arena, (size_t)size + 1);
    if (memory != at) { /* it did not fit */
        vsnprintf(memory, (size_t)size + 1, format, arguments);
    }
    return text_make(memory, (size_t)size);
}

struct text arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct text made = arena_format_list(arena, format, arguments);
    va_end(arguments);
    return made;
}
