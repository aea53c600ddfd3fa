/* SPDX-License-Identifier: MIT */
#include "run/plan/plan.h"

#include "base/buffer.h"
#include "run/plan/plan_parts.h"

const struct text *plan_tags(const struct pickle *pickle, struct arena *arena)
{
    struct text *tags = ARENA_ARRAY(arena, pickle->tags->count + 1, struct text);
    for (size_t i = 0; i < pickle->tags->count; i++) {
        tags[i] = pickle_tag_name(pickle, i);
    }
    return tags;
}

static void shuffle(uint32_t *list, size_t count, struct random *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)random_below(random, i);
        uint32_t last = list[i - 1];
        list[i - 1] = list[other];
        list[other] = last;
    }
}

static void order_phase(struct plan *plan, enum plan_phase phase, struct random *random)
{
    uint32_t *order = ARENA_ARRAY(&plan->arena, plan->count + 1, uint32_t);
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->list[i].phase == phase) {
            order[count++] = (uint32_t)i;
        }
    }
    if (plan->is_random && (phase == PLAN_PARALLEL || phase == PLAN_SERIAL)) {
        shuffle(order, count, random);
    }
    plan->order[phase] = order;
    plan->order_count[phase] = count;
}

static void order_all(struct plan *plan, const struct run_options *options,
                      struct random *random)
{
    plan->is_random = options->order == RUN_ORDER_RANDOM;
    /* Short enough to be typed again. */
    plan->seed = options->has_seed ? options->seed : random_below(random, 1000000);
    struct random seeded;
    random_init_seeded(&seeded, plan->seed);
    for (int phase = 0; phase < PLAN_PHASE_COUNT; phase++) {
        order_phase(plan, (enum plan_phase)phase, &seeded);
    }
}

bool plan_make(struct plan *plan, const struct run_options *options, struct text folder,
               struct registry *registry, struct random *random, struct problems *problems)
{
    struct selection selection;
    *plan = (struct plan){ .registry = registry,
                           .recordings = options->recordings,
                           .is_recording = options->recorder != NULL };
    arena_init(&plan->arena);
    if (!selection_make(options->paths, options->path_count, folder, &plan->arena, &selection,
                        problems) ||
        !plan_load(plan, &selection, problems) || !plan_filter(plan, options, problems) ||
        !plan_match(plan, options->settings, problems)) {
        return false;
    }
    registry_settle(registry);
    order_all(plan, options, random);
    return true;
}

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->file_count; i++) {
        source_release(&plan->files[i].source);
    }
    for (size_t i = 0; i < plan->step_source_count; i++) {
        source_release(&plan->step_sources[i]);
    }
    precheck_release(&plan->precheck);
    arena_release(&plan->arena);
    *plan = (struct plan){ 0 };
}

void plan_print(const struct plan *plan, struct buffer *out)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct planned_scenario *scenario = &plan->list[i];
        buffer_add_format(out, "%.*s:%u  ", TEXT_ARG(plan->files[scenario->file].source.name),
                          pickle_line(scenario->pickle));
        pickle_print_name(out, scenario->pickle);
        buffer_add_byte(out, '\n');
    }
}
