/* SPDX-License-Identifier: MIT */
/*
 * Says of two values at one place what the masks of a set make of them, while a diff engine walks
 * two documents. One automaton, built as it is needed, follows all paths at once: a step down or
 * up costs the same whatever the number of masks, and nothing where no mask can fit below.
 */
#ifndef BDDRUN_DIFF_MASK_MASK_JUDGE_H
#define BDDRUN_DIFF_MASK_MASK_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "diff/mask/mask_set.h"
#include "format/json.h"

struct mask_judge; /* heap; free with mask_judge_free */
struct identity;

/* The set is borrowed and must not grow while the judge lives. */
struct mask_judge *mask_judge_new(struct mask_set *set);
void mask_judge_free(struct mask_judge *judge); /* NULL is allowed */
void mask_judge_release(struct mask_judge **judge);

enum mask_answer {
    MASK_NONE,  /* no mask stands here: compare as usual */
    MASK_EQUAL, /* a mask stands here, and the two are equal anyway */
    MASK_HIDES, /* they differ, and that is allowed */
    MASK_BROKEN /* what the mask still asserts does not hold */
};

struct mask_verdict {
    enum mask_answer answer;
    const struct mask *mask; /* NULL with MASK_NONE */
    struct text note;        /* of MASK_BROKEN: what was asserted; in the arena given */
};

/* Where the documents come from, before anything is asked: selects the masks in scope. event:
 * empty for a body, else the name of the event whose payload is compared. */
struct mask_scene {
    struct text method;
    struct text url_path;
    struct text event;
    bool is_xml;
    const struct json_value *left_root; /* for same-as; NULL without */
    const struct json_value *right_root;
};
void mask_judge_begin(struct mask_judge *judge, const struct mask_scene *scene);

/* One level down and up again. Items: left or right may be NULL (then only `index` and the other
 * are known); indexes of the two may differ, that of the recorded side counts. */
void mask_judge_enter_member(struct mask_judge *judge, struct text name);
void mask_judge_enter_item(struct mask_judge *judge, size_t index, size_t count,
                           const struct json_value *item);
void mask_judge_leave(struct mask_judge *judge);

/* No mask can stand here or below: nothing needs to be asked before the next leave. */
bool mask_judge_is_idle(const struct mask_judge *judge);

/* The mask that stands here, or NULL. */
const struct mask *mask_judge_here(struct mask_judge *judge);

/* Both values at this place. Containers under `set` and `by` are not judged (MASK_NONE): their
 * engine asks mask_judge_here how to pair the items. */
struct mask_verdict mask_judge_values(struct mask_judge *judge, const struct json_value *left,
                                      const struct json_value *right, struct arena *arena);

/* Values of one side only: `ignore` hides them, everything else asserts presence. */
struct mask_verdict mask_judge_lone(struct mask_judge *judge, const struct json_value *value,
                                    struct arena *arena);

/* Texts that have a name and no path: a header, cookie, or with an empty name the status or text;
 * is_there says which sides have it. */
struct mask_pair {
    enum mask_where where;
    struct text name;
    struct text left;
    struct text right;
    bool has_left;
    bool has_right;
};
struct mask_verdict mask_judge_texts(struct mask_judge *judge, const struct mask_pair *pair,
                                     struct arena *arena);

#endif
