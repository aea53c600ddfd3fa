/* SPDX-License-Identifier: MIT */
/*
 * The masks that hold for a comparison, in order: the first that fits a place decides. A set owns
 * what was added to it and borrows what it includes (a step's table first, then those of
 * bddrun.yaml), so an included set must outlive it and not grow meanwhile. Usage is counted in the
 * set that owns the mask.
 */
#ifndef BDDRUN_DIFF_MASK_MASK_SET_H
#define BDDRUN_DIFF_MASK_MASK_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "diff/mask/mask.h"

/* What became of a mask. Places: values of both sides that it stood for. */
struct mask_usage {
    uint64_t places;
    uint64_t equal;            /* of them: it hid nothing, the two were equal */
    uint64_t hidden;           /* of them: the two differed, and it was content */
    uint64_t broken;           /* of them: what it still asserts did not hold */
    uint64_t shadowed;         /* places it fits, but an earlier mask decided */
    uint64_t whole;            /* of the hidden: the whole body or message */
    const struct mask *shadow; /* the earlier mask, of the last of them; NULL: none yet */
};

struct mask_entry {
    struct mask mask;
    struct mask_usage usage;
};

struct mask_set {
    struct arena arena;
    struct mask_entry **list; /* own and included ones */
    size_t count;
    size_t capacity;
    struct mask_entry **own;
    size_t own_count;
    size_t own_capacity;
};

enum { MASKS_LIMIT = 4096 }; /* in one set */

void mask_set_init(struct mask_set *set);
void mask_set_release(struct mask_set *set);

/* False with a problem; the set is then unchanged. */
bool mask_set_add(struct mask_set *set, const struct mask_writing *writing,
                  struct problems *problems) MUST_CHECK;

/* One line as behind --mask: `[METHOD] [/path] place assertion`, e.g.
 * `GET /api/lobby JSON "$.online" number ± 20 %`. at: where it stands, or span_none(). */
bool mask_set_add_line(struct mask_set *set, struct text line, struct span at,
                       struct problems *problems) MUST_CHECK;

/* All masks of the other set, behind those that are there. */
void mask_set_include(struct mask_set *set, const struct mask_set *other);

/* What the whole run shows about the own masks: a warning each for those that stood for nothing,
 * only for what an earlier one decides, for equal values only, or for a whole body. Returns how
 * many. */
size_t mask_set_report(const struct mask_set *set, struct problems *problems);

/* The same of what is seen from the masks alone, before anything runs: those too broad. */
size_t mask_set_check(const struct mask_set *set, struct problems *problems);

/* Usage counted in another process for a set made of the same text: a line of numbers per own mask,
 * added up (false for another text). */
struct buffer;
void mask_set_usage_write(const struct mask_set *set, struct buffer *out);
bool mask_set_usage_add(struct mask_set *set, struct text written) MUST_CHECK;

#endif
