/* SPDX-License-Identifier: MIT */
/*
 * The tree of a Cucumber Expression. It lives in the arena given; offsets are bytes of the source.
 */
#ifndef BDDRUN_MATCH_SYNTAX_EXPRESSION_TREE_H
#define BDDRUN_MATCH_SYNTAX_EXPRESSION_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/text.h"

struct expression_error;

enum { EXPRESSION_DEPTH_LIMIT = 50 };

enum expression_node_type {
    EXPRESSION_NODE_TEXT,
    EXPRESSION_NODE_OPTIONAL,
    EXPRESSION_NODE_ALTERNATION,
    EXPRESSION_NODE_ALTERNATIVE,
    EXPRESSION_NODE_PARAMETER,
    EXPRESSION_NODE_EXPRESSION
};

struct expression_node {
    enum expression_node_type type;
    size_t start;
    size_t end;
    struct text text; /* of a text, without escapes; of a parameter: its name */
    const struct expression_node *first; /* child */
    const struct expression_node *next;  /* sibling */
};

bool expression_parse(struct text source, struct arena *arena,
                      const struct expression_node **ret_tree,
                      struct expression_error *ret_error) MUST_CHECK;

/* "TEXT_NODE", …: as in the reference. */
const char *expression_node_type_name(enum expression_node_type type);

#endif
