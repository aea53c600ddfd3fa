/* SPDX-License-Identifier: MIT */
/*
 * Makes a document out of tokens, in the order in which the token reader accepts them. Holds heap
 * memory until released; the document is in the arena.
 */
#ifndef BDDRUN_GHERKIN_BUILD_BUILDER_H
#define BDDRUN_GHERKIN_BUILD_BUILDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "gherkin/document.h"
#include "gherkin/tokens/token_reader.h"

/* What is read but not yet part of a finished node. */
struct builder_lists {
    struct tag *tags;
    struct cell *cells;
    struct row *rows;
    struct step_node *steps;
    struct examples *examples;
    const struct scenario **scenarios;
    const struct rule **rules;
    struct comment *comments;
    struct step_argument *arguments;
    size_t tag_count, tag_capacity;
    size_t cell_count, cell_capacity;
    size_t row_count, row_capacity;
    size_t step_count, step_capacity;
    size_t examples_count, examples_capacity;
    size_t scenario_count, scenario_capacity;
    size_t rule_count, rule_capacity;
    size_t comment_count, comment_capacity;
    size_t argument_count, argument_capacity;
};

struct builder {
    struct arena *arena;
    struct token_reader *reader; /* for errors and the dialect */
    struct builder_lists lists;
    struct document *document;
    uint32_t next_id;
    /* Open nodes, NULL or unset where there is none. */
    struct feature *feature;
    struct rule *rule;
    struct background *background;
    struct scenario *scenario;
    bool is_in_examples;
    bool is_in_step;
    struct step_argument argument; /* of the open step */
    struct doc_string *doc_string; /* between its delimiters */
    size_t doc_string_end;         /* of its last line so far; 0: no line yet */
    struct heading *described;     /* the newest heading, until something follows */
    size_t description_start;
    size_t description_end; /* == start while there are only blank lines */
    bool has_description;
};

void builder_init(struct builder *builder, struct arena *arena, struct token_reader *reader);
void builder_release(struct builder *builder);

void builder_add(struct builder *builder, const struct token *token);

/* Each ends what is open of its kind, with all that is open inside of it. */
void builder_finish_description(struct builder *builder);
void builder_finish_step_table(struct builder *builder);
void builder_finish_step(struct builder *builder);
void builder_finish_examples(struct builder *builder);
void builder_finish_container(struct builder *builder); /* scenario or background */
void builder_finish_rule(struct builder *builder);      /* or what stands before the first */
void builder_finish_document(struct builder *builder);

/* An arena copy of the elements of a list, NULL where there are none; *count starts anew. */
void *builder_take(struct arena *arena, const void *list, size_t *count, size_t element_size);
#define TAKE_LIST(builder, list, count)                                                        \
    builder_take((builder)->arena, (builder)->lists.list, &(builder)->lists.count,             \
                 sizeof *(builder)->lists.list)

/* The document, once the token for the end of the file was added. */
const struct document *builder_document(const struct builder *builder);

#endif
