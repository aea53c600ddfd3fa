/* SPDX-License-Identifier: MIT */
/*
 * What decides whether a difference is allowed: the diff engines ask it, masks implement it. It is
 * a cursor: a state stands for a place, made from the state of the place above; nobody builds a
 * path as text. States belong to the judge and live as long as it. The state NULL is a place where no
 * mask is and none can be below: it costs nothing. A judge that is NULL allows nothing.
 *
 * The engines promise: with a judge, every place of both sides below a live state is entered at
 * least once, also where the sides are equal (so a mask whose state was reached is in use), and
 * possibly more often. is_masked and array are asked while values are hashed, for left or right;
 * allows only for what differs. States are made depth first but may be kept: a state must not change
 * when another is made (intern sets of mask positions).
 *
 * XML and HTML are entered as: `key` by the element's name, then `item` by its place among siblings
 * of that name (0-based), `key` "@name" for an attribute and "text()" for text; values are then
 * given as text.
 */
#ifndef BDDRUN_DIFF_JUDGE_H
#define BDDRUN_DIFF_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "diff/difference.h"
#include "format/json.h"

/* The parts of an exchange: the word before the path in a mask. */
enum judged_part {
    JUDGED_STATUS,
    JUDGED_HEADER,   /* name: its name, as sent */
    JUDGED_COOKIE,   /* name: its name; `key` by attribute, "value" for the value */
    JUDGED_REDIRECT, /* where the header Location leads */
    JUDGED_JSON,     /* the root of a document */
    JUDGED_XML,
    JUDGED_HTML,
    JUDGED_TEXT, /* `item` by line */
    JUDGED_BODY, /* bytes of any other type */
};

/* One difference that is asked about. Of JSON the values, else the texts; what is absent on a side
 * is NULL or an empty text with at == NULL. DIFFERENCE_MOVED: the same value at two indexes. */
struct judged_pair {
    enum difference_class class;
    const struct json_value *left;
    const struct json_value *right;
    struct text left_text, right_text;
    size_t left_index, right_index;
};

/* How the items of an array are aligned. */
struct judged_array {
    bool is_set;     /* a multiset: order means nothing */
    struct text key; /* by(key): the member that identifies an item; empty: found by itself */
};

struct judge {
    void *context;
    const void *(*enter)(void *context, enum judged_part part, struct text name);
    const void *(*key)(void *context, const void *at, struct text key);
    /* item: the value itself, for segments like [id=7]; NULL where it is no JSON. */
    const void *(*item)(void *context, const void *at, size_t index,
                        const struct json_value *item);
    /* The two JSON documents that are entered next; NULLs when they are done with. May be NULL. */
    void (*documents)(void *context, const struct json_value *left,
                      const struct json_value *right);
    /* Whether a mask says something about the very value here. It then counts only by its kind
     * when items are aligned, and where the sides differ `allows` is asked about it as a whole
     * (class CHANGED, TYPE, MISSING or ADDED); the engine looks below only when it is refused. */
    bool (*is_masked)(void *context, const void *at);
    struct judged_array (*array)(void *context, const void *at);
    bool (*is_whole)(void *context, const void *at); /* NULL, or: what was just refused is told
                                                        as one, not looked into */
    /* *ret_mask: the mask as written, living as long as the judge; only set when allowed. */
    bool (*allows)(void *context, const void *at, const struct judged_pair *pair,
                   struct text *ret_mask);
};
/* The same for a judge or state that may be NULL. */
static inline const void *judge_enter(const struct judge *judge, enum judged_part part,
                                      struct text name)
{
    return judge ? judge->enter(judge->context, part, name) : NULL;
}

static inline void judge_documents(const struct judge *judge, const struct json_value *left,
                                   const struct json_value *right)
{
    if (judge && judge->documents) {
        judge->documents(judge->context, left, right);
    }
}

static inline const void *judge_key(const struct judge *judge, const void *at, struct text key)
{
    return at ? judge->key(judge->context, at, key) : NULL;
}

static inline const void *judge_item(const struct judge *judge, const void *at, size_t index,
                                     const struct json_value *item)
{
    return at ? judge->item(judge->context, at, index, item) : NULL;
}

static inline bool judge_is_masked(const struct judge *judge, const void *at)
{
    return at && judge->is_masked(judge->context, at);
}

static inline struct judged_array judge_array(const struct judge *judge, const void *at)
{
    return at ? judge->array(judge->context, at) : (struct judged_array){ .key = TEXT_EMPTY };
}

static inline bool judge_allows(const struct judge *judge, const void *at,
                                const struct judged_pair *pair, struct text *ret_mask)
{
    return at && judge->allows(judge->context, at, pair, ret_mask);
}

#endif
