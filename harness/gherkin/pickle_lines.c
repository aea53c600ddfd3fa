/* SPDX-License-Identifier: MIT */
#include "gherkin/pickle.h"

struct lines {
    uint32_t first;
    uint32_t last;
};

static bool has_line(struct lines lines, uint32_t line)
{
    return line >= lines.first && line <= lines.last;
}

static uint32_t first_line(const struct heading *heading)
{
    return heading->tags ? heading->tags->list[0].line : heading->line;
}

static uint32_t last_row_line(const struct table *table)
{
    return table->rows[table->row_count - 1].line;
}

static uint32_t last_doc_string_line(const struct document *document,
                                     const struct doc_string *doc_string)
{
    struct text written = document_text(document, doc_string->place);
    uint32_t line = doc_string->line;
    size_t at = text_find_byte(written, '\n', 0);
    while (at < written.size) {
        line++;
        at = text_find_byte(written, '\n', at + 1);
    }
    return line;
}

static uint32_t last_step_line(const struct document *document, const struct step_node *step)
{
    const struct step_argument *argument = step_node_argument(document, step);
    if (!argument) {
        return step->line;
    }
    if (argument->table && !(argument->doc_string && argument->is_table_first)) {
        return last_row_line(argument->table);
    }
    return last_doc_string_line(document, argument->doc_string);
}

static struct lines examples_lines(const struct examples *examples)
{
    uint32_t last = examples->table ? last_row_line(examples->table) : examples->heading.line;
    return (struct lines){ first_line(&examples->heading), last };
}

static struct lines scenario_lines(const struct document *document,
                                   const struct scenario *scenario)
{
    uint32_t last = scenario->heading.line;
    if (scenario->examples_count) {
        last = examples_lines(&scenario->examples[scenario->examples_count - 1]).last;
    } else if (scenario->step_count) {
        last = last_step_line(document, &scenario->steps[scenario->step_count - 1]);
    }
    return (struct lines){ first_line(&scenario->heading), last };
}

/* A line of a row is that row; any other of the examples is all their rows. */
static bool is_at_examples_line(const struct pickle *pickle, const struct examples *examples,
                                uint32_t line)
{
    if (examples != pickle->row->examples) {
        return false;
    }
    const struct table *table = examples->table;
    for (uint32_t i = 1; i < table->row_count; i++) {
        if (table->rows[i].line == line) {
            return &table->rows[i] == pickle->row->row;
        }
    }
    return true;
}

bool pickle_is_at_line(const struct pickle *pickle, uint32_t line)
{
    const struct scenario *scenario = pickle->scenario;
    if (!has_line(scenario_lines(pickle->document, scenario), line)) {
        return false;
    }
    for (uint32_t i = 0; pickle->row && i < scenario->examples_count; i++) {
        if (has_line(examples_lines(&scenario->examples[i]), line)) {
            return is_at_examples_line(pickle, &scenario->examples[i], line);
        }
    }
    return true;
}
