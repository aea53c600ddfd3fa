/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary written out: for docs/vocabulary.md, for `bddrun steps`, for editors.
 */
#ifndef BDDRUN_STEPS_VOCABULARY_PRINT_H
#define BDDRUN_STEPS_VOCABULARY_PRINT_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/text.h"

/* The sections "2. Parameter types" and "4. The steps" of the page, as they stand there. */
void vocabulary_print_types(struct buffer *out);
void vocabulary_print_steps(struct buffer *out);

/* Both, with a title: a page of its own. */
void vocabulary_print_markdown(struct buffer *out);

/* By group: expression, example, help. words: what was asked for, or empty for all; then the steps
 * that have all the words, or else those that are nearest to them. Returns the number of steps. */
size_t vocabulary_print_list(struct buffer *out, struct text words);

/* One JSON object: groups with their steps, types with their patterns. */
void vocabulary_print_json(struct buffer *out);

#endif
