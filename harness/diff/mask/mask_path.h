/* SPDX-License-Identifier: MIT */
/*
 * The path of a mask: exact segments, so that a name never matches a part of another. Also from
 * XPath's short form (/hands/hand[*]/@id; text() is the name of text): the same segments.
 */
#ifndef BDDRUN_DIFF_MASK_MASK_PATH_H
#define BDDRUN_DIFF_MASK_MASK_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "format/json.h"

enum mask_segment_kind {
    MASK_SEGMENT_NAME,
    MASK_SEGMENT_INDEX, /* of an item */
    MASK_SEGMENT_ANY,   /* every item or member */
    MASK_SEGMENT_KEYED, /* items whose member `name` is `value` */
    MASK_SEGMENT_DEEP   /* any number of levels, none too */
};

struct mask_segment {
    enum mask_segment_kind kind;
    struct text name;
    struct text value; /* of a keyed one: a JSON scalar, a string without its quotes */
    bool is_string;    /* of a keyed one: value is a string for sure */
    uint64_t index;
};

struct mask_path {
    const struct mask_segment *segments;
    size_t count; /* 0: the root */
};

enum { MASK_SEGMENTS_LIMIT = 64 };

/* written is `$.a[*]`; at: where it stands, of the same size, or span_none(). */
bool mask_path_parse(struct arena *arena, struct text written, struct span at,
                     struct mask_path *ret_path, struct problems *problems) MUST_CHECK;
bool mask_path_parse_xml(struct arena *arena, struct text written, struct span at,
                         struct mask_path *ret_path, struct problems *problems) MUST_CHECK;

/* Names and indexes only: can stand for one value at most. */
bool mask_path_is_singular(const struct mask_path *path);

/* The value at a singular path; NULL where there is none. */
const struct json_value *mask_path_value(const struct mask_path *path,
                                         const struct json_value *root);

/* Whether the item is one that the keyed segment names. */
bool mask_segment_names_item(const struct mask_segment *segment, const struct json_value *item);

#endif
