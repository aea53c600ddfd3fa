/* SPDX-License-Identifier: MIT */
#include "gherkin/print.h"

#include "gherkin/print/json_parts.h"

/* One pickle with the id of the row it was made from. */
struct pickle_printer {
    struct document_printer ids;
    const struct pickle *pickle;
    uint64_t row_id; /* of no meaning outside of an outline */
};

static uint64_t row_id_of(const struct pickle *pickle)
{
    return pickle->row ? first_row_id(pickle->row->examples) + pickle->row->row_number : 0;
}

static void print_ast_ids(const struct pickle_printer *printer, uint64_t node_id, bool has_row)
{
    print_json_id(&printer->ids, "\"astNodeIds\":[", node_id);
    if (has_row) {
        print_json_id(&printer->ids, ",", printer->row_id);
    }
    buffer_add_byte(printer->ids.out, ']');
}

/* With two arguments each says which one it is. */
static void print_argument_index(struct buffer *out, const struct pickle_step *step,
                                 bool is_first)
{
    if (step->doc_string && step->table) {
        buffer_add_format(out, "\"argumentIndex\":%d,", is_first ? 1 : 2);
    }
}

static void print_table(struct buffer *out, const struct table *table)
{
    buffer_add_string(out, "\"rows\":[");
    for (uint32_t i = 0; i < table->row_count; i++) {
        buffer_add_string(out, i ? ",{\"cells\":[" : "{\"cells\":[");
        for (uint32_t j = 0; j < table->rows[i].cell_count; j++) {
            print_json_field(out,
                             j ? ",{\"value\":" : "{\"value\":", table->rows[i].cells[j].value);
            buffer_add_byte(out, '}');
        }
        buffer_add_string(out, "]}");
    }
    buffer_add_string(out, "]}");
}

static void print_argument(struct buffer *out, const struct pickle_step *step)
{
    if (!step->doc_string && !step->table) {
        return;
    }
    buffer_add_string(out, ",\"argument\":{");
    if (step->doc_string) {
        buffer_add_string(out, "\"docString\":{");
        print_argument_index(out, step, !step->is_table_first);
        print_json_field(out, "\"content\":", step->doc_string->content);
        if (step->doc_string->media_type.size) {
            print_json_field(out, ",\"mediaType\":", step->doc_string->media_type);
        }
        buffer_add_string(out, step->table ? "}," : "}");
    }
    if (step->table) {
        buffer_add_string(out, "\"dataTable\":{");
        print_argument_index(out, step, step->is_table_first);
        print_table(out, step->table);
    }
    buffer_add_byte(out, '}');
}

static const char *type_name(enum step_type type)
{
    static const char *const names[] = {
        [STEP_UNKNOWN] = "Unknown", [STEP_CONTEXT] = "Context",     [STEP_ACTION] = "Action",
        [STEP_OUTCOME] = "Outcome", [STEP_CONJUNCTION] = "Unknown",
    };
    return names[type];
}

static void print_step(const struct pickle_printer *printer, const struct pickle_step *step,
                       uint64_t node_id)
{
    struct buffer *out = printer->ids.out;
    print_json_id(&printer->ids, "{\"id\":", step->id);
    print_json_field(out, ",\"text\":", step->text);
    print_json_field(out, ",\"type\":", text_of(type_name(step->type)));
    print_argument(out, step);
    buffer_add_byte(out, ',');
    print_ast_ids(printer, node_id, printer->pickle->row && !step->is_background);
    buffer_add_byte(out, '}');
}

/* count steps of the pickle from `first` on, which are all steps of one node. */
static void print_steps_of(const struct pickle_printer *printer, uint32_t first, uint32_t count,
                           uint64_t node_id)
{
    const struct document *document = printer->ids.document;
    for (uint32_t i = first; i < first + count; i++) {
        struct pickle_step step = pickle_step(printer->pickle, i);
        node_id += step_row_count(document, step.step);
        buffer_add_string(printer->ids.out, i ? "," : "");
        print_step(printer, &step, node_id);
        node_id++;
    }
}

static uint32_t print_background_steps(const struct pickle_printer *printer, uint32_t first,
                                       const struct background *background)
{
    if (!background || printer->pickle->background_step_count == 0) {
        return 0;
    }
    print_steps_of(printer, first, background->step_count,
                   first_step_id(printer->ids.document, background->steps,
                                 background->step_count, background->heading.id));
    return background->step_count;
}

static void print_steps(const struct pickle_printer *printer)
{
    const struct pickle *pickle = printer->pickle;
    const struct scenario *scenario = pickle->scenario;
    uint32_t count = print_background_steps(printer, 0, pickle->document->feature->background);
    count +=
        print_background_steps(printer, count, pickle->rule ? pickle->rule->background : NULL);
    print_steps_of(printer, count, scenario->step_count,
                   first_step_id(pickle->document, scenario->steps, scenario->step_count,
                                 end_step_id(scenario)));
}

static void print_tags(const struct pickle_printer *printer)
{
    const struct pickle *pickle = printer->pickle;
    struct buffer *out = printer->ids.out;
    for (uint32_t i = 0; i < pickle->tags->count; i++) {
        print_json_field(out, i ? ",{\"name\":" : "{\"name\":", pickle_tag_name(pickle, i));
        print_json_id(&printer->ids, ",\"astNodeId\":", pickle->tags->list[i]->id);
        buffer_add_byte(out, '}');
    }
}

void gherkin_print_pickle(struct buffer *out, const struct pickle *pickle, struct text uri,
                          uint64_t first_id)
{
    struct pickle_printer printer = {
        .ids = { out, pickle->document, first_id },
        .pickle = pickle,
        .row_id = row_id_of(pickle),
    };
    print_json_id(&printer.ids, "{\"pickle\":{\"id\":", pickle->id);
    print_json_field(out, ",\"uri\":", uri);
    buffer_add_byte(out, ',');
    print_json_location(&printer.ids, pickle_line(pickle), pickle_span(pickle).start);
    buffer_add_byte(out, ',');
    print_ast_ids(&printer, pickle->scenario->heading.id, pickle->row);
    print_json_field(out, ",\"name\":", pickle_name(pickle));
    print_json_field(out, ",\"language\":", pickle->document->language);
    buffer_add_string(out, ",\"steps\":[");
    print_steps(&printer);
    buffer_add_string(out, "],\"tags\":[");
    print_tags(&printer);
    buffer_add_string(out, "]}}");
}
