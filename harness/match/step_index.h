/* SPDX-License-Identifier: MIT */
/*
 * Which expressions can fit a text at all, by their words: the first word of the expression, or the
 * word behind its leading parameter, must be a word of the text, and the literal parts must occur
 * in their order. Never leaves out an expression that fits.
 */
#ifndef BDDRUN_MATCH_STEP_INDEX_H
#define BDDRUN_MATCH_STEP_INDEX_H

#include <stddef.h>

#include "base/text.h"

struct expression_node;
struct step_index; /* heap */

struct step_index *step_index_new(void);
void step_index_free(struct step_index *index); /* NULL is allowed */

/* Expressions are numbered from 0 in the order in which they are added. The tree is read only now;
 * its texts are borrowed. */
void step_index_add(struct step_index *index, const struct expression_node *tree);

/* The numbers of the candidates, ascending; borrowed until the next call. */
const size_t *step_index_find(struct step_index *index, struct text text, size_t *ret_count);

#endif
