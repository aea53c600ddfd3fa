/* SPDX-License-Identifier: MIT */
/*
 * JSON Patch (RFC 6902). The operations of an array: what is missing is removed from the end; then,
 * from left to right, what moved or was added is put behind the item that it follows; then the
 * items that changed are patched at their final places.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "diff/tree/alignment.h"
#include "diff/tree/order.h"
#include "diff/tree/tree.h"
#include "format/json_writer.h"

struct patch {
    const struct tree_pair *pair;
    struct shape left_shape;
    struct shape right_shape;
    struct buffer path; /* JSON pointer (RFC 6901) of where the patch is */
    struct buffer from;
    struct buffer *out;
    size_t count;
};

static void patch_value(struct patch *patch, const struct json_value *left,
                        const struct json_value *right);

static size_t enter_index(struct buffer *path, size_t index)
{
    size_t before = path->size;
    buffer_add_byte(path, '/');
    buffer_add_number(path, index);
    return before;
}

static size_t enter_key(struct buffer *path, struct text key)
{
    size_t before = path->size;
    buffer_add_byte(path, '/');
    for (size_t i = 0; i < key.size; i++) {
        if (key.at[i] == '~' || key.at[i] == '/') {
            buffer_add_string(path, key.at[i] == '~' ? "~0" : "~1");
        } else {
            buffer_add_byte(path, key.at[i]);
        }
    }
    return before;
}

/* from and value: NULL where the operation has none. */
static void add_operation(struct patch *patch, const char *name, const struct buffer *from,
                          const struct json_value *value)
{
    buffer_add_string(patch->out, patch->count++ ? ",\n" : "\n");
    buffer_add_format(patch->out, "{\"op\":\"%s\",\"path\":", name);
    json_print_string(patch->out, buffer_text(&patch->path));
    if (from) {
        buffer_add_string(patch->out, ",\"from\":");
        json_print_string(patch->out, buffer_text(from));
    }
    if (value) {
        buffer_add_string(patch->out, ",\"value\":");
        json_print(patch->out, value);
    }
    buffer_add_byte(patch->out, '}');
}

static void patch_members(struct patch *patch, const struct json_value *left,
                          const struct json_value *right)
{
    for (size_t i = 0; i < left->count; i++) {
        const struct json_value *member = &left->children[i];
        const struct json_value *other = json_member(right, json_key(member));
        size_t before = enter_key(&patch->path, json_key(member));
        if (other) {
            patch_value(patch, member, other);
        } else {
            add_operation(patch, "remove", NULL, NULL);
        }
        buffer_truncate(&patch->path, before);
    }
    for (size_t i = 0; i < right->count; i++) {
        const struct json_value *member = &right->children[i];
        if (!json_member(left, json_key(member))) {
            size_t before = enter_key(&patch->path, json_key(member));
            add_operation(patch, "add", NULL, member);
            buffer_truncate(&patch->path, before);
        }
    }
}

static void remove_items(struct patch *patch, const struct order_move *moves, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = enter_index(&patch->path, moves[i].from);
        add_operation(patch, "remove", NULL, NULL);
        buffer_truncate(&patch->path, before);
    }
}

static void place_items(struct patch *patch, const struct order_move *moves, size_t count,
                        const struct json_value *right)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = enter_index(&patch->path, moves[i].to);
        if (moves[i].is_added) {
            add_operation(patch, "add", NULL, &right->children[moves[i].item]);
        } else if (moves[i].from != moves[i].to) {
            buffer_clear(&patch->from);
            buffer_add(&patch->from, text_slice(buffer_text(&patch->path), 0, before));
            enter_index(&patch->from, moves[i].from);
            add_operation(patch, "move", &patch->from, NULL);
        }
        buffer_truncate(&patch->path, before);
    }
}

static void patch_items(struct patch *patch, const struct json_value *left,
                        const struct json_value *right)
{
    struct alignment_sides sides = { &patch->left_shape, &patch->right_shape, left, right,
                                     NULL };
    struct alignment alignment;
    struct order order;
    alignment_init(&alignment, &sides);
    order_init(&order, &alignment, left->count, right->count);
    remove_items(patch, order.removals, order.removal_count);
    place_items(patch, order.moves, order.move_count, right);
    for (size_t i = 0; i < left->count; i++) {
        if (alignment.to[i] != SEQUENCE_NONE) {
            size_t before = enter_index(&patch->path, alignment.to[i]);
            patch_value(patch, &left->children[i], &right->children[alignment.to[i]]);
            buffer_truncate(&patch->path, before);
        }
    }
    order_release(&order);
    alignment_release(&alignment);
}

static bool is_container(const struct json_value *value)
{
    return value->type == JSON_ARRAY || value->type == JSON_OBJECT;
}

static bool is_same(struct patch *patch, const struct json_value *left,
                    const struct json_value *right)
{
    bool are_containers = is_container(left) && is_container(right);
    return (!are_containers || shape_hash(&patch->left_shape, left, NULL) ==
                                   shape_hash(&patch->right_shape, right, NULL)) &&
           json_equal(left, right);
}

static void patch_value(struct patch *patch, const struct json_value *left,
                        const struct json_value *right)
{
    if (is_same(patch, left, right)) {
        return;
    }
    bool has_repeats = left->has_repeated_keys || right->has_repeated_keys;
    if (left->type != right->type || !is_container(left) || has_repeats) {
        add_operation(patch, "replace", NULL, right);
    } else if (left->type == JSON_ARRAY) {
        patch_items(patch, left, right);
    } else {
        patch_members(patch, left, right);
    }
}

void tree_patch(const struct tree_pair *pair, struct buffer *out)
{
    struct patch patch = { .pair = pair, .out = out };
    shape_init(&patch.left_shape, TREE_JSON, pair->left.root, NULL, NULL);
    shape_init(&patch.right_shape, TREE_JSON, pair->right.root, NULL, NULL);
    buffer_init(&patch.path, BUFFER_NO_LIMIT); /* by the keys of the documents */
    buffer_init(&patch.from, BUFFER_NO_LIMIT);
    buffer_add_byte(out, '[');
    patch_value(&patch, pair->left.root, pair->right.root);
    buffer_add_string(out, patch.count ? "\n]\n" : "]\n");
    shape_release(&patch.left_shape);
    shape_release(&patch.right_shape);
    buffer_release(&patch.path);
    buffer_release(&patch.from);
}
