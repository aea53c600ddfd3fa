/* SPDX-License-Identifier: MIT */
/*
 * A borrowed slice of bytes, normally UTF-8, not terminated. It owns nothing and is valid as long
 * as what it was cut from. Sizes are bytes. The empty text has size 0; its `at` may be NULL.
 */
#ifndef BDDRUN_BASE_TEXT_H
#define BDDRUN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *at;
    size_t size;
};

/* For a string literal, also in static tables. */
#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })
#define TEXT_STATIC(literal)                                                                   \
    {                                                                                          \
        (literal), sizeof(literal) - 1                                                         \
    }
#define TEXT_EMPTY ((struct text){ "", 0 })

/* printf wants an address even where it prints nothing. */
static inline const char *text_address(struct text text)
{
    return text.at ? text.at : "";
}

/* For printf("%.*s", TEXT_ARG(t)). */
#define TEXT_ARG(t) (int)(t).size, text_address(t)

static inline struct text text_of(const char *terminated)
{
    return (struct text){ terminated, terminated ? strlen(terminated) : 0 };
}

static inline struct text text_make(const char *at, size_t size)
{
    return (struct text){ at, size };
}

static inline bool text_equal(struct text a, struct text b)
{
    /* The first bytes decide most comparisons, without a call. */
    return a.size == b.size &&
           (a.size == 0 || (a.at[0] == b.at[0] && memcmp(a.at, b.at, a.size) == 0));
}

static inline bool text_is(struct text a, const char *terminated)
{
    return text_equal(a, text_of(terminated));
}

bool text_equal_ignoring_case(struct text a, struct text b); /* ASCII only */
int text_compare(struct text a, struct text b);              /* by bytes = by code points */
static inline bool text_starts_with(struct text whole, struct text start)
{
    return whole.size >= start.size && text_equal(text_make(whole.at, start.size), start);
}
bool text_ends_with(struct text whole, struct text end);
bool text_contains(struct text whole, struct text part);

/* Offset of the first occurrence at or after `from`, or whole.size where there is none. */
size_t text_find(struct text whole, struct text part, size_t from);
size_t text_find_byte(struct text whole, char byte, size_t from);

/* Offsets beyond the end are clamped. */
static inline struct text text_slice(struct text whole, size_t start, size_t end)
{
    if (end > whole.size) {
        end = whole.size;
    }
    if (start > end) {
        start = end;
    }
    return (struct text){ start ? whole.at + start : whole.at, end - start };
}

static inline struct text text_from(struct text whole, size_t start)
{
    return text_slice(whole, start, whole.size);
}

/* Without ASCII white space at both ends. */
struct text text_trim(struct text whole);

/* Takes the part before `byte` off the front of *rest (all of it where byte does not occur, with
 * *rest empty and at == NULL). False when *rest is already exhausted (at == NULL). */
bool text_take_until(struct text *rest, char byte, struct text *ret_part);

/* Decimal digits only, the whole text, no overflow. */
bool text_to_uint64(struct text digits, uint64_t *ret_value);

/* The whole text as a JSON-style number; false otherwise. Never locale-dependent. */
bool text_to_double(struct text number, double *ret_value);

uint64_t text_hash(struct text whole); /* FNV-1a, for tables; not for hostile keys */

#endif
