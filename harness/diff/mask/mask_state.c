/* SPDX-License-Identifier: MIT */
#include "diff/mask/mask_state.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/identity.h"
#include "diff/mask/mask_judge.h"

enum { FIRST_SLOTS = 64 };

/* One step down: a member's name, or an item. */
struct mask_step {
    bool is_item;
    struct text name; /* at NULL: none that a mask names */
    size_t index;
    const struct json_value *item; /* NULL: no JSON */
    bool is_any;                   /* an item that no test names */
};

void mask_automaton_init(struct mask_automaton *automaton, const struct mask_set *set,
                         bool has_ids)
{
    *automaton = (struct mask_automaton){ .set = set, .has_ids = has_ids };
    arena_init(&automaton->arena);
    automaton->slots = alloc_or_die(FIRST_SLOTS, sizeof(struct mask_state *));
    automaton->slot_mask = FIRST_SLOTS - 1;
}

void mask_automaton_release(struct mask_automaton *automaton)
{
    free(automaton->slots);
    free(automaton->scratch);
    arena_release(&automaton->arena);
}

void mask_automaton_clear(struct mask_automaton *automaton)
{
    automaton->scratch_count = 0;
}

static const struct mask *mask_of(const struct mask_automaton *automaton,
                                  const struct mask_position *position)
{
    return &automaton->set->list[position->mask]->mask;
}

/* Gathered in the order of masks and segments, each once. */
static void gather(struct mask_automaton *automaton, struct mask_position position)
{
    size_t count = automaton->scratch_count;
    if (count && automaton->scratch[count - 1].mask == position.mask &&
        automaton->scratch[count - 1].segment >= position.segment) {
        return; /* DEEP was there already, or the same twice */
    }
    automaton->scratch = grow_or_die(automaton->scratch, count, &automaton->scratch_capacity,
                                     sizeof *automaton->scratch);
    automaton->scratch[automaton->scratch_count++] = position;
}

/* With what may follow without a step: DEEP also stands for no level at all. */
static void gather_closed(struct mask_automaton *automaton, struct mask_position position)
{
    const struct mask *mask = mask_of(automaton, &position);
    gather(automaton, position);
    while (position.segment < mask->path.count &&
           mask->path.segments[position.segment].kind == MASK_SEGMENT_DEEP) {
        position.segment++;
        gather(automaton, position);
    }
}

void mask_automaton_add(struct mask_automaton *automaton, size_t mask)
{
    gather_closed(automaton, (struct mask_position){ (uint16_t)mask, 0 });
}

static uint64_t hash_of(const struct mask_automaton *automaton, struct text id_name)
{
    size_t size_bytes = automaton->scratch_count * sizeof *automaton->scratch;
    uint64_t hash = text_hash(text_make((const char *)automaton->scratch, size_bytes));
    return hash ^ (text_hash(id_name) << 1);
}

static bool is_same(const struct mask_automaton *automaton, const struct mask_state *state,
                    struct text id_name)
{
    return state->count == automaton->scratch_count && text_equal(state->id_name, id_name) &&
           (state->count == 0 || memcmp(state->positions, automaton->scratch,
                                        state->count * sizeof *state->positions) == 0);
}

static void grow_slots(struct mask_automaton *automaton)
{
    size_t size = (automaton->slot_mask + 1) * 2;
    struct mask_state **slots = alloc_or_die(size, sizeof(struct mask_state *));
    for (size_t i = 0; i <= automaton->slot_mask; i++) {
        struct mask_state *state = automaton->slots[i];
        size_t slot = state ? state->hash & (size - 1) : 0;
        while (state && slots[slot]) {
            slot = (slot + 1) & (size - 1);
        }
        if (state) {
            slots[slot] = state;
        }
    }
    free(automaton->slots);
    automaton->slots = slots;
    automaton->slot_mask = size - 1;
}

/* The first masks that stand here decide. */
static void decide(struct mask_automaton *automaton, struct mask_state *state)
{
    for (size_t i = 0; i < state->count; i++) {
        const struct mask_position *position = &state->positions[i];
        struct mask_entry *entry = automaton->set->list[position->mask];
        bool is_inherited = position->segment == MASK_INHERITED;
        bool pairs = entry->mask.rule == MASK_SET || entry->mask.rule == MASK_BY;
        struct mask_entry **decider = pairs ? &state->array : &state->value;
        if (!is_inherited && position->segment < entry->mask.path.count) {
            enum mask_segment_kind next = entry->mask.path.segments[position->segment].kind;
            state->has_item_tests = state->has_item_tests || next == MASK_SEGMENT_INDEX ||
                                    next == MASK_SEGMENT_KEYED;
        } else if (!*decider) {
            *decider = entry;
            state->is_inherited = pairs ? state->is_inherited : is_inherited;
        }
    }
}

static struct mask_name_step *find_name(const struct mask_state *state, struct text name)
{
    size_t slot = text_hash(name) & state->name_mask;
    while (state->names[slot].name.at && !text_equal(state->names[slot].name, name)) {
        slot = (slot + 1) & state->name_mask;
    }
    return &state->names[slot];
}

