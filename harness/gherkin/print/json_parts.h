/* SPDX-License-Identifier: MIT */
/*
 * What the envelopes are made of: strings, ids and locations as JSON.
 */
#ifndef BDDRUN_GHERKIN_PRINT_JSON_PARTS_H
#define BDDRUN_GHERKIN_PRINT_JSON_PARTS_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/source.h"
#include "base/text.h"
#include "gherkin/document.h"

/* One document with the id of its first node. */
struct document_printer {
    struct buffer *out;
    const struct document *document;
    uint64_t first_id;
};

/* Quoted; invalid UTF-8 as U+FFFD. */
void print_json_string(struct buffer *out, struct text text);

/* Adds "key": and the value; key comes with the comma or brace before it, as in `,"name":`. */
void print_json_field(struct buffer *out, const char *key, struct text value);
void print_json_id(const struct document_printer *printer, const char *key, uint64_t id);

/* "location":{"line":1,"column":1} of an offset in the source, whose line is known. A byte order
 * mark is no column. */
void print_json_location(const struct document_printer *printer, uint32_t line, size_t offset);

/* 1-based, in code points. */
size_t column_of(struct text bytes, size_t offset);

/* Id of the first node of steps, whose last id is before end_id: rows of tables have ids too. */
uint64_t first_step_id(const struct document *document, const struct step_node *steps,
                       uint32_t count, uint64_t end_id);
uint32_t step_row_count(const struct document *document, const struct step_node *step);

/* Of what comes right before the heading's own id: its tags. */
uint64_t first_tag_id(const struct heading *heading);
/* Of the rows of examples. */
uint64_t first_row_id(const struct examples *examples);
/* Behind the last of a scenario's steps. */
uint64_t end_step_id(const struct scenario *scenario);

#endif
