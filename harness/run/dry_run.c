/* SPDX-License-Identifier: MIT */
#include "run/dry_run.h"

#include "base/buffer.h"
#include "match/suggestion.h"

enum { REASON_LIMIT_BYTES = 4096 };

bool step_match_checks(const struct step_match *match)
{
    const struct composite *composite = match->definition->composite;
    if (match->inner) {
        return false; /* a check in the teardown is none of the scenario's */
    }
    for (size_t i = 0; composite && i < composite->step_count; i++) {
        if (step_match_checks(composite->steps[i].match)) {
            return true;
        }
    }
    /* The rows of "at the same time:" are not looked into. */
    return match->definition->is_check || match->definition->takes == TAKES_STEPS;
}

static void print_reason(struct buffer *out, const struct plan *plan, struct text text,
                         const struct step_matches *matches, struct arena *arena)
{
    if (matches->count == 0) {
        struct suggestions suggestions;
        suggestions_find(plan->registry, text, arena, &suggestions);
        suggestions_print(out, &suggestions);
    }
    for (size_t i = 0; matches->count > 1 && i < matches->count; i++) {
        buffer_add_format(out, "%s '%s'", i ? " and" : "it matches",
                          matches->list[i].definition->expression);
    }
}

static enum status tell_step(struct emitter *emitter, const struct plan *plan,
                             const struct pickle_step *step, const struct step_matches *matches,
                             struct arena *arena)
{
    enum status status = matches->count == 0   ? STATUS_UNDEFINED
                         : matches->count == 1 ? STATUS_SKIPPED
                                               : STATUS_AMBIGUOUS;
    CLEANUP(buffer_release) struct buffer reason;
    buffer_init(&reason, REASON_LIMIT_BYTES);
    print_reason(&reason, plan, step->text, matches, arena);
    emitter_end_line(emitter, status, 0, NULL, buffer_text(&reason), step->span);
    return status;
}

const struct result *dry_run_result(struct emitter *emitter, const struct plan *plan,
                                    uint32_t index, uint64_t now_ns)
{
    const struct planned_scenario *scenario = &plan->list[index];
    struct scenario_started started = { .scenario = index };
    enum status status = STATUS_SKIPPED;
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    bool has_check = scenario->phase == PLAN_BEFORE_ALL || scenario->phase == PLAN_AFTER_ALL;
    emitter_start(emitter, &started, now_ns);
    for (uint32_t i = 0; i < scenario->pickle->step_count; i++) {
        struct pickle_step step = pickle_step(scenario->pickle, i);
        const struct step_matches *matches = registry_look(plan->registry, step.text, &arena);
        emitter_begin_step(emitter, i);
        status = status_worse(status, tell_step(emitter, plan, &step, matches, &arena));
        has_check = has_check || matches->count != 1 || step_match_checks(matches->list);
    }
    if (!has_check) {
        status = STATUS_FAILED;
        emitter_say(emitter,
                    scenario->pickle->step_count ? TEXT("the scenario checks nothing")
                                                 : TEXT("the scenario has no steps"),
                    TEXT("end it with a check, such as: Then the status is 200"));
    }
    return emitter_finish(emitter, status, 0, false);
}
