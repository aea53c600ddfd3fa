/* SPDX-License-Identifier: MIT */
/*
 * Header fields in the order they were sent, repeats kept (RFC 9110, section 5). Names are
 * compared without regard to ASCII case. Names and values are borrowed; the array is the arena's.
 */
#ifndef BDDRUN_EXCHANGE_HEADER_H
#define BDDRUN_EXCHANGE_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

struct header {
    struct text name;
    struct text value;
};

struct headers {
    struct header *list;
    size_t count;
    size_t capacity;
};

void headers_add(struct headers *headers, struct arena *arena, struct text name,
                 struct text value);

/* Removes every field of this name, then adds it. */
void headers_set(struct headers *headers, struct arena *arena, struct text name,
                 struct text value);
void headers_remove(struct headers *headers, struct text name);

/* The first field of this name at or after *index, which becomes the place after it; NULL where
 * there is none. Start with 0. */
const struct header *headers_next(const struct headers *headers, struct text name,
                                  size_t *index);

/* The value of the first field of this name; false where there is none. */
bool headers_find(const struct headers *headers, struct text name, struct text *ret_value);
size_t headers_count(const struct headers *headers, struct text name);

/* What may stand in a request: a token (RFC 9110, section 5.6.2), a value without line ends, NUL
 * and other control characters but tab. */
bool header_name_is_valid(struct text name);
bool header_value_is_valid(struct text value);

/* Reads a Retry-After value (RFC 9110, section 10.2.3): seconds, or a date that is compared with
 * now_ns (realtime). False when it is neither. A date in the past is 0. */
bool header_retry_after_ns(struct text value, uint64_t now_ns, uint64_t *ret_wait_ns);

#endif
