/* SPDX-License-Identifier: MIT */
/*
 * What was parsed as one line of text or JSON each, without a line end: the envelopes of Cucumber
 * Messages (source, gherkinDocument, pickle, parseError) and the token dump of the official test
 * data. Ids are first_id + the id in the node: a caller counts on by pickles->id_count per file.
 */
#ifndef BDDRUN_GHERKIN_PRINT_H
#define BDDRUN_GHERKIN_PRINT_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/problem.h"
#include "base/source.h"
#include "gherkin/document.h"
#include "gherkin/pickle.h"

void gherkin_print_source(struct buffer *out, const struct source *source, struct text uri);
void gherkin_print_document(struct buffer *out, const struct document *document,
                            struct text uri, uint64_t first_id);
void gherkin_print_pickle(struct buffer *out, const struct pickle *pickle, struct text uri,
                          uint64_t first_id);

/* A problem of gherkin_parse(), its message as "(line:column): message". */
void gherkin_print_parse_error(struct buffer *out, const struct problem *problem,
                               struct text uri);

/* All tokens, one per line, as far as the source can be read; each line ends in \n. */
void gherkin_print_tokens(struct buffer *out, const struct source *source);

#endif
