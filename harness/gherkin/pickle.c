/* SPDX-License-Identifier: MIT */
#include "gherkin/pickle.h"

#include "base/buffer.h"

struct text pickle_name(const struct pickle *pickle)
{
    return pickle->row ? pickle->row->name : pickle_scenario_name(pickle);
}

struct text pickle_feature_name(const struct pickle *pickle)
{
    const struct document *document = pickle->document;
    return document_text(document, document->feature->heading.name);
}

struct text pickle_rule_name(const struct pickle *pickle)
{
    return pickle->rule ? document_text(pickle->document, pickle->rule->heading.name)
                        : TEXT_EMPTY;
}

struct text pickle_scenario_name(const struct pickle *pickle)
{
    return document_text(pickle->document, pickle->scenario->heading.name);
}

struct text pickle_examples_name(const struct pickle *pickle)
{
    return pickle->row ? document_text(pickle->document, pickle->row->examples->heading.name)
                       : TEXT_EMPTY;
}

static void print_part(struct buffer *out, size_t start, struct text part)
{
    if (part.size) {
        buffer_add_string(out, out->size > start ? " - " : "");
        buffer_add(out, part);
    }
}

void pickle_print_name(struct buffer *out, const struct pickle *pickle)
{
    size_t start = out->size;
    struct text scenario_name = pickle_scenario_name(pickle);
    print_part(out, start, pickle_rule_name(pickle));
    print_part(out, start, scenario_name);
    if (!pickle->row) {
        return;
    }
    print_part(out, start, pickle_examples_name(pickle));
    buffer_add_string(out, out->size > start ? " - " : "");
    buffer_add_format(out, "#%u.%u", pickle->row->examples_number, pickle->row->row_number);
    if (!text_equal(pickle->row->name, scenario_name)) {
        buffer_add_string(out, ": ");
        buffer_add(out, pickle->row->name);
    }
}

struct span pickle_span(const struct pickle *pickle)
{
    return pickle->row ? document_span(pickle->document, pickle->row->row->place)
                       : heading_span(pickle->document, &pickle->scenario->heading);
}

uint32_t pickle_line(const struct pickle *pickle)
{
    return pickle->row ? pickle->row->row->line : pickle->scenario->heading.line;
}

uint32_t pickle_scenario_line(const struct pickle *pickle)
{
    return pickle->scenario->heading.line;
}

struct text pickle_tag_name(const struct pickle *pickle, size_t index)
{
    return document_text(pickle->document, pickle->tags->list[index]->name);
}

struct span pickle_tag_span(const struct pickle *pickle, size_t index)
{
    return document_span(pickle->document, pickle->tags->list[index]->name);
}

bool pickle_has_tag(const struct pickle *pickle, struct text name)
{
    for (size_t i = 0; i < pickle->tags->count; i++) {
        if (text_equal(pickle_tag_name(pickle, i), name)) {
            return true;
        }
    }
    return false;
}

/* The steps of the feature's background, then the rule's, then the scenario's. */
static const struct step_node *node_at(const struct pickle *pickle, size_t index)
{
    if (index >= pickle->background_step_count) {
        return &pickle->scenario->steps[index - pickle->background_step_count];
    }
    const struct background *first = pickle->document->feature->background;
    size_t first_count = first ? first->step_count : 0;
    return index < first_count ? &first->steps[index]
                               : &pickle->rule->background->steps[index - first_count];
}

/* And and But are of the type of the step before them. */
static enum step_type type_at(const struct pickle *pickle, size_t index)
{
    enum step_type type = (enum step_type)node_at(pickle, index)->type;
    while (type == STEP_CONJUNCTION) {
        if (index == 0) {
            return STEP_UNKNOWN;
        }
        type = (enum step_type)node_at(pickle, --index)->type;
    }
    return type;
}

struct pickle_step pickle_step(const struct pickle *pickle, size_t index)
{
    const struct document *document = pickle->document;
    const struct step_node *node = node_at(pickle, index);
    bool is_background = index < pickle->background_step_count;
    const struct step_argument *argument = step_node_argument(document, node);
    struct pickle_step step = {
        .step = node,
        .keyword = step_node_keyword(document, node),
        .text = step_node_text(document, node),
        .span = step_node_span(document, node),
        .type = type_at(pickle, index),
        .line = node->line,
        .id = pickle->id - pickle->step_count + (uint32_t)index,
        .is_background = is_background,
    };
    if (pickle->row && !is_background) {
        const struct outline_step *filled =
            &pickle->row->steps[index - pickle->background_step_count];
        step.text = filled->text;
        argument = filled->argument;
    }
    if (argument) {
        step.doc_string = argument->doc_string;
        step.table = argument->table;
        step.is_table_first = argument->is_table_first;
    }
    return step;
}
