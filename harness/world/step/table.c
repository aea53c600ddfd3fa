/* SPDX-License-Identifier: MIT */
#include "world/table.h"

#include "gherkin/pickle.h"
#include "world/expand.h"
#include "world/quoted.h"
#include "world/step.h"
#include "world/world.h"

static struct span place(const struct step *step, struct slice slice)
{
    return span_make(step->at.source, slice.start, slice.start + slice.size);
}

static bool read_row(struct step *step, const struct actor *actor, const struct row *row,
                     struct table_row *ret_row)
{
    struct table_row made = {
        .cells = ARENA_ARRAY(&step->world->arena, row->cell_count, struct table_cell),
        .at = place(step, row->place),
    };
    for (size_t i = 0; i < row->cell_count; i++) {
        made.cells[i].at = place(step, row->cells[i].place);
        made.cells[i].raw = row->cells[i].value;
        if (!expand(step, actor, row->cells[i].value, made.cells[i].at, EXPAND_PLAIN,
                    &made.cells[i].text)) {
            return false;
        }
    }
    *ret_row = made;
    return true;
}

/* The table of a composite's caller stands for a table whose only cell is ${argument}. */
static const struct table *table_of(const struct step *step)
{
    const struct table *table = step->pickle->table;
    const struct table *passed = step->scope->table;
    bool is_argument = table && passed && table->row_count == 1 &&
                       table->rows[0].cell_count == 1 &&
                       text_is(text_trim(table->rows[0].cells[0].value), "${argument}");
    return is_argument ? passed : table;
}

static bool read_rows(struct step *step, const struct actor *actor, uint32_t first,
                      struct table_row **ret_rows, size_t *ret_count)
{
    const struct table *table = table_of(step);
    size_t count = table->row_count - first;
    struct table_row *rows = ARENA_ARRAY(&step->world->arena, count, struct table_row);
    for (size_t i = 0; i < count; i++) {
        if (!read_row(step, actor, &table->rows[first + i], &rows[i])) {
            return false;
        }
    }
    *ret_rows = rows;
    *ret_count = count;
    return true;
}

bool table_read_pairs(struct step *step, const struct actor *actor, struct pairs *ret_pairs)
{
    const struct table *table = table_of(step);
    if (!table || table->rows[0].cell_count != 2) {
        step_fail(step, "the step wants a table of two columns: name, value");
        step_hint(step, "write one row a name, without a header row");
        return false;
    }
    return read_rows(step, actor, 0, &ret_pairs->rows, &ret_pairs->count);
}

bool table_read_records(struct step *step, const struct actor *actor,
                        struct records *ret_records)
{
    const struct table *table = table_of(step);
    if (!table || table->row_count < 2) {
        step_fail(step, "the step wants a table with a header row and at least one row below");
        step_hint(step, "name the columns in the first row");
        return false;
    }
    const struct row *header = &table->rows[0];
    struct records records = {
        .columns = ARENA_ARRAY(&step->world->arena, header->cell_count, struct text),
        .column_count = header->cell_count,
    };
    for (size_t i = 0; i < header->cell_count; i++) {
        records.columns[i] = header->cells[i].value;
    }
    if (!read_rows(step, actor, 1, &records.rows, &records.count)) {
        return false;
    }
    *ret_records = records;
    return true;
}

const struct text *records_find(const struct records *records, size_t row, struct text column)
{
    for (size_t i = 0; i < records->column_count; i++) {
        if (text_equal(records->columns[i], column)) {
            return &records->rows[row].cells[i].text;
        }
    }
    return NULL;
}

bool pair_key_read(struct text cell, struct pair_key *ret_key)
{
    struct text trimmed = text_trim(cell);
    size_t quote = 0;
    while (quote < trimmed.size && trimmed.at[quote] != '"' && trimmed.at[quote] != '\'') {
        quote++;
    }
    struct pair_key key = { .kind = text_trim(text_slice(trimmed, 0, quote)) };
    if (quote < trimmed.size) {
        struct text quoted = text_from(trimmed, quote);
        if (quoted.size < 2 || quoted.at[quoted.size - 1] != quoted.at[0]) {
            return false;
        }
        key.name = text_slice(quoted, 1, quoted.size - 1);
    }
    *ret_key = key;
    return key.kind.size > 0;
}
