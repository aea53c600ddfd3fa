/* SPDX-License-Identifier: MIT */
#include "base/alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/exit_code.h"

#ifdef BDDRUN_COVERAGE
void __gcov_dump(void);
#endif

static NORETURN void leave(void)
{
#ifdef BDDRUN_COVERAGE
    __gcov_dump(); /* _exit would lose what this process covered */
#endif
    _exit(EXIT_CODE_BUG);
}

void bug_found(const char *file, int line, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    dprintf(STDERR_FILENO, "bddrun: bug at %s:%d: %s\n", file, line, message);
    leave();
}

static NORETURN void out_of_memory(size_t size_bytes)
{
    dprintf(STDERR_FILENO, "bddrun: out of memory: cannot get %zu bytes\n", size_bytes);
    leave();
}

static size_t product_or_die(size_t count, size_t element_size)
{
    size_t size_bytes;
    if (__builtin_mul_overflow(count, element_size, &size_bytes)) {
        out_of_memory(SIZE_MAX);
    }
    return size_bytes;
}

void *alloc_or_die(size_t count, size_t element_size)
{
    size_t size_bytes = product_or_die(count, element_size);
    void *memory = calloc(1, size_bytes ? size_bytes : 1);
    if (!memory) {
        out_of_memory(size_bytes);
    }
    return memory;
}

void *realloc_or_die(void *memory, size_t count, size_t element_size)
{
    size_t size_bytes = product_or_die(count, element_size);
    void *moved = realloc(memory, size_bytes ? size_bytes : 1);
    if (!moved) {
        out_of_memory(size_bytes);
    }
    return moved;
}

void *grow_or_die(void *memory, size_t count, size_t *capacity, size_t element_size)
{
    if (count < *capacity) {
        return memory;
    }
    *capacity = *capacity ? product_or_die(*capacity, 2) : 8;
    return realloc_or_die(memory, *capacity, element_size);
}
