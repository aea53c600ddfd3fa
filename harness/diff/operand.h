/* SPDX-License-Identifier: MIT */
/*
 * The operands of comparisons, read from the front of a text: `"lobby"`, `-3.5`, `300 ms`,
 * `{"seat": 3}`, `${limit} ms`.
 */
#ifndef BDDRUN_DIFF_OPERAND_H
#define BDDRUN_DIFF_OPERAND_H

#include <stdbool.h>
#include <stddef.h>

#include "diff/comparison.h"

/* Takes one operand off *rest. False, *rest unchanged, when none stands there, or with a problem
 * when it is JSON that cannot be read. */
bool operand_take(struct arena *arena, struct text *rest, struct span at,
                  struct operand *ret_operand, struct problems *problems) MUST_CHECK;

/* Behind the closing quote of what starts with `quote`; 0 where it is not closed. */
size_t operand_quoted_end(struct text text, char quote);

#endif
