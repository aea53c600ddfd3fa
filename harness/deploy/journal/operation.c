/* SPDX-License-Identifier: MIT */
#include "deploy/operation.h"

static const char *const outcome_names[] = {
    [OPERATION_CUT_OFF] = "cut_off",         [OPERATION_PROMOTED] = "promoted",
    [OPERATION_ROLLED_BACK] = "rolled_back", [OPERATION_TAKEN_BACK] = "taken_back",
    [OPERATION_ABANDONED] = "abandoned",     [OPERATION_NEEDS_PERSON] = "needs_person",
};

const char *operation_outcome_name(enum operation_outcome outcome)
{
    return outcome_names[outcome];
}

static enum operation_outcome read_outcome(struct text name)
{
    for (size_t i = OPERATION_PROMOTED; i < ARRAY_SIZE(outcome_names); i++) {
        if (text_is(name, outcome_names[i])) {
            return (enum operation_outcome)i;
        }
    }
    return OPERATION_NEEDS_PERSON;
}

static struct text member(const struct json_value *object, const char *key)
{
    return json_text(json_member_named(object, key));
}

static size_t count_of(const struct json_value *array)
{
    return json_is(array, JSON_ARRAY) ? array->count : 0;
}

static void read_begin(struct operation *operation, const struct journal_entry *entry,
                       size_t step_room, struct arena *arena)
{
    const struct json_value *root = entry->root;
    const struct json_value *units = json_member_named(root, "targets");
    const struct json_value *components = json_member_named(root, "components");
    const struct json_value *verdict = json_member_named(root, "verdict");
    *operation = (struct operation){
        .id = entry->operation,
        .is_rollback = text_is(member(root, "kind"), "rollback"),
        .by = member(root, "by"),
        .began = entry->at,
        .release = member(root, "release"),
        .commit = member(root, "commit"),
        .commit_before = member(root, "commitBefore"),
        .unsafe = member(root, "rollbackUnsafe"),
        .verdict_key = member(verdict, "key"),
        .override_reason = member(verdict, "override"),
        .unit_count = count_of(units),
        .component_count = count_of(components),
    };
    operation->units = ARENA_ARRAY(arena, operation->unit_count + 1, struct operation_unit);
    for (size_t i = 0; i < operation->unit_count; i++) {
        const struct json_value *unit = json_item(units, i);
        operation->units[i] =
            (struct operation_unit){ member(unit, "target"), member(unit, "before"),
                                     member(unit, "after") };
    }
    operation->components = ARENA_ARRAY(arena, operation->component_count + 1, struct text);
    for (size_t i = 0; i < operation->component_count; i++) {
        operation->components[i] = json_text(json_item(components, i));
    }
    operation->steps = ARENA_ARRAY(arena, step_room, struct operation_step);
}

static struct operation_step *find_step(const struct operation *operation, struct text name)
{
    for (size_t i = 0; i < operation->step_count; i++) {
        if (text_equal(operation->steps[i].name, name)) {
            return &operation->steps[i];
        }
    }
    return NULL;
}

static void read_step(struct operation *operation, const struct json_value *root)
{
    struct text name = member(root, "step");
    struct text state = member(root, "state");
    struct operation_step *step = find_step(operation, name);
    if (!step) {
        step = &operation->steps[operation->step_count++];
        step->name = name;
    }
    step->state = text_is(state, "done")     ? OPERATION_DONE
                  : text_is(state, "failed") ? OPERATION_FAILED
                                             : OPERATION_DOING;
}

