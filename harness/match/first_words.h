/* SPDX-License-Identifier: MIT */
/*
 * The words that an expression, or what follows its leading parameter, can begin with: up to a
 * blank, with every alternative and optional part. Private to match.
 */
#ifndef BDDRUN_MATCH_FIRST_WORDS_H
#define BDDRUN_MATCH_FIRST_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct expression_node;

enum { FIRST_WORDS_LIMIT = 16 };

struct first_words {
    struct arena *arena;
    struct text list[FIRST_WORDS_LIMIT]; /* in the arena */
    size_t count;
    bool is_unknown; /* a parameter is part of the word, or there are too many: any word */
};

void first_words_find(struct first_words *words, struct arena *arena,
                      const struct expression_node *node);

bool expression_node_is_blank(const struct expression_node *node);

#endif
