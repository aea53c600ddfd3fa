/* SPDX-License-Identifier: MIT */
/*
 * Memory from the heap that is never NULL: out of memory ends the process with exit code 70 (in a
 * worker: one failed scenario). Sizes are bytes; products are checked for overflow. Memory from
 * these functions is released with free().
 */
#ifndef BDDRUN_BASE_ALLOC_H
#define BDDRUN_BASE_ALLOC_H

#include <stddef.h>

#include "base/attribute.h"

/* Zeroed memory for count elements. */
void *alloc_or_die(size_t count, size_t element_size) MUST_CHECK;

/* As realloc; the added part is not zeroed. */
void *realloc_or_die(void *memory, size_t count, size_t element_size) MUST_CHECK;

/* Makes room for one more element in a growing array: doubles *capacity when count reaches it. */
void *grow_or_die(void *memory, size_t count, size_t *capacity, size_t element_size) MUST_CHECK;

/* Makes room for one more element of `array` (a pointer variable). */
#define GROW(array, count, capacity)                                                           \
    ((array) = grow_or_die((array), (count), &(capacity), sizeof *(array)))

#endif
