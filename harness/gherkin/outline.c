/* SPDX-License-Identifier: MIT */
#include "gherkin/outline.h"

#include <string.h>

void outline_init(struct outline *outline, const struct document *document, struct arena *arena,
                  size_t limit_bytes)
{
    *outline = (struct outline){
        .document = document,
        .arena = arena,
        .limit_bytes = limit_bytes,
    };
    buffer_init(&outline->scratch[0], OUTLINE_TEXT_LIMIT_BYTES);
    buffer_init(&outline->scratch[1], OUTLINE_TEXT_LIMIT_BYTES);
}

void outline_release(struct outline *outline)
{
    buffer_release(&outline->scratch[0]);
    buffer_release(&outline->scratch[1]);
}

void outline_start(struct outline *outline, const struct examples *examples)
{
    const struct row *header = &examples->table->rows[0];
    outline->count = header->cell_count;
    outline->patterns = ARENA_ARRAY(outline->arena, header->cell_count, struct text);
    for (uint32_t i = 0; i < header->cell_count; i++) {
        struct text name = header->cells[i].value;
        char *pattern = ARENA_ARRAY(outline->arena, name.size + 2, char);
        pattern[0] = '<';
        memcpy(pattern + 1, name.at, name.size);
        pattern[name.size + 1] = '>';
        outline->patterns[i] = text_make(pattern, name.size + 2);
    }
}

static void replace_all(struct buffer *out, struct text original, struct text pattern,
                        struct text value)
{
    buffer_clear(out);
    size_t at = 0;
    size_t found = text_find(original, pattern, 0);
    while (found < original.size && !out->is_over_limit) {
        buffer_add(out, text_slice(original, at, found));
        buffer_add(out, value);
        at = found + pattern.size;
        found = text_find(original, pattern, at);
    }
    buffer_add(out, text_from(original, at));
}

static struct text fill(struct outline *outline, struct text original)
{
    if (text_find_byte(original, '<', 0) == original.size) {
        return original;
    }
    struct text filled = original;
    unsigned next = 0;
    for (uint32_t i = 0; i < outline->count && !outline->is_over_limit; i++) {
        if (!text_contains(filled, outline->patterns[i])) {
            continue;
        }
        struct buffer *out = &outline->scratch[next];
        next = 1 - next;
        replace_all(out, filled, outline->patterns[i], outline->row->cells[i].value);
        filled = buffer_text(out);
        outline->filled_bytes += filled.size;
        outline->is_over_limit =
            out->is_over_limit || outline->filled_bytes > outline->limit_bytes;
    }
    return filled.at == original.at ? original : arena_text(outline->arena, filled);
}

static const struct doc_string *fill_doc_string(struct outline *outline,
                                                const struct doc_string *original)
{
    if (!original) {
        return NULL;
    }
    struct doc_string *filled = ARENA_NEW(outline->arena, struct doc_string);
    *filled = *original;
    filled->content = fill(outline, original->content);
    if (filled->content.at != original->content.at) {
        filled->unfilled = original->content;
        filled->row_start = outline->row->cells[0].place.start;
    }
    filled->media_type = fill(outline, original->media_type);
    return filled;
}

static const struct table *fill_table(struct outline *outline, const struct table *original)
{
    if (!original) {
        return NULL;
    }
    struct row *rows = ARENA_ARRAY(outline->arena, original->row_count, struct row);
    for (uint32_t i = 0; i < original->row_count; i++) {
        const struct row *row = &original->rows[i];
        struct cell *cells = ARENA_ARRAY(outline->arena, row->cell_count, struct cell);
        for (uint32_t j = 0; j < row->cell_count; j++) {
            cells[j] = row->cells[j];
            cells[j].value = fill(outline, cells[j].value);
        }
        rows[i] = *row;
        rows[i].cells = cells;
    }
    struct table *filled = ARENA_NEW(outline->arena, struct table);
    *filled = (struct table){ rows, original->row_count };
    return filled;
}

static bool has_header(const struct step_argument *argument)
{
    const struct doc_string *doc_string = argument->doc_string;
    if (doc_string && (text_contains(doc_string->content, TEXT("<")) ||
                       text_contains(doc_string->media_type, TEXT("<")))) {
        return true;
    }
    const struct table *table = argument->table;
    for (uint32_t i = 0; table && i < table->row_count; i++) {
        for (uint32_t j = 0; j < table->rows[i].cell_count; j++) {
            if (text_contains(table->rows[i].cells[j].value, TEXT("<"))) {
                return true;
            }
        }
    }
    return false;
}

static const struct step_argument *fill_argument(struct outline *outline,
                                                 const struct step_argument *original)
{
    if (!original || !has_header(original)) {
        return original;
    }
    struct step_argument *filled = ARENA_NEW(outline->arena, struct step_argument);
    filled->doc_string = fill_doc_string(outline, original->doc_string);
    filled->table = fill_table(outline, original->table);
    filled->is_table_first = original->is_table_first;
    return filled;
}

struct outline_row *outline_fill(struct outline *outline, const struct scenario *scenario,
                                 const struct row *row)
{
    const struct document *document = outline->document;
    outline->row = row;
    struct outline_row *filled = ARENA_NEW(outline->arena, struct outline_row);
    struct outline_step *steps =
        ARENA_ARRAY(outline->arena, scenario->step_count, struct outline_step);
    for (uint32_t i = 0; i < scenario->step_count; i++) {
        const struct step_node *step = &scenario->steps[i];
        steps[i].text = fill(outline, step_node_text(document, step));
        steps[i].argument = fill_argument(outline, step_node_argument(document, step));
    }
    filled->row = row;
    filled->name = fill(outline, document_text(document, scenario->heading.name));
    filled->steps = steps;
    return filled;
}