/* What belongs to the newest operation; an entry of another one is from a broken program. */
static void read_entry(struct operations *operations, const struct journal_entry *entry)
{
    struct operation *operation =
        operations->count > 0 ? &operations->list[operations->count - 1] : NULL;
    if (!operation || !text_equal(operation->id, entry->operation)) {
        return;
    }
    if (text_is(entry->event, "step")) {
        read_step(operation, entry->root);
    } else if (text_is(entry->event, "back")) {
        operation->is_taking_back = true;
        operation->reason = member(entry->root, "reason");
    } else if (text_is(entry->event, "end")) {
        operation->outcome = read_outcome(member(entry->root, "outcome"));
        operation->reason = member(entry->root, "reason");
        operation->ended = entry->at;
        operations->frozen =
            operation->outcome == OPERATION_NEEDS_PERSON ? operation->reason : TEXT_EMPTY;
    }
}

struct operations operations_read(const struct journal *journal, struct arena *arena)
{
    struct operations operations = { 0 };
    operations.list = ARENA_ARRAY(arena, journal->count + 1, struct operation);
    for (size_t i = 0; i < journal->count; i++) {
        const struct journal_entry *entry = &journal->list[i];
        if (text_is(entry->event, "begin")) {
            read_begin(&operations.list[operations.count++], entry, journal->count - i, arena);
        } else if (text_is(entry->event, "repaired")) {
            operations.frozen = TEXT_EMPTY;
        } else {
            read_entry(&operations, entry);
        }
    }
    return operations;
}

enum operation_state operation_step_state(const struct operation *operation, struct text name)
{
    const struct operation_step *step = operation ? find_step(operation, name) : NULL;
    return step ? step->state : OPERATION_NOT_BEGUN;
}

const struct operation *operations_cut_off(const struct operations *operations)
{
    const struct operation *last =
        operations->count > 0 ? &operations->list[operations->count - 1] : NULL;
    return last && last->outcome == OPERATION_CUT_OFF ? last : NULL;
}

static const struct operation_unit *find_unit(const struct operation *operation,
                                              struct text target)
{
    for (size_t i = 0; i < operation->unit_count; i++) {
        if (text_equal(operation->units[i].target, target)) {
            return &operation->units[i];
        }
    }
    return NULL;
}

/* Whether a later operation left the release because it was bad. */
static bool was_left(const struct operations *operations, size_t from, struct text target,
                     struct text release)
{
    for (size_t i = from; i < operations->count; i++) {
        const struct operation *operation = &operations->list[i];
        const struct operation_unit *unit = find_unit(operation, target);
        bool is_left = unit && operation->is_rollback ? text_equal(unit->before, release)
                       : unit && operation->outcome == OPERATION_TAKEN_BACK
                           ? text_equal(unit->after, release)
                           : false;
        if (is_left) {
            return true;
        }
    }
    return false;
}

static bool is_healthy_elsewhere(const struct operations *operations, size_t at,
                                 const struct operation_unit *unit, struct text live)
{
    return unit->after.size > 0 && !text_equal(unit->after, live) &&
           !was_left(operations, at + 1, unit->target, unit->after);
}

/* What was live when the first promotion of this journal began: nobody here judged it, but it was
 * production. */
static bool find_oldest(const struct operations *operations, struct text target,
                        struct text live, struct text *ret_release)
{
    for (size_t i = 0; i < operations->count; i++) {
        const struct operation_unit *unit = find_unit(&operations->list[i], target);
        if (unit && !operations->list[i].is_rollback) {
            *ret_release = unit->before;
            return unit->before.size > 0 && !text_equal(unit->before, live);
        }
    }
    return false;
}

bool operations_find_earlier(const struct operations *operations, struct text target,
                             struct text live, size_t *place, struct text *ret_release)
{
    while (*place < operations->count) {
        size_t at = operations->count - ++*place;
        const struct operation *operation = &operations->list[at];
        const struct operation_unit *unit = find_unit(operation, target);
        if (unit && !operation->is_rollback && operation->outcome == OPERATION_PROMOTED &&
            is_healthy_elsewhere(operations, at, unit, live)) {
            *ret_release = unit->after;
            return true;
        }
    }
    return (*place)++ == operations->count &&
           find_oldest(operations, target, live, ret_release);
}
