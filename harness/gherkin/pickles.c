/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "gherkin/outline.h"
#include "gherkin/pickle.h"

struct compiler {
    const struct document *document;
    struct arena *arena;
    struct outline outline;
    struct pickle *list;
    uint32_t count;
    uint32_t next_id;
    /* What the scenarios of the feature or rule at hand share. */
    const struct rule *rule;
    const struct pickle_tags *tags;
    uint32_t background_step_count;
};

/* Adds tags to those inherited; shares them where there is nothing to add. */
static const struct pickle_tags *
add_tags(struct compiler *compiler, const struct pickle_tags *inherited, const struct tags *own)
{
    if (!own) {
        return inherited;
    }
    struct pickle_tags *tags =
        arena_alloc(compiler->arena, sizeof *tags + (inherited->count + (size_t)own->count) *
                                                        sizeof tags->list[0]);
    for (uint32_t i = 0; i < inherited->count; i++) {
        tags->list[tags->count++] = inherited->list[i];
    }
    for (uint32_t i = 0; i < own->count; i++) {
        tags->list[tags->count++] = &own->list[i];
    }
    return tags;
}

static void add_pickle(struct compiler *compiler, const struct scenario *scenario,
                       const struct pickle_tags *tags, const struct outline_row *row)
{
    uint32_t background_step_count = scenario->step_count ? compiler->background_step_count : 0;
    uint32_t step_count = background_step_count + scenario->step_count;
    struct pickle *pickle = &compiler->list[compiler->count];
    *pickle = (struct pickle){
        .document = compiler->document,
        .rule = compiler->rule,
        .scenario = scenario,
        .row = row,
        .tags = tags,
        .index = compiler->count,
        .id = compiler->next_id + step_count,
        .step_count = step_count,
        .background_step_count = background_step_count,
    };
    compiler->next_id = pickle->id + 1;
    compiler->count++;
}

static void add_rows(struct compiler *compiler, const struct scenario *scenario,
                     const struct pickle_tags *inherited, uint32_t examples_index)
{
    const struct examples *examples = &scenario->examples[examples_index];
    if (!examples->table) {
        return;
    }
    const struct pickle_tags *tags = add_tags(compiler, inherited, examples->heading.tags);
    outline_start(&compiler->outline, examples);
    for (uint32_t i = 1; i < examples->table->row_count; i++) {
        struct outline_row *row =
            outline_fill(&compiler->outline, scenario, &examples->table->rows[i]);
        if (compiler->outline.is_over_limit) {
            return;
        }
        row->examples = examples;
        row->examples_number = examples_index + 1;
        row->row_number = i;
        add_pickle(compiler, scenario, tags, row);
    }
}

static void add_scenarios(struct compiler *compiler, const struct scenario *const *scenarios,
                          uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct scenario *scenario = scenarios[i];
        const struct pickle_tags *tags =
            add_tags(compiler, compiler->tags, scenario->heading.tags);
        if (scenario->examples_count == 0) {
            add_pickle(compiler, scenario, tags, NULL);
        }
        for (uint32_t j = 0; j < scenario->examples_count; j++) {
            add_rows(compiler, scenario, tags, j);
        }
    }
}

static uint32_t step_count_of(const struct background *background)
{
    return background ? background->step_count : 0;
}

static void add_feature(struct compiler *compiler, const struct feature *feature)
{
    const struct pickle_tags *none = ARENA_NEW(compiler->arena, struct pickle_tags);
    const struct pickle_tags *tags = add_tags(compiler, none, feature->heading.tags);
    compiler->tags = tags;
    compiler->background_step_count = step_count_of(feature->background);
    add_scenarios(compiler, feature->scenarios, feature->scenario_count);
    for (uint32_t i = 0; i < feature->rule_count; i++) {
        const struct rule *rule = feature->rules[i];
        compiler->rule = rule;
        compiler->tags = add_tags(compiler, tags, rule->heading.tags);
        compiler->background_step_count =
            step_count_of(feature->background) + step_count_of(rule->background);
        add_scenarios(compiler, rule->scenarios, rule->scenario_count);
    }
}

static size_t count_pickles_of(const struct scenario *const *scenarios, uint32_t count)
{
    size_t pickle_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct scenario *scenario = scenarios[i];
        pickle_count += scenario->examples_count == 0;
        for (uint32_t j = 0; j < scenario->examples_count; j++) {
            const struct table *table = scenario->examples[j].table;
            pickle_count += table ? table->row_count - 1 : 0;
        }
    }
    return pickle_count;
}

static size_t count_pickles(const struct feature *feature)
{
    size_t count = count_pickles_of(feature->scenarios, feature->scenario_count);
    for (uint32_t i = 0; i < feature->rule_count; i++) {
        count +=
            count_pickles_of(feature->rules[i]->scenarios, feature->rules[i]->scenario_count);
    }
    return count;
}

bool pickles_compile(const struct document *document, struct arena *arena,
                     struct pickles *ret_pickles, struct problems *problems)
{
    struct compiler compiler = {
        .document = document,
        .arena = arena,
        .next_id = document->id_count,
    };
    if (document->feature) {
        compiler.list = ARENA_ARRAY(arena, count_pickles(document->feature), struct pickle);
        outline_init(&compiler.outline, document, arena, PICKLES_TEXT_LIMIT_BYTES);
        add_feature(&compiler, document->feature);
        outline_release(&compiler.outline);
    }
    if (compiler.outline.is_over_limit) {
        problems_add(problems, PROBLEM_INPUT,
                     document_span(document, compiler.outline.row->place),
                     "values that name other headers are filled in again: make them shorter",
                     "the values of the examples make a text of more than %d MiB, or %d in all",
                     OUTLINE_TEXT_LIMIT_BYTES >> 20, PICKLES_TEXT_LIMIT_BYTES >> 20);
        return false;
    }
    *ret_pickles = (struct pickles){ compiler.list, compiler.count, compiler.next_id };
    return true;
}
