/* SPDX-License-Identifier: MIT */
/* The steps of a scenario, and of the features around it, as they were matched before the fork. */
#include "base/buffer.h"
#include "match/suggestion.h"
#include "run/runner_parts.h"

enum { SUGGESTION_LIMIT_BYTES = 4096 };

static struct text suggest(struct runner *runner, struct text text)
{
    CLEANUP(buffer_release) struct buffer out;
    struct suggestions suggestions;
    buffer_init(&out, SUGGESTION_LIMIT_BYTES);
    suggestions_find(runner->setup->plan->registry, text, &runner->arena, &suggestions);
    suggestions_print(&out, &suggestions);
    return arena_text(&runner->arena, buffer_text(&out));
}

static struct planned_steps plan_steps(struct runner *runner, const struct feature_file *file,
                                       const struct pickle *pickle)
{
    struct planned_step *steps =
        ARENA_ARRAY(&runner->arena, pickle->step_count + 1, struct planned_step);
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        struct planned_step *step = &steps[i];
        step->pickle = pickle_step(pickle, i);
        step->matches =
            registry_look(runner->setup->plan->registry, step->pickle.text, &runner->arena);
        if (step->matches->count == 0) {
            step->suggestion = suggest(runner, step->pickle.text);
        }
    }
    return (struct planned_steps){ &file->source, steps, pickle->step_count };
}

/* The scenarios of the features that run before or after one with these tags. */
static const struct planned_steps *plan_around(struct runner *runner, enum hook_kind kind,
                                               const struct pickle *pickle, size_t *ret_count)
{
    const struct plan *plan = runner->setup->plan;
    struct planned_steps *list = NULL;
    size_t count = 0;
    for (size_t i = 0; i < plan->hook_count; i++) {
        const struct planned_hook *hook = &plan->hooks[i];
        const struct pickles *pickles = &hook->file->pickles;
        if (hook->kind != kind ||
            !tag_expression_is_true(hook->tags, plan_tags(pickle, &runner->arena),
                                    pickle->tags->count)) {
            continue;
        }
        struct planned_steps *longer =
            ARENA_ARRAY(&runner->arena, count + pickles->count, struct planned_steps);
        for (size_t j = 0; j < count; j++) {
            longer[j] = list[j];
        }
        list = longer;
        for (size_t j = 0; j < pickles->count; j++) {
            list[count++] = plan_steps(runner, hook->file, &pickles->list[j]);
        }
    }
    *ret_count = count;
    return list;
}

struct attempt_request runner_request(struct runner *runner, uint32_t index)
{
    const struct plan *plan = runner->setup->plan;
    const struct planned_scenario *scenario = &plan->list[index];
    const struct pickle *pickle = scenario->pickle;
    struct attempt_request request = {
        .steps = plan_steps(runner, &plan->files[scenario->file], pickle),
        .name = pickle_name(pickle),
        .feature = plan->files[scenario->file].source.name,
        .pickle = pickle,
        .may_write = pickle_has_tag(pickle, TEXT("@writes-production")),
        .needs_no_check =
            scenario->phase == PLAN_BEFORE_ALL || scenario->phase == PLAN_AFTER_ALL,
    };
    if (!request.needs_no_check && plan->hook_count) {
        request.before = plan_around(runner, HOOK_BEFORE, pickle, &request.before_count);
        request.after = plan_around(runner, HOOK_AFTER, pickle, &request.after_count);
    }
    return request;
}
