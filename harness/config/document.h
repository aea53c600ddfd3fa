/* SPDX-License-Identifier: MIT */
/*
 * A YAML document as a tree of nodes that know their place: the one wrapper of libyaml. Maps keep
 * their order; a key that occurs twice, anchors, aliases, tags, a second document, NUL bytes and
 * invalid UTF-8 are refused at their place. Everything lives in the arena given, and borrows from
 * the source.
 */
#ifndef BDDRUN_CONFIG_DOCUMENT_H
#define BDDRUN_CONFIG_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attribute.h"
#include "base/problem.h"
#include "base/source.h"
#include "base/text.h"

enum { CONFIG_DEPTH_LIMIT = 32, CONFIG_NODE_LIMIT = 20000, CONFIG_SIZE_LIMIT = 4 << 20 };

enum config_node_kind {
    CONFIG_SCALAR,
    CONFIG_LIST,
    CONFIG_MAP,
};

struct config_node {
    enum config_node_kind kind;
    struct span at;   /* the value; in block style a list or map from its first child */
    struct text text; /* a scalar's text, escapes and folding done */
    bool is_plain;    /* the scalar stands without quotes */
    struct text key;  /* where the parent is a map */
    struct span key_at;
    struct config_node *first; /* children of a list or map, in the file's order */
    struct config_node *next;
    size_t count; /* of children */
};

/* The root node; an empty file is a map without children. False with problems of kind
 * PROBLEM_INPUT. */
bool config_document_parse(const struct source *source, struct arena *arena,
                           const struct config_node **ret_root,
                           struct problems *problems) MUST_CHECK;

/* The value of a key of a map, or NULL. */
const struct config_node *config_node_find(const struct config_node *map, struct text key);

/* An empty plain scalar, `~` or `null`: `key:` with nothing behind it. */
bool config_node_is_nothing(const struct config_node *node);

#endif