/* A table of the names that lead somewhere else than all other names. */
static void list_names(struct mask_automaton *automaton, struct mask_state *state)
{
    size_t size = 2;
    while (size < state->count * 2) {
        size *= 2;
    }
    state->names = ARENA_ARRAY(&automaton->arena, size, struct mask_name_step);
    state->name_mask = size - 1;
    for (size_t i = 0; i < state->count; i++) {
        const struct mask *mask = mask_of(automaton, &state->positions[i]);
        size_t segment = state->positions[i].segment;
        if (segment < mask->path.count &&
            mask->path.segments[segment].kind == MASK_SEGMENT_NAME) {
            struct text name = mask->path.segments[segment].name;
            name.at = name.at ? name.at : "";
            find_name(state, name)->name = name;
        }
    }
}

static struct mask_state *make(struct mask_automaton *automaton, struct text id_name,
                               uint64_t hash)
{
    struct mask_state *state = ARENA_NEW(&automaton->arena, struct mask_state);
    struct mask_position *positions =
        ARENA_ARRAY(&automaton->arena, automaton->scratch_count, struct mask_position);
    if (automaton->scratch_count) {
        memcpy(positions, automaton->scratch, automaton->scratch_count * sizeof *positions);
    }
    *state = (struct mask_state){ .hash = hash,
                                  .id_name = arena_text(&automaton->arena, id_name),
                                  .positions = positions,
                                  .any = ARENA_NEW(&automaton->arena, struct mask_any_steps),
                                  .count = automaton->scratch_count };
    decide(automaton, state);
    list_names(automaton, state);
    return state;
}

const struct mask_state *mask_automaton_state(struct mask_automaton *automaton,
                                              struct text id_name)
{
    if (automaton->scratch_count == 0 && !automaton->has_ids) {
        return NULL;
    }
    uint64_t hash = hash_of(automaton, id_name);
    size_t slot = hash & automaton->slot_mask;
    while (automaton->slots[slot] && !is_same(automaton, automaton->slots[slot], id_name)) {
        slot = (slot + 1) & automaton->slot_mask;
    }
    if (automaton->slots[slot] || automaton->count == MASK_STATES_LIMIT) {
        return automaton->slots[slot];
    }
    struct mask_state *state = make(automaton, id_name, hash);
    automaton->slots[slot] = state;
    automaton->count++;
    if (automaton->count * 2 > automaton->slot_mask) {
        grow_slots(automaton);
    }
    return state;
}

static bool leads_on(const struct mask_segment *segment, const struct mask_step *step)
{
    switch (segment->kind) {
    case MASK_SEGMENT_NAME:
        return !step->is_item && step->name.at && text_equal(segment->name, step->name);
    case MASK_SEGMENT_INDEX:
        return step->is_item && !step->is_any && segment->index == step->index;
    case MASK_SEGMENT_KEYED:
        return step->is_item && step->item && mask_segment_names_item(segment, step->item);
    case MASK_SEGMENT_ANY:
    case MASK_SEGMENT_DEEP:
        break;
    }
    return true;
}

/* Whether what the mask asserts of a container also concerns what is in it. */
static bool is_inherited(const struct mask *mask)
{
    return mask->rule == MASK_TYPE || mask->rule == MASK_LENGTH;
}

static const struct mask_state *step_down(struct mask_automaton *automaton,
                                          const struct mask_state *at,
                                          const struct mask_step *step, struct text id_name)
{
    mask_automaton_clear(automaton);
    for (size_t i = 0; i < at->count; i++) {
        struct mask_position position = at->positions[i];
        const struct mask *mask = mask_of(automaton, &position);
        if (position.segment >= mask->path.count) {
            if (is_inherited(mask)) {
                gather(automaton, (struct mask_position){ position.mask, MASK_INHERITED });
            }
            continue;
        }
        const struct mask_segment *segment = &mask->path.segments[position.segment];
        if (segment->kind == MASK_SEGMENT_DEEP) {
            gather_closed(automaton, position);
        } else if (leads_on(segment, step)) {
            position.segment++;
            gather_closed(automaton, position);
        }
    }
    return mask_automaton_state(automaton, id_name);
}

const struct mask_state *mask_state_key(struct mask_automaton *automaton,
                                        const struct mask_state *at, struct text name)
{
    struct mask_name_step *known = find_name(at, name);
    struct text id_name = automaton->has_ids && identity_is_id_name(name) ? name : TEXT_EMPTY;
    if (known->name.at) {
        if (!known->is_made) {
            struct mask_step step = { .name = known->name };
            known->to = step_down(automaton, at, &step, id_name);
            known->is_made = true;
        }
        return known->to;
    }
    struct mask_step step = { .name = { NULL, 0 } };
    if (id_name.size) { /* rare names: made again, found again */
        return step_down(automaton, at, &step, id_name);
    }
    if (!at->any->has_name) {
        at->any->name = step_down(automaton, at, &step, TEXT_EMPTY);
        at->any->has_name = true;
    }
    return at->any->name;
}

const struct mask_state *mask_state_item(struct mask_automaton *automaton,
                                         const struct mask_state *at, size_t index,
                                         const struct json_value *item)
{
    struct mask_step step = { .is_item = true, .index = index, .item = item };
    if (at->has_item_tests) {
        return step_down(automaton, at, &step, at->id_name);
    }
    if (!at->any->has_item) {
        step.is_any = true;
        at->any->item = step_down(automaton, at, &step, at->id_name);
        at->any->has_item = true;
    }
    return at->any->item;
}
