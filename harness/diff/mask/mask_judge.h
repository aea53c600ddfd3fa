/* SPDX-License-Identifier: MIT */
/*
 * The judge that diff engines ask (diff/judge.h), made of a set of masks and of the ids of a
 * scenario. One automaton, built as documents need it, follows all paths at once: a step down costs
 * the same whatever the number of masks, and nothing where no mask can fit below. Beyond
 * MASK_STATES_LIMIT states masks no longer fit, so that differences show rather than hide.
 */
#ifndef BDDRUN_DIFF_MASK_MASK_JUDGE_H
#define BDDRUN_DIFF_MASK_MASK_JUDGE_H

#include <stdint.h>

#include "base/text.h"
#include "diff/judge.h"
#include "diff/mask/mask_set.h"
#include "format/json.h"

struct identity;
struct mask_judge; /* heap; free with mask_judge_free */

enum { MASK_STATES_LIMIT = 65536 };

/* The set is borrowed and must not grow while the judge lives. identity: of the scenario, borrowed;
 * NULL: ids are compared as they are. */
struct mask_judge *mask_judge_new(const struct mask_set *set, struct identity *identity);
void mask_judge_free(struct mask_judge *judge); /* NULL is allowed */
void mask_judge_release(struct mask_judge **judge);

/* What is compared next. Texts and documents must live until the next. */
struct mask_scene {
    struct text method;   /* of the exchange, for the masks in scope */
    struct text url_path; /* without its query */
    struct text event;    /* the event whose payload is compared; at NULL: a response */
    struct text place;    /* for messages: "GET /api/tables" */
    const struct json_value *left_root; /* for same-as and ids; NULL for what is no JSON */
    const struct json_value *right_root;
    uint64_t left_ns; /* when it was said, realtime: dates are held to it; 0: not known */
    uint64_t right_ns;
};

/* For the engines; lives as long as the judge, valid until the next begin. */
const struct judge *mask_judge_begin(struct mask_judge *judge, const struct mask_scene *scene);

/* Of the events of a name: the first mask of their whole stream, and the first that says how it is
 * ordered (`set`, `by`); NULL where none is. */
struct mask_stream {
    const struct mask *mask;
    const struct mask *order;
};
struct mask_stream mask_judge_stream(struct mask_judge *judge, const struct mask_scene *scene);

/* Counts in the usage of a mask that mask_judge_stream gave: what it hid differed or was equal. */
void mask_judge_used(struct mask_judge *judge, const struct mask *mask, bool has_hidden);

#endif
