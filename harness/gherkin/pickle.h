/* SPDX-License-Identifier: MIT */
/*
 * One runnable scenario: a scenario of a document with the backgrounds before it and, of an
 * outline, with one row of its examples filled in. Pickles live in the arena they were compiled
 * into and point into their document: both must outlive them. They never change.
 */
#ifndef BDDRUN_GHERKIN_PICKLE_H
#define BDDRUN_GHERKIN_PICKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"
#include "gherkin/document.h"

/* Of the feature, the rule, the scenario and the examples, in this order; shared. */
struct pickle_tags {
    uint32_t count;
    const struct tag *list[];
};

/* A row of an outline with the texts it makes. */
struct outline_step {
    struct text text;
    const struct step_argument *argument; /* NULL: none */
};

struct outline_row {
    const struct examples *examples;
    const struct row *row;
    struct text name;                 /* of the pickle */
    uint32_t examples_number;         /* 1-based */
    uint32_t row_number;              /* 1-based, without the header */
    const struct outline_step *steps; /* one for each of the scenario's own steps */
};

struct pickle {
    const struct document *document;
    const struct rule *rule; /* NULL outside of a rule */
    const struct scenario *scenario;
    const struct outline_row *row;  /* NULL where it is no outline */
    const struct pickle_tags *tags; /* never NULL */
    uint32_t index;                 /* in its struct pickles */
    uint32_t id;         /* after those of the document; its steps have the ids just before */
    uint32_t step_count; /* with those of the backgrounds */
    uint32_t background_step_count;
};

struct pickles {
    const struct pickle *list;
    size_t count;
    uint32_t id_count; /* of the document and its pickles */
};

/* What pickle_step() finds: borrowed from the pickle. */
struct pickle_step {
    const struct step_node *step; /* in the document */
    struct text keyword;          /* as written, with its blank */
    struct text text;
    struct span span; /* of the step's line, keyword and text */
    enum step_type type;
    uint32_t line;
    uint32_t id;
    bool is_background;
    bool is_table_first;                 /* of both arguments */
    const struct doc_string *doc_string; /* NULL: none */
    const struct table *table;           /* NULL: none */
};

/* All pickles of a document, in its order. False with a problem when filling in the rows would
 * make too much text (values may name other headers): 16 MiB in one text, or in all this much. */
enum { PICKLES_TEXT_LIMIT_BYTES = 256 << 20 };
bool pickles_compile(const struct document *document, struct arena *arena,
                     struct pickles *ret_pickles, struct problems *problems) MUST_CHECK;

struct text pickle_name(const struct pickle *pickle);
struct text pickle_feature_name(const struct pickle *pickle);
struct text pickle_rule_name(const struct pickle *pickle); /* empty outside of a rule */
struct text
pickle_scenario_name(const struct pickle *pickle); /* as written: <x> not filled in */
struct text
pickle_examples_name(const struct pickle *pickle); /* empty where it is no outline */

/* Adds "Rule - Scenario - Examples - #1.2", leaving out what is empty, and ": name" where the row
 * changed the scenario's name. */
struct buffer;
void pickle_print_name(struct buffer *out, const struct pickle *pickle);

/* The row of an outline, otherwise the scenario's line. */
struct span pickle_span(const struct pickle *pickle);
uint32_t pickle_line(const struct pickle *pickle);
/* The scenario's line also for a row. */
uint32_t pickle_scenario_line(const struct pickle *pickle);

/* True for a line of the scenario (tags to its end, then all its rows) or of this row, as in
 * file:line selections. */
bool pickle_is_at_line(const struct pickle *pickle, uint32_t line);

struct text pickle_tag_name(const struct pickle *pickle, size_t index); /* with its @ */
struct span pickle_tag_span(const struct pickle *pickle, size_t index);
bool pickle_has_tag(const struct pickle *pickle, struct text name);

/* index < pickle->step_count. */
struct pickle_step pickle_step(const struct pickle *pickle, size_t index);

#endif
