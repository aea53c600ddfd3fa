/* SPDX-License-Identifier: MIT */
#include "match/composite.h"
#include "run/plan/plan_parts.h"
#include "world/precheck.h"
#include "world/roster.h"

struct matching {
    struct plan *plan;
    struct problems *problems;
    struct roster roster;
    struct arena scratch; /* of the matches of one pickle */
    struct span compares; /* the first step that compares with the recording, or nowhere */
    bool is_fine;
};

/* Where the text of a step stands; the whole step where a row made it. */
static struct span text_span(const struct source *source, const struct pickle_step *step)
{
    const char *start = source->bytes.at;
    const char *text = step->text.at;
    if (text < start || text + step->text.size > start + source->bytes.size) {
        return step->span;
    }
    size_t offset = (size_t)(text - start);
    return span_make(source, offset, offset + step->text.size);
}

/* People of "these players:", and who acts in the rows of "at the same time:". */
static void add_rows(struct matching *matching, const struct source *source,
                     const struct step_match *match, const struct table *table)
{
    enum step_takes takes = match->definition->takes;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct cell *cell = &table->rows[i].cells[0];
        struct span at =
            span_make(source, cell->place.start, cell->place.start + cell->place.size);
        if (takes == TAKES_PEOPLE) {
            for (size_t j = 0; j < table->rows[i].cell_count; j++) {
                roster_add_member(&matching->roster, table->rows[i].cells[j].value, at);
            }
        } else if (takes == TAKES_STEPS) {
            const struct step_matches *matches = registry_look(
                matching->plan->registry, text_trim(cell->value), &matching->scratch);
            if (matches->count == 1) {
                roster_add(&matching->roster, matches->list, at);
            }
        }
    }
}

static void match_step(struct matching *matching, const struct feature_file *file,
                       const struct pickle_step *step)
{
    struct plan *plan = matching->plan;
    const struct step_matches *matches =
        registry_look(plan->registry, step->text, &matching->scratch);
    if (matches->count != 1) {
        matching->roster.has_unknown = true;
        plan->undefined_steps += matches->count == 0;
        plan->ambiguous_steps += matches->count > 1;
        return;
    }
    struct span at = text_span(&file->source, step);
    if (!matching->compares.source && plan_step_compares(plan, matches->list)) {
        matching->compares = at;
    }
    roster_add(&matching->roster, matches->list, at);
    if (step->table) {
        add_rows(matching, &file->source, matches->list, step->table);
    }
    if (!precheck_step(&plan->precheck, matches->list, step, &file->source, at,
                       matching->problems)) {
        matching->is_fine = false;
    }
}

static void match_pickle(struct matching *matching, const struct feature_file *file,
                         const struct pickle *pickle)
{
    roster_clear(&matching->roster);
    matching->compares = span_none();
    arena_clear(&matching->scratch);
    /* Features around a scenario may let its actors act. */
    matching->roster.has_unknown = matching->plan->hook_count > 0;
    for (uint32_t i = 0; i < pickle->step_count; i++) {
        struct pickle_step step = pickle_step(pickle, i);
        match_step(matching, file, &step);
    }
    if (matching->compares.source &&
        !plan_check_recording(matching->plan, file, pickle, matching->compares,
                              matching->problems)) {
        matching->is_fine = false;
    }
    if (!roster_check(&matching->roster, matching->problems)) {
        matching->is_fine = false;
    }
}

/* The steps inside composite steps, whether they are used or not. */
static void check_composites(struct matching *matching)
{
    const struct registry *registry = matching->plan->registry;
    for (size_t i = 0; i < registry_count(registry); i++) {
        const struct composite *composite = registry_definition(registry, i)->composite;
        for (size_t j = 0; composite && j < composite->step_count; j++) {
            const struct composite_step *step = &composite->steps[j];
            const struct source *source = composite->at.source;
            if (!precheck_step(&matching->plan->precheck, step->match, &step->pickle, source,
                               text_span(source, &step->pickle), matching->problems)) {
                matching->is_fine = false;
            }
        }
    }
}

bool plan_match(struct plan *plan, const struct config_settings *settings,
                struct problems *problems)
{
    struct matching matching = { .plan = plan, .problems = problems, .is_fine = true };
    roster_init(&matching.roster);
    arena_init(&matching.scratch);
    precheck_init(&plan->precheck, plan->registry, settings);
    check_composites(&matching);
    plan_find_comparing(plan);
    for (size_t i = 0; i < plan->count; i++) {
        const struct planned_scenario *scenario = &plan->list[i];
        match_pickle(&matching, &plan->files[scenario->file], scenario->pickle);
    }
    for (size_t i = 0; i < plan->hook_count; i++) {
        const struct feature_file *file = plan->hooks[i].file;
        for (size_t j = 0; j < file->pickles.count; j++) {
            match_pickle(&matching, file, &file->pickles.list[j]);
        }
    }
    roster_release(&matching.roster);
    arena_release(&matching.scratch);
    return matching.is_fine;
}
