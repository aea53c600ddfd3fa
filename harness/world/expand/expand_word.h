/* SPDX-License-Identifier: MIT */
/* The words between ${ and }, read the same when a step is checked and when it runs. */
#ifndef BDDRUN_WORLD_EXPAND_EXPAND_WORD_H
#define BDDRUN_WORLD_EXPAND_EXPAND_WORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Takes a word, up to white space, or a quoted text, whose quotes are cut off. False where nothing
 * is left, or a quote has no end. */
bool expand_take_word(struct text *rest, struct text *ret_word, bool *ret_is_quoted);

/* `+ 5 minutes`, `- 1 day`. */
bool expand_offset(struct text offset, bool *ret_is_before, uint64_t *ret_ms);

/* `random 6`. */
bool expand_random_count(struct text word, uint64_t *ret_count);

#endif
