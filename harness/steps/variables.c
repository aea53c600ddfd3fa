/* SPDX-License-Identifier: MIT */
/* Section G of the vocabulary: variables, files, time. */
#include "steps/step_functions.h"
#include "world/expand_function.h"
#include "world/project_file.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* One value of each actor of the step, handed to `use`. */
static void take_each(struct step *step, size_t value_index,
                      bool (*use)(struct step *step, struct actor *actor,
                                  const struct variable *variable))
{
    struct cast cast;
    struct value value;
    if (!step_cast(step, 0, &cast) || !step_value(step, value_index, &value)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct variable variable;
        struct cast one = cast_of_one(step->world, cast.list[i]);
        if (!value_take(step, &value, one, cast.list[i], &variable) ||
            !use(step, cast.list[i], &variable)) {
            return;
        }
    }
}

static bool save_as(struct step *step, struct actor *actor, const struct variable *variable)
{
    struct text name;
    if (!step_string(step, actor, 2, &name)) {
        return false;
    }
    scope_save(step->scope, actor, name, variable->value, variable->kind);
    return true;
}

/* G1: `{actor} save(s) {value} as {string}` */
void step_save(struct step *step)
{
    take_each(step, 1, save_as);
}

static bool save_as_secret(struct step *step, struct actor *actor,
                           const struct variable *variable)
{
    world_learn_secret(step->world, variable_plain(&step->world->arena, variable));
    return save_as(step, actor, variable);
}

/* G2: `{actor} save(s) {value} as secret {string}` */
void step_save_secret(struct step *step)
{
    take_each(step, 1, save_as_secret);
}

static bool save_match(struct step *step, struct actor *actor, const struct variable *variable)
{
    struct text plain = variable_plain(&step->world->arena, variable);
    struct text name;
    struct text found;
    if (!step_string(step, actor, 3, &name) ||
        !step_match_regex(step, actor, 1, plain, &found)) {
        return false;
    }
    scope_save(step->scope, actor, name, found, VARIABLE_TEXT);
    return true;
}

/* G3: `{actor} save(s) the match of {regex} in {value} as {string}` */
void step_save_match(struct step *step)
{
    take_each(step, 2, save_match);
}

/* G4: `{actor} set(s) variable {string} to {literal}` */
void step_set_variable(struct step *step)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct text name;
        struct variable value;
        if (!step_string(step, cast.list[i], 1, &name) ||
            !step_literal(step, cast.list[i], 2, &value)) {
            return;
        }
        scope_save(step->scope, cast.list[i], name, value.value, value.kind);
    }
}

/* G5: `{actor} set(s) variable {string} to:` */
void step_set_variable_to_text(struct step *step)
{
    struct cast cast;
    if (!step_cast(step, 0, &cast)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct text name;
        struct text content;
        if (!step_string(step, cast.list[i], 1, &name) ||
            !step_doc_string(step, cast.list[i], &content)) {
            return;
        }
        scope_save(step->scope, cast.list[i], name, content, VARIABLE_TEXT);
    }
}

static bool write_file(struct step *step, struct actor *actor, const struct variable *variable)
{
    struct text name;
    return step_string(step, actor, 2, &name) &&
           project_file_write(step, name, variable_plain(&step->world->arena, variable));
}

/* G6: `{actor} write(s) {value} to file {string}` */
void step_write_file(struct step *step)
{
    take_each(step, 1, write_file);
}

/* The deadline ends the wait; only a cancelled run makes it a failure. */
static bool is_never(const struct step *step)
{
    (void)step;
    return false;
}

static void finish_wait(struct step *step, enum step_wait wait)
{
    if (wait == STEP_WAIT_CANCELLED) {
        step_fail_cancelled(step);
    }
}

/* G7: `{actor} wait(s) {duration}` */
void step_wait_duration(struct step *step)
{
    uint64_t duration_ns;
    struct cast cast;
    if (!step_cast(step, 0, &cast) || !step_duration(step, cast.list[0], 1, &duration_ns)) {
        return;
    }
    step->deadline_ns = step->started_ns + duration_ns;
    step->is_done = is_never;
    step->finish = finish_wait;
}
