/* SPDX-License-Identifier: MIT */
/*
 * A JSON document (RFC 8259, strictly): a tree of values that never changes after json_parse. All
 * of it lies in the caller's arena and in the bytes of the source (text without escapes is not
 * copied), so both must outlive it. Every value keeps where it stands; numbers keep their text, so
 * nothing is rounded; members keep their order, and keys that repeat are kept and flagged.
 * Text is valid UTF-8, except that a lone surrogate (`"\ud800"`) is kept as its three bytes. A
 * byte order mark in front is skipped.
 */
#ifndef BDDRUN_FORMAT_JSON_H
#define BDDRUN_FORMAT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json_value {
    enum json_type type : 8;
    bool has_repeated_keys : 1; /* an object with two members of the same key */
    bool is_repeated : 1;       /* a member whose key an earlier member has */
    uint32_t count; /* items of an array, members of an object, bytes of a string or number */
    union {
        const struct json_value *children; /* of an array or object: count of them */
        const char *at;                    /* decoded string; number as written */
    };
    const char *key_at; /* of a member: its decoded key */
    uint32_t key_size;
    uint32_t number; /* of arrays and objects: 0, 1, … in the order they end */
    uint32_t start;  /* byte offsets in the source, quotes and brackets included */
    uint32_t end;
};

enum {
    JSON_DEPTH_DEFAULT = 512,
    JSON_DEPTH_MOST = 4096, /* whatever a caller asks for: later code recurses */
};

/* 0 means the default: JSON_DEPTH_DEFAULT levels, any size below 4 GiB. */
struct json_limits {
    size_t depth;
    size_t size_bytes;
};

/* Parses the whole source. On failure one problem of kind PROBLEM_INPUT, with the place, is added
 * and *ret_root is untouched. */
bool json_parse(const struct source *source, struct json_limits limits, struct arena *arena,
                const struct json_value **ret_root, struct problems *problems) MUST_CHECK;

/* As json_parse with default limits for text that is known to be JSON or whose problem does not
 * matter; the spans are those of text. */
bool json_parse_text(struct text text, struct arena *arena,
                     const struct json_value **ret_root) MUST_CHECK;

/* "null", "boolean", "number", "string", "array", "object". */
const char *json_type_name(enum json_type type);

bool json_is(const struct json_value *value, enum json_type type); /* NULL is no type */
bool json_is_boolean(const struct json_value *value);

/* The decoded text of a string, the text of a number as written; empty for all others. */
struct text json_text(const struct json_value *value);

/* The key of a member; empty for the root and items. */
struct text json_key(const struct json_value *member);

/* The member with this key, of several the last; NULL without, or when object is NULL or no
 * object. Logarithmic for large objects. */
const struct json_value *json_member(const struct json_value *object, struct text key);
const struct json_value *json_member_named(const struct json_value *object, const char *key);

/* The item with this 0-based index, or NULL, also when array is NULL or no array. */
const struct json_value *json_item(const struct json_value *array, size_t index);

/* What stands in the source for the value, or for the member's key. */
struct span json_span(const struct source *source, const struct json_value *value);
struct span json_key_span(const struct source *source, const struct json_value *member);

/* Equal as JSON values: numbers when mathematically equal (1, 1.0, 1e0), strings by code points,
 * arrays in order, objects whatever the order of their keys. */
bool json_equal(const struct json_value *a, const struct json_value *b);

/* The same for equal values. */
uint64_t json_hash(const struct json_value *value);

/* True with the first item of an array that equals an earlier one; linear. */
bool json_find_duplicate(const struct json_value *array, size_t *ret_first, size_t *ret_second);

/* The order of an object's members by key, for objects that have one (see json.c), else NULL:
 * count indexes into children. */
const uint32_t *json_sorted_members(const struct json_value *object);

#endif
