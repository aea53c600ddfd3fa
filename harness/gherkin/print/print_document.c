/* SPDX-License-Identifier: MIT */
#include "gherkin/print.h"

#include "gherkin/print/json_parts.h"

static const char *type_name(enum step_type type)
{
    static const char *const names[] = {
        [STEP_UNKNOWN] = "Unknown",         [STEP_CONTEXT] = "Context",
        [STEP_ACTION] = "Action",           [STEP_OUTCOME] = "Outcome",
        [STEP_CONJUNCTION] = "Conjunction",
    };
    return names[type];
}

static void print_tags(const struct document_printer *printer, const struct tags *tags)
{
    struct buffer *out = printer->out;
    buffer_add_string(out, "\"tags\":[");
    for (uint32_t i = 0; tags && i < tags->count; i++) {
        const struct tag *tag = &tags->list[i];
        buffer_add_string(out, i ? ",{" : "{");
        print_json_location(printer, tag->line, tag->name.start);
        print_json_field(out, ",\"name\":", document_text(printer->document, tag->name));
        print_json_id(printer, ",\"id\":", tag->id);
        buffer_add_byte(out, '}');
    }
    buffer_add_string(out, "],");
}

/* Location, keyword, name and description, with a comma behind them. */
static void print_heading(const struct document_printer *printer, const struct heading *heading)
{
    const struct document *document = printer->document;
    struct buffer *out = printer->out;
    print_json_location(printer, heading->line, heading->start);
    print_json_field(out, ",\"keyword\":", heading_keyword(document, heading));
    print_json_field(out, ",\"name\":", document_text(document, heading->name));
    print_json_field(
        out, ",\"description\":", heading->description ? *heading->description : TEXT_EMPTY);
    buffer_add_byte(out, ',');
}

static void print_row(const struct document_printer *printer, const struct row *row,
                      uint64_t id)
{
    struct buffer *out = printer->out;
    buffer_add_byte(out, '{');
    print_json_location(printer, row->line, row->place.start);
    buffer_add_string(out, ",\"cells\":[");
    for (uint32_t i = 0; i < row->cell_count; i++) {
        buffer_add_string(out, i ? ",{" : "{");
        print_json_location(printer, row->line, row->cells[i].place.start);
        print_json_field(out, ",\"value\":", row->cells[i].value);
        buffer_add_byte(out, '}');
    }
    print_json_id(printer, "],\"id\":", id);
    buffer_add_byte(out, '}');
}

/* The rows from the first on, without brackets. */
static void print_rows(const struct document_printer *printer, const struct table *table,
                       uint32_t first, uint64_t first_id)
{
    for (uint32_t i = first; i < table->row_count; i++) {
        buffer_add_string(printer->out, i > first ? "," : "");
        print_row(printer, &table->rows[i], first_id + i);
    }
}

static void print_data_table(const struct document_printer *printer, const struct table *table,
                             uint64_t first_id)
{
    buffer_add_string(printer->out, ",\"dataTable\":{");
    print_json_location(printer, table->rows[0].line, table->rows[0].place.start);
    buffer_add_string(printer->out, ",\"rows\":[");
    print_rows(printer, table, 0, first_id);
    buffer_add_string(printer->out, "]}");
}

static void print_doc_string(const struct document_printer *printer,
                             const struct doc_string *doc_string)
{
    struct buffer *out = printer->out;
    buffer_add_string(out, ",\"docString\":{");
    print_json_location(printer, doc_string->line, doc_string->place.start);
    if (doc_string->media_type.size) {
        print_json_field(out, ",\"mediaType\":", doc_string->media_type);
    }
    print_json_field(out, ",\"content\":", doc_string->content);
    print_json_field(out, ",\"delimiter\":", doc_string->delimiter);
    buffer_add_byte(out, '}');
}

/* Adds the step; first_id is that of the rows of its table, which come before its own. */
static void print_step(const struct document_printer *printer, const struct step_node *step,
                       uint64_t first_id)
{
    const struct document *document = printer->document;
    struct buffer *out = printer->out;
    buffer_add_byte(out, '{');
    print_json_location(printer, step->line, step->start);
    print_json_field(out, ",\"keyword\":", step_node_keyword(document, step));
    print_json_field(out, ",\"keywordType\":", text_of(type_name((enum step_type)step->type)));
    print_json_field(out, ",\"text\":", step_node_text(document, step));
    const struct step_argument *argument = step_node_argument(document, step);
    if (argument && argument->table) {
        print_data_table(printer, argument->table, first_id);
    }
    if (argument && argument->doc_string) {
        print_doc_string(printer, argument->doc_string);
    }
    print_json_id(printer, ",\"id\":", first_id + step_row_count(document, step));
    buffer_add_byte(out, '}');
}

