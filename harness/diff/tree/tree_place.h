/* SPDX-License-Identifier: MIT */
/*
 * Where a walk through two trees is: a chain of steps up to the root, on the stack of the walk.
 * Index-free paths are interned: places with the same one share a struct path_node, which is made
 * only when something differs there, so that a place costs nothing and a difference little,
 * however deep it lies.
 */
#ifndef BDDRUN_DIFF_TREE_TREE_PLACE_H
#define BDDRUN_DIFF_TREE_TREE_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "diff/difference.h"
#include "diff/tree/tree.h"

/* Of a difference known at this path. */
struct path_entry {
    struct path_entry *next;
    enum difference_class class;
    struct text mask;
    struct difference *difference; /* NULL: beyond the limit */
};

struct path_node {
    struct path_node *parent; /* NULL: the root */
    struct path_node *next;   /* of the same bucket */
    struct path_node *items;  /* that of all items, where they share one */
    struct text key;
    bool is_item;
    struct path_entry *entries;
};

struct path_nodes {
    enum tree_dialect dialect;
    struct text root_path;
    struct arena arena;
    struct path_node root;
    struct path_node **buckets; /* heap */
    size_t bucket_mask;
    size_t count;
};

void path_nodes_init(struct path_nodes *nodes, enum tree_dialect dialect,
                     struct text root_path);
void path_nodes_release(struct path_nodes *nodes);

struct tree_place {
    struct tree_place *parent;      /* NULL: the root */
    const struct json_value *value; /* here: of a member its key counts, of an item its name */
    size_t index;                   /* of an item */
    bool is_item;
    struct path_node *node; /* NULL: not asked for yet */
};

struct path_node *tree_place_node(struct path_nodes *nodes, struct tree_place *place);

/* Adds "$.items[*].name", "$.items[7].name". */
void path_node_print(const struct path_nodes *nodes, const struct path_node *node,
                     struct buffer *out);
void tree_place_print(const struct path_nodes *nodes, const struct tree_place *place,
                      struct buffer *out);

/* The key of the member that the place is, or is in. */
struct text tree_place_key(const struct tree_place *place);

#endif
