/* SPDX-License-Identifier: MIT */
#include "support/json_patch.h"

#include <string.h>

#include "format/json_writer.h"

/* A value that can be changed: lists of children in an array with room. */
struct node {
    const struct json_value *scalar; /* NULL: an array or object */
    bool is_object;
    struct text key;
    struct node **children;
    size_t count;
    size_t capacity;
};

static void insert(struct arena *arena, struct node *parent, size_t index, struct node *child)
{
    if (parent->count == parent->capacity) {
        parent->capacity = parent->capacity * 2 + 4;
        struct node **children = ARENA_ARRAY(arena, parent->capacity, struct node *);
        if (parent->count) {
            memcpy(children, parent->children, parent->count * sizeof *children);
        }
        parent->children = children;
    }
    memmove(parent->children + index + 1, parent->children + index,
            (parent->count - index) * sizeof *parent->children);
    parent->children[index] = child;
    parent->count++;
}

static struct node *take_out(struct node *parent, size_t index)
{
    struct node *child = parent->children[index];
    parent->count--;
    memmove(parent->children + index, parent->children + index + 1,
            (parent->count - index) * sizeof *parent->children);
    return child;
}

static struct node *thaw(struct arena *arena, const struct json_value *value)
{
    struct node *node = ARENA_NEW(arena, struct node);
    if (value->type != JSON_ARRAY && value->type != JSON_OBJECT) {
        node->scalar = value;
        return node;
    }
    node->is_object = value->type == JSON_OBJECT;
    for (size_t i = 0; i < value->count; i++) {
        struct node *child = thaw(arena, &value->children[i]);
        child->key = json_key(&value->children[i]);
        insert(arena, node, i, child);
    }
    return node;
}

static void print(struct buffer *out, const struct node *node)
{
    if (node->scalar) {
        json_print(out, node->scalar);
        return;
    }
    buffer_add_byte(out, node->is_object ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        buffer_add_string(out, i ? "," : "");
        if (node->is_object) {
            json_print_string(out, node->children[i]->key);
            buffer_add_byte(out, ':');
        }
        print(out, node->children[i]);
    }
    buffer_add_byte(out, node->is_object ? '}' : ']');
}

static struct text unescape(struct arena *arena, struct text token)
{
    char *copy = arena_string(arena, token);
    size_t size = 0;
    for (size_t i = 0; i < token.size; i++) {
        bool is_escape = copy[i] == '~' && i + 1 < token.size;
        copy[size++] = is_escape ? (copy[i + 1] == '1' ? '/' : '~') : copy[i];
        i += is_escape;
    }
    return text_make(copy, size);
}

/* Where a pointer leads: a child of parent, by index; of an object possibly the end. */
struct target {
    struct node *parent; /* NULL: the document */
    size_t index;
    struct text key;
};

static bool step(struct arena *arena, struct node *parent, struct text token,
                 struct target *target)
{
    target->parent = parent;
    target->key = TEXT_EMPTY;
    if (parent->scalar) {
        return false;
    }
    if (!parent->is_object) {
        uint64_t index;
        bool is_index = text_to_uint64(token, &index) && index <= parent->count;
        target->index = is_index ? index : 0;
        return is_index;
    }
    target->key = unescape(arena, token);
    target->index = 0;
    while (target->index < parent->count &&
           !text_equal(parent->children[target->index]->key, target->key)) {
        target->index++;
    }
    return true;
}

static bool find(struct arena *arena, struct node *root, struct text pointer,
                 struct target *target)
{
    *target = (struct target){ 0 };
    struct node *at = root;
    struct text rest = text_from(pointer, 1);
    struct text token;
    while (pointer.size && text_take_until(&rest, '/', &token)) {
        if (!at || !step(arena, at, token, target)) {
            return false;
        }
        at = target->index < target->parent->count ? target->parent->children[target->index]
                                                   : NULL;
    }
    return true;
}

static bool add(struct arena *arena, struct node *root, struct text path, struct node *value)
{
    struct target target;
    if (!find(arena, root, path, &target)) {
        return false;
    }
    if (!target.parent) {
        *root = *value;
        return true;
    }
    if (target.parent->is_object && target.index < target.parent->count) {
        take_out(target.parent, target.index);
    }
    value->key = target.key;
    insert(arena, target.parent, target.index, value);
    return true;
}

static struct node *take(struct arena *arena, struct node *root, struct text path)
{
    struct target target;
    bool is_found = find(arena, root, path, &target) && target.parent &&
                    target.index < target.parent->count;
    return is_found ? take_out(target.parent, target.index) : NULL;
}

static bool apply(struct arena *arena, struct node *root, const struct json_value *operation)
{
    struct text name = json_text(json_member_named(operation, "op"));
    struct text path = json_text(json_member_named(operation, "path"));
    const struct json_value *value = json_member_named(operation, "value");
    if (text_is(name, "remove")) {
        return take(arena, root, path) != NULL;
    }
    if (text_is(name, "move")) {
        struct node *moved = take(arena, root, json_text(json_member_named(operation, "from")));
        return moved && add(arena, root, path, moved);
    }
    bool is_replaced = text_is(name, "replace");
    if (is_replaced && path.size && !take(arena, root, path)) {
        return false;
    }
    return (is_replaced || text_is(name, "add")) && value &&
           add(arena, root, path, thaw(arena, value));
}

bool json_patch_apply(const struct json_value *document, const struct json_value *patch,
                      struct arena *arena, struct buffer *out)
{
    struct node *root = thaw(arena, document);
    for (size_t i = 0; i < patch->count; i++) {
        if (!apply(arena, root, &patch->children[i])) {
            return false;
        }
    }
    print(out, root);
    return true;
}
