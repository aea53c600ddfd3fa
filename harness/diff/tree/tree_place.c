/* SPDX-License-Identifier: MIT */
#include "diff/tree/tree_place.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "diff/engines/markup.h"
#include "diff/tree/shape.h"
#include "format/json_path.h"

enum { FIRST_BUCKETS = 64 };

void path_nodes_init(struct path_nodes *nodes, enum tree_dialect dialect, struct text root_path)
{
    *nodes = (struct path_nodes){ .dialect = dialect, .root_path = root_path };
    arena_init(&nodes->arena);
    nodes->bucket_mask = FIRST_BUCKETS - 1;
    nodes->buckets = alloc_or_die(FIRST_BUCKETS, sizeof(struct path_node *));
}

void path_nodes_release(struct path_nodes *nodes)
{
    arena_release(&nodes->arena);
    free(nodes->buckets);
}

static size_t bucket_of(const struct path_nodes *nodes, const struct path_node *parent,
                        struct text key)
{
    return (size_t)(shape_hash_text(key) + (uintptr_t)parent / 16 * 31) & nodes->bucket_mask;
}

static void grow(struct path_nodes *nodes)
{
    struct path_node **old = nodes->buckets;
    size_t old_count = nodes->bucket_mask + 1;
    nodes->bucket_mask = old_count * 4 - 1;
    nodes->buckets = alloc_or_die(old_count * 4, sizeof(struct path_node *));
    for (size_t i = 0; i < old_count; i++) {
        struct path_node *node = old[i];
        while (node) {
            struct path_node *next = node->next;
            size_t bucket = bucket_of(nodes, node->parent, node->key);
            node->next = nodes->buckets[bucket];
            nodes->buckets[bucket] = node;
            node = next;
        }
    }
    free(old);
}

static struct path_node *add_node(struct path_nodes *nodes, struct path_node *parent,
                                  struct text key, bool is_item)
{
    struct path_node *node = ARENA_NEW(&nodes->arena, struct path_node);
    node->parent = parent;
    node->key = key;
    node->is_item = is_item;
    return node;
}

static struct path_node *named(struct path_nodes *nodes, struct path_node *parent,
                               struct text key, bool is_item)
{
    size_t bucket = bucket_of(nodes, parent, key);
    for (struct path_node *node = nodes->buckets[bucket]; node; node = node->next) {
        if (node->parent == parent && node->is_item == is_item && text_equal(node->key, key)) {
            return node;
        }
    }
    if (nodes->count++ > nodes->bucket_mask) {
        grow(nodes);
        bucket = bucket_of(nodes, parent, key);
    }
    struct path_node *node = add_node(nodes, parent, key, is_item);
    node->next = nodes->buckets[bucket];
    nodes->buckets[bucket] = node;
    return node;
}

static struct path_node *items_of(struct path_nodes *nodes, struct path_node *parent)
{
    if (!parent->items) {
        parent->items = add_node(nodes, parent, TEXT_EMPTY, true);
    }
    return parent->items;
}

/* The name of an element, or text(). */
static struct text item_name(const struct json_value *item)
{
    return json_is(item, JSON_OBJECT) ? shape_element_name(item) : TEXT("text()");
}

struct path_node *tree_place_node(struct path_nodes *nodes, struct tree_place *place)
{
    if (place->node) {
        return place->node;
    }
    if (!place->parent) {
        place->node = &nodes->root;
        return place->node;
    }
    struct path_node *parent = tree_place_node(nodes, place->parent);
    if (!place->is_item) {
        place->node = named(nodes, parent, json_key(place->value), false);
    } else if (nodes->dialect == TREE_MARKUP) {
        place->node = named(nodes, parent, item_name(place->value), true);
    } else {
        place->node = items_of(nodes, parent);
    }
    return place->node;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_identifier(struct text key)
{
    for (size_t i = 0; i < key.size; i++) {
        bool is_inner_digit = i > 0 && key.at[i] >= '0' && key.at[i] <= '9';
        if (!is_letter((unsigned char)key.at[i]) && !is_inner_digit) {
            return false;
        }
    }
    return key.size > 0;
}

enum { KEY_SHOWN_BYTES = 200 };

/* Keys may be as long as the document; number: NULL for index-free paths. */
static void print_markup_step(struct buffer *out, struct text key, bool is_item,
                              const size_t *number)
{
    if (is_item || text_starts_with(key, TEXT("@"))) {
        buffer_add_byte(out, '/');
        buffer_add(out, text_slice(key, 0, KEY_SHOWN_BYTES));
    }
    if (is_item && number && !text_is(key, "text()")) {
        buffer_add_format(out, "[%zu]", *number + 1);
    }
}

static void print_json_step(struct buffer *out, struct text key, bool is_item,
                            const size_t *number)
{
    key = text_slice(key, 0, KEY_SHOWN_BYTES);
    if (is_item && number) {
        buffer_add_format(out, "[%zu]", *number);
    } else if (is_item) {
        buffer_add_string(out, "[*]");
    } else if (is_identifier(key)) {
        buffer_add_byte(out, '.');
        buffer_add(out, key);
    } else {
        json_path_print_name(out, key);
    }
}

static void print_step(enum tree_dialect dialect, struct buffer *out, struct text key,
                       bool is_item, const size_t *number)
{
    if (dialect == TREE_MARKUP) {
        print_markup_step(out, key, is_item, number);
    } else if (dialect == TREE_JSON) {
        print_json_step(out, key, is_item, number);
    }
}

void path_node_print(const struct path_nodes *nodes, const struct path_node *node,
                     struct buffer *out)
{
    if (!node->parent) {
        buffer_add(out, nodes->root_path);
        return;
    }
    path_node_print(nodes, node->parent, out);
    print_step(nodes->dialect, out, node->key, node->is_item, NULL);
}

void tree_place_print(const struct path_nodes *nodes, const struct tree_place *place,
                      struct buffer *out)
{
    if (!place->parent) {
        buffer_add(out, nodes->root_path);
        return;
    }
    tree_place_print(nodes, place->parent, out);
    if (nodes->dialect == TREE_LINES) {
        buffer_add_format(out, " line %zu", place->index + 1);
    } else if (!place->is_item) {
        print_step(nodes->dialect, out, json_key(place->value), false, NULL);
    } else if (nodes->dialect == TREE_MARKUP) {
        bool is_element = json_is(place->value, JSON_OBJECT);
        size_t number = is_element ? shape_element_ordinal(place->value) : 0;
        print_step(nodes->dialect, out, item_name(place->value), true, &number);
    } else {
        print_step(nodes->dialect, out, TEXT_EMPTY, true, &place->index);
    }
}

struct text tree_place_key(const struct tree_place *place)
{
    while (place->parent && place->is_item) {
        place = place->parent;
    }
    return place->parent ? json_key(place->value) : TEXT_EMPTY;
}
