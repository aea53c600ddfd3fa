/* SPDX-License-Identifier: MIT */
/* Section K of the vocabulary: the scenario itself. */
#include "steps/step_functions.h"
#include "world/command.h"
#include "world/host.h"
#include "world/expand_function.h"
#include "world/step.h"
#include "world/value.h"
#include "world/world.h"

/* K1: `afterwards {step}` */
void step_afterwards(struct step *step)
{
    const struct host *host = step->world->context->host;
    host->run_afterwards(host->context, step);
}

/* K2: `the command {string} succeeds` */
void step_command_succeeds(struct step *step)
{
    struct text name;
    if (step_string(step, world_speaker(step), 0, &name)) {
        command_start(step, name);
    }
}

/* K3: `this scenario is pending because {string}` */
void step_is_pending(struct step *step)
{
    struct text reason;
    if (step_string(step, world_speaker(step), 0, &reason)) {
        step_stop(step, STATUS_PENDING, reason);
    }
}

/* K4: `this scenario is skipped unless {value} {comparison}` */
void step_is_skipped_unless(struct step *step)
{
    struct value value;
    bool holds = false;
    struct text why = TEXT_EMPTY;
    if (!step_value(step, 0, &value) ||
        !value_holds(step, &value, value_the(step, &value), step_argument(step, 1),
                     step_argument_span(step, 1), &holds, &why)) {
        return;
    }
    if (!holds) {
        step_stop(step, STATUS_SKIPPED, why);
    }
}

/* K5: `{actor} attach(es) {value} as {string}` */
void step_attach(struct step *step)
{
    const struct host *host = step->world->context->host;
    struct cast cast;
    struct value value;
    if (!step_cast(step, 0, &cast) || !step_value(step, 1, &value)) {
        return;
    }
    for (size_t i = 0; i < cast.count; i++) {
        struct text name;
        struct variable body;
        struct cast one = cast_of_one(step->world, cast.list[i]);
        if (!step_string(step, cast.list[i], 2, &name) ||
            !value_take(step, &value, one, cast.list[i], &body)) {
            return;
        }
        host->attach(host->context, step, name, value_media_type(&value, cast.list[i]),
                     variable_plain(&step->world->arena, &body));
    }
}