static void print_steps(const struct document_printer *printer, const struct step_node *steps,
                        uint32_t count, uint64_t end_id)
{
    const struct document *document = printer->document;
    uint64_t id = first_step_id(document, steps, count, end_id);
    buffer_add_string(printer->out, "\"steps\":[");
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_string(printer->out, i ? "," : "");
        print_step(printer, &steps[i], id);
        id += 1 + step_row_count(document, &steps[i]);
    }
    buffer_add_byte(printer->out, ']');
}

static void print_examples(const struct document_printer *printer,
                           const struct examples *examples)
{
    struct buffer *out = printer->out;
    buffer_add_byte(out, '{');
    print_tags(printer, examples->heading.tags);
    print_heading(printer, &examples->heading);
    uint64_t first_id = first_row_id(examples);
    if (examples->table) {
        buffer_add_string(out, "\"tableHeader\":");
        print_row(printer, &examples->table->rows[0], first_id);
        buffer_add_byte(out, ',');
    }
    buffer_add_string(out, "\"tableBody\":[");
    if (examples->table) {
        print_rows(printer, examples->table, 1, first_id);
    }
    print_json_id(printer, "],\"id\":", examples->heading.id);
    buffer_add_byte(out, '}');
}

static void print_scenario(const struct document_printer *printer,
                           const struct scenario *scenario)
{
    struct buffer *out = printer->out;
    buffer_add_string(out, "{\"scenario\":{");
    print_tags(printer, scenario->heading.tags);
    print_heading(printer, &scenario->heading);
    print_steps(printer, scenario->steps, scenario->step_count, end_step_id(scenario));
    buffer_add_string(out, ",\"examples\":[");
    for (uint32_t i = 0; i < scenario->examples_count; i++) {
        buffer_add_string(out, i ? "," : "");
        print_examples(printer, &scenario->examples[i]);
    }
    print_json_id(printer, "],\"id\":", scenario->heading.id);
    buffer_add_string(out, "}}");
}

static void print_background(const struct document_printer *printer,
                             const struct background *background)
{
    const struct heading *heading = &background->heading;
    buffer_add_string(printer->out, "{\"background\":{");
    print_heading(printer, heading);
    print_steps(printer, background->steps, background->step_count, heading->id);
    print_json_id(printer, ",\"id\":", heading->id);
    buffer_add_string(printer->out, "}}");
}

/* Background and scenarios; the comma between, and the count of what was added. */
static uint32_t print_children(const struct document_printer *printer,
                               const struct background *background,
                               const struct scenario *const *scenarios, uint32_t count)
{
    buffer_add_string(printer->out, "\"children\":[");
    uint32_t printed = 0;
    if (background) {
        print_background(printer, background);
        printed++;
    }
    for (uint32_t i = 0; i < count; i++) {
        buffer_add_string(printer->out, printed ? "," : "");
        print_scenario(printer, scenarios[i]);
        printed++;
    }
    return printed;
}

static void print_rule(const struct document_printer *printer, const struct rule *rule)
{
    struct buffer *out = printer->out;
    buffer_add_string(out, "{\"rule\":{");
    print_tags(printer, rule->heading.tags);
    print_heading(printer, &rule->heading);
    print_children(printer, rule->background, rule->scenarios, rule->scenario_count);
    print_json_id(printer, "],\"id\":", rule->heading.id);
    buffer_add_string(out, "}}");
}

static void print_feature(const struct document_printer *printer, const struct feature *feature)
{
    struct buffer *out = printer->out;
    buffer_add_string(out, "\"feature\":{");
    print_tags(printer, feature->heading.tags);
    print_heading(printer, &feature->heading);
    print_json_field(out, "\"language\":", printer->document->language);
    buffer_add_byte(out, ',');
    uint32_t printed = print_children(printer, feature->background, feature->scenarios,
                                      feature->scenario_count);
    for (uint32_t i = 0; i < feature->rule_count; i++) {
        buffer_add_string(out, printed ? "," : "");
        print_rule(printer, feature->rules[i]);
        printed++;
    }
    buffer_add_string(out, "]},");
}

static void print_comments(const struct document_printer *printer)
{
    const struct document *document = printer->document;
    struct buffer *out = printer->out;
    buffer_add_string(out, "\"comments\":[");
    for (uint32_t i = 0; i < document->comment_count; i++) {
        const struct comment *comment = &document->comments[i];
        buffer_add_string(out, i ? ",{" : "{");
        print_json_location(printer, comment->line, comment->place.start);
        print_json_field(out, ",\"text\":", document_text(document, comment->place));
        buffer_add_byte(out, '}');
    }
    buffer_add_byte(out, ']');
}

void gherkin_print_document(struct buffer *out, const struct document *document,
                            struct text uri, uint64_t first_id)
{
    struct document_printer printer = { out, document, first_id };
    print_json_field(out, "{\"gherkinDocument\":{\"uri\":", uri);
    buffer_add_byte(out, ',');
    if (document->feature) {
        print_feature(&printer, document->feature);
    }
    print_comments(&printer);
    buffer_add_string(out, "}}");
}
