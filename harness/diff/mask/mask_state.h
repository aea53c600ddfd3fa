/* SPDX-License-Identifier: MIT */
/*
 * The automaton of a set of masks: a state is the set of positions that the paths of the masks have
 * reached. States are interned, made when a document first needs them, and never change.
 */
#ifndef BDDRUN_DIFF_MASK_MASK_STATE_H
#define BDDRUN_DIFF_MASK_MASK_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "diff/mask/mask_set.h"

/* A mask of the set and the segment that must come next. */
struct mask_position {
    uint16_t mask;
    uint16_t segment; /* the path's count: the mask stands here */
};
#define MASK_INHERITED UINT16_MAX /* as a segment: below a container whose shape is asserted */

struct mask_name_step {
    struct text name;
    bool is_made;
    const struct mask_state *to;
};

/* Where all items lead that no test names, and all names that no mask names here. */
struct mask_any_steps {
    bool has_item;
    bool has_name;
    const struct mask_state *item;
    const struct mask_state *name;
};

struct mask_state {
    uint64_t hash;
    struct text id_name; /* with ids: the name of the id that may stand here; else empty */
    const struct mask_position *positions;
    size_t count;
    struct mask_entry *value; /* decides about the value here; NULL: none does */
    struct mask_entry *array; /* says how items are paired; NULL: none does */
    bool is_inherited;        /* value was asserted further up */
    bool has_item_tests;      /* [3] or [id=7] come next: items are not all alike */
    struct mask_any_steps *any;
    struct mask_name_step *names; /* a hash table; name.at NULL: free */
    size_t name_mask;             /* its size - 1 */
};

struct mask_automaton {
    const struct mask_set *set;
    struct arena arena;
    struct mask_state **slots; /* a hash table */
    size_t slot_mask;
    size_t count;
    bool has_ids;                  /* no place is dead: ids may stand anywhere */
    struct mask_position *scratch; /* positions being gathered */
    size_t scratch_count;
    size_t scratch_capacity;
};

void mask_automaton_init(struct mask_automaton *automaton, const struct mask_set *set,
                         bool has_ids);
void mask_automaton_release(struct mask_automaton *automaton);

/* Gathering the positions of a state that masks enter at the root. */
void mask_automaton_clear(struct mask_automaton *automaton);
void mask_automaton_add(struct mask_automaton *automaton, size_t mask);

/* The state of the gathered positions; NULL: none can come of it. */
const struct mask_state *mask_automaton_state(struct mask_automaton *automaton,
                                              struct text id_name);

const struct mask_state *mask_state_key(struct mask_automaton *automaton,
                                        const struct mask_state *at, struct text name);
const struct mask_state *mask_state_item(struct mask_automaton *automaton,
                                         const struct mask_state *at, size_t index,
                                         const struct json_value *item);

#endif
