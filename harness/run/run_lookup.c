/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"
#include "run/run_parts.h"

enum { NAME_LIMIT_BYTES = 1 << 16 };

/* A feature file may hold a secret as it is: no report repeats it. */
static struct text masked(const struct run *run, struct arena *arena, struct text text)
{
    return run->secrets.count > 0 ? secrets_masked(&run->secrets, arena, text) : text;
}

static const struct scenario_step *
describe_steps(const struct run *run, const struct pickle *pickle, struct arena *arena)
{
    struct scenario_step *steps =
        ARENA_ARRAY(arena, pickle->step_count + 1, struct scenario_step);
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        struct pickle_step step = pickle_step(pickle, i);
        struct position at = source_position(step.span.source, step.span.start);
        steps[i] = (struct scenario_step){ .keyword = step.keyword,
                                           .text = masked(run, arena, step.text),
                                           .line = (uint32_t)at.line,
                                           .column = (uint32_t)at.column };
    }
    return steps;
}

void run_describe(void *context, uint32_t index, struct arena *arena,
                  struct scenario_info *ret_info)
{
    const struct run *run = context;
    const struct plan *plan = run->plan;
    const struct planned_scenario *scenario = &plan->list[index];
    const struct pickle *pickle = scenario->pickle;
    const struct feature_file *file = &plan->files[scenario->file];
    struct span span = pickle_span(pickle);
    CLEANUP(buffer_release) struct buffer name;
    buffer_init(&name, NAME_LIMIT_BYTES);
    pickle_print_name(&name, pickle);
    *ret_info = (struct scenario_info){
        .index = index,
        .uri = file->source.name,
        .feature_name = masked(run, arena, pickle_feature_name(pickle)),
        .name = masked(run, arena, pickle_name(pickle)),
        .unique_name = masked(run, arena, arena_text(arena, buffer_text(&name))),
        .line = pickle_line(pickle),
        .column = (uint32_t)source_position(span.source, span.start).column,
        .tags = plan_tags(pickle, arena),
        .tag_count = pickle->tags->count,
        .steps = describe_steps(run, pickle, arena),
        .step_count = pickle->step_count,
    };
}
