/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/alloc.h"
#include "gherkin/build/builder.h"
#include "gherkin/build/description.h"

void *builder_take(struct arena *arena, const void *list, size_t *count, size_t element_size)
{
    if (*count == 0) {
        return NULL;
    }
    void *copy = arena_array(arena, *count, element_size);
    memcpy(copy, list, *count * element_size);
    *count = 0;
    return copy;
}

void builder_finish_description(struct builder *builder)
{
    if (builder->described && builder->has_description &&
        builder->description_end > builder->description_start) {
        builder->described->description =
            description_make(builder->arena, builder->reader->source,
                             builder->description_start, builder->description_end);
    }
    builder->described = NULL;
    builder->has_description = false;
}

static void check_cell_counts(struct builder *builder)
{
    const struct row *rows = builder->lists.rows;
    for (size_t i = 1; i < builder->lists.row_count; i++) {
        if (rows[i].cell_count != rows[0].cell_count) {
            token_reader_error(builder->reader, document_span(builder->document, rows[i].place),
                               "give all rows of a table the same number of cells; a | inside "
                               "of a cell is written \\|",
                               "inconsistent cell count within the table");
            return;
        }
    }
}

/* The table whose rows were read last; NULL where there were none. */
static const struct table *finish_table(struct builder *builder)
{
    size_t row_count = builder->lists.row_count;
    if (row_count == 0) {
        return NULL;
    }
    check_cell_counts(builder);
    builder->next_id += (uint32_t)row_count;
    struct table *table = ARENA_NEW(builder->arena, struct table);
    table->row_count = (uint32_t)row_count;
    table->rows = TAKE_LIST(builder, rows, row_count);
    return table;
}

void builder_finish_step_table(struct builder *builder)
{
    const struct table *table = finish_table(builder);
    if (table) {
        builder->argument.table = table;
        builder->argument.is_table_first = !builder->argument.doc_string;
    }
}

void builder_finish_step(struct builder *builder)
{
    if (!builder->is_in_step) {
        return;
    }
    builder_finish_step_table(builder);
    struct builder_lists *lists = &builder->lists;
    if (builder->argument.table || builder->argument.doc_string) {
        GROW(lists->arguments, lists->argument_count, lists->argument_capacity);
        lists->arguments[lists->argument_count++] = builder->argument;
        lists->steps[lists->step_count - 1].argument = (uint32_t)lists->argument_count;
    }
    builder->argument = (struct step_argument){ 0 };
    builder->is_in_step = false;
    builder->next_id++;
}

/* Tags get their ids when what they tag is complete, as the official parsers do it. */
static void number(struct builder *builder, struct heading *heading)
{
    for (size_t i = 0; heading->tags && i < heading->tags->count; i++) {
        heading->tags->list[i].id = builder->next_id++;
    }
    heading->id = builder->next_id++;
}

void builder_finish_examples(struct builder *builder)
{
    if (builder->is_in_examples) {
        struct examples *examples = &builder->lists.examples[builder->lists.examples_count - 1];
        examples->table = finish_table(builder);
        number(builder, &examples->heading);
        builder->is_in_examples = false;
    }
}

/* Ends the open scenario or background. */
void builder_finish_container(struct builder *builder)
{
    builder_finish_step(builder);
    builder_finish_examples(builder);
    struct builder_lists *lists = &builder->lists;
    uint32_t step_count = (uint32_t)lists->step_count;
    if (builder->scenario) {
        struct scenario *scenario = builder->scenario;
        scenario->step_count = step_count;
        scenario->steps = TAKE_LIST(builder, steps, step_count);
        scenario->examples_count = (uint32_t)lists->examples_count;
        scenario->examples = TAKE_LIST(builder, examples, examples_count);
        number(builder, &scenario->heading);
        GROW(lists->scenarios, lists->scenario_count, lists->scenario_capacity);
        lists->scenarios[lists->scenario_count++] = scenario;
    } else if (builder->background) {
        builder->background->step_count = step_count;
        builder->background->steps = TAKE_LIST(builder, steps, step_count);
        number(builder, &builder->background->heading);
    }
    builder->scenario = NULL;
    builder->background = NULL;
}

/* Ends the open rule, or what stands in the feature before its rules. */
void builder_finish_rule(struct builder *builder)
{
    builder_finish_container(builder);
    struct builder_lists *lists = &builder->lists;
    uint32_t scenario_count = (uint32_t)lists->scenario_count;
    const struct scenario *const *scenarios = TAKE_LIST(builder, scenarios, scenario_count);
    if (builder->rule) {
        builder->rule->scenario_count = scenario_count;
        builder->rule->scenarios = scenarios;
        number(builder, &builder->rule->heading);
        GROW(lists->rules, lists->rule_count, lists->rule_capacity);
        lists->rules[lists->rule_count++] = builder->rule;
        builder->rule = NULL;
    } else if (builder->feature) {
        builder->feature->scenario_count = scenario_count;
        builder->feature->scenarios = scenarios;
    }
}

void builder_finish_document(struct builder *builder)
{
    builder_finish_rule(builder);
    struct builder_lists *lists = &builder->lists;
    struct document *document = builder->document;
    if (builder->feature) {
        builder->feature->rule_count = (uint32_t)lists->rule_count;
        builder->feature->rules = TAKE_LIST(builder, rules, rule_count);
        number(builder, &builder->feature->heading);
        builder->next_id--; /* a feature has no id of its own */
    }
    document->feature = builder->feature;
    document->dialect = builder->reader->dialect;
    document->language = text_of(document->dialect->name);
    document->comment_count = (uint32_t)lists->comment_count;
    document->comments = TAKE_LIST(builder, comments, comment_count);
    document->arguments = TAKE_LIST(builder, arguments, argument_count);
    document->id_count = builder->next_id;
}
