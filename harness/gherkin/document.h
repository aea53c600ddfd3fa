/* SPDX-License-Identifier: MIT */
/*
 * A parsed .feature file (the AST). All of it lives in the arena it was parsed into and borrows
 * from its source: both must outlive it. Nothing in it changes once parsed. Places are 32-bit byte
 * offsets into document->source->bytes (larger files are refused), lines are 1-based. Ids are
 * numbers from 0 in the order of the official parsers; an envelope shows base + id.
 * Reference: cucumber/gherkin v42, messages v34.
 */
#ifndef BDDRUN_GHERKIN_DOCUMENT_H
#define BDDRUN_GHERKIN_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "base/text.h"
#include "gherkin/argument.h"
#include "gherkin/dialects/dialect.h"

struct tag {
    struct slice name; /* with its @ */
    uint32_t line;
    uint32_t id;
};

struct tags {
    uint32_t count;
    struct tag list[];
};

/* Read it with step_node_keyword(), step_node_text(), ... below. */
struct step_node {
    uint32_t line;
    uint32_t start; /* of the keyword */
    struct slice text;
    uint32_t argument; /* 0, or 1 + the index in document->arguments */
    uint8_t keyword_size;
    uint8_t type; /* enum step_type */
};

/* The line that opens a feature, rule, background, scenario or examples, and what goes with it. */
struct heading {
    const struct text *description; /* NULL where there is none */
    struct tags *tags;              /* NULL where there are none */
    struct slice name;
    uint32_t start; /* of the keyword */
    uint32_t line;
    uint32_t keyword_size;
    uint32_t id; /* of no meaning for a feature */
};

struct examples {
    struct heading heading;
    const struct table *table; /* NULL, or a header row and the rows below it */
};

struct background {
    struct heading heading;
    const struct step_node *steps;
    uint32_t step_count;
};

struct scenario { /* also an outline: then it has examples */
    struct heading heading;
    const struct step_node *steps;
    const struct examples *examples;
    uint32_t step_count;
    uint32_t examples_count;
};

struct rule {
    struct heading heading;
    const struct background *background; /* NULL where there is none */
    const struct scenario *const *scenarios;
    uint32_t scenario_count;
};

struct feature {
    struct heading heading;
    const struct background *background; /* NULL where there is none */
    const struct scenario *const *scenarios;
    const struct rule *const *rules;
    uint32_t scenario_count; /* outside of rules */
    uint32_t rule_count;
};

struct comment {
    struct slice place; /* the whole line, without its line end */
    uint32_t line;
};

struct document {
    const struct source *source;
    const struct dialect *dialect;
    struct text language;          /* "en" where no line names one */
    const struct feature *feature; /* NULL where the file has none */
    const struct comment *comments;
    const struct step_argument *arguments;
    uint32_t comment_count;
    uint32_t id_count; /* ids used by the document itself; those of its pickles follow */
};

struct text document_text(const struct document *document, struct slice slice);
struct span document_span(const struct document *document, struct slice slice);

/* Keywords are as written: a step's with the blank behind it, a heading's without the colon. */
struct text heading_keyword(const struct document *document, const struct heading *heading);
struct span heading_span(const struct document *document, const struct heading *heading);

struct text step_node_keyword(const struct document *document, const struct step_node *step);
struct text step_node_text(const struct document *document, const struct step_node *step);
struct span step_node_span(const struct document *document, const struct step_node *step);
const struct step_argument *step_node_argument(const struct document *document,
                                               const struct step_node *step); /* NULL: none */

#endif
