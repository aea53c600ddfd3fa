/* SPDX-License-Identifier: MIT */
#include "diff/tree/walk.h"

#include "diff/tree/alignment.h"

enum { PRINTED_LIMIT_BYTES = 64 << 10, SOURCE_READINGS = 4 };

static bool is_container(const struct json_value *value)
{
    return value->type == JSON_ARRAY || value->type == JSON_OBJECT;
}

/* What only one side has: a member or item of `place`. */
void walk_report_single(struct walk *walk, struct tree_place *place,
                        const struct json_value *left, const struct json_value *right,
                        const void *at)
{
    struct walk_found found = { .class = left ? DIFFERENCE_MISSING : DIFFERENCE_ADDED,
                                .left = left,
                                .right = right,
                                .at = at };
    walk_report(walk, place, &found);
}

struct tree_place walk_place_below(struct tree_place *parent,
                                   const struct json_value *container, size_t index)
{
    return (struct tree_place){ .parent = parent,
                                .value = &container->children[index],
                                .index = index,
                                .is_item = container->type == JSON_ARRAY };
}

/* The member of `object` that the key of `member` names; of objects with equal keys that at the
 * same place. */
static const struct json_value *counterpart(const struct json_value *object,
                                            const struct json_value *member, size_t index)
{
    if (index < object->count &&
        text_equal(json_key(&object->children[index]), json_key(member))) {
        return &object->children[index];
    }
    return json_member(object, json_key(member));
}

static void compare_members(struct walk *walk, struct tree_place *place,
                            const struct json_value *left, const struct json_value *right,
                            const void *at)
{
    size_t found = 0;
    for (size_t i = 0; i < left->count; i++) {
        const struct json_value *member = &left->children[i];
        const struct json_value *other = counterpart(right, member, i);
        struct tree_place below = walk_place_below(place, left, i);
        const void *at_member = at ? shape_below(&walk->left_shape, left, i, at) : NULL;
        if (other) {
            found++;
            walk_compare(walk, &below, member, other, at_member);
        } else {
            walk_report_single(walk, &below, member, NULL, at_member);
        }
    }
    for (size_t i = 0; i < right->count && found < right->count; i++) {
        const struct json_value *member = &right->children[i];
        if (!counterpart(left, member, i)) {
            struct tree_place below = walk_place_below(place, right, i);
            const void *at_member = at ? shape_below(&walk->right_shape, right, i, at) : NULL;
            walk_report_single(walk, &below, NULL, member, at_member);
        }
    }
}

static void report_moved(struct walk *walk, struct tree_place *place,
                         const struct json_value *left, uint32_t to, const void *at)
{
    struct walk_found found = { .class = DIFFERENCE_MOVED,
                                .left = left,
                                .right = left,
                                .left_index = place->index,
                                .right_index = to,
                                .at = at };
    walk_report(walk, place, &found);
}

static void compare_items(struct walk *walk, struct tree_place *place,
                          const struct json_value *left, const struct json_value *right,
                          const void *at)
{
    struct alignment_sides sides = { &walk->left_shape, &walk->right_shape, left, right, at };
    struct alignment alignment;
    alignment_init(&alignment, &sides);
    for (size_t i = 0; i < left->count; i++) {
        struct tree_place below = walk_place_below(place, left, i);
        const void *at_item = at ? shape_below(&walk->left_shape, left, i, at) : NULL;
        uint32_t to = alignment.to[i];
        if (to == SEQUENCE_NONE) {
            walk_report_single(walk, &below, &left->children[i], NULL, at_item);
            continue;
        }
        if (alignment.is_moved[i]) {
            report_moved(walk, &below, &left->children[i], to, at_item);
        }
        walk_compare(walk, &below, &left->children[i], &right->children[to], at_item);
    }
    for (size_t i = 0; i < right->count; i++) {
        if (!alignment.is_known[i]) {
            struct tree_place below = walk_place_below(place, right, i);
            const void *at_item = at ? shape_below(&walk->right_shape, right, i, at) : NULL;
            walk_report_single(walk, &below, NULL, &right->children[i], at_item);
        }
    }
    alignment_release(&alignment);
}

static bool has_same_source(const struct walk *walk, const struct json_value *left,
                            const struct json_value *right)
{
    return text_equal(text_slice(walk->pair->left.source, left->start, left->end),
                      text_slice(walk->pair->right.source, right->start, right->end));
}

static bool are_of_a_type(const struct json_value *left, const struct json_value *right)
{
    return left->type == right->type || (json_is_boolean(left) && json_is_boolean(right));
}

/* Whether to look at the source alone. What is read of it again for what lies deeper is bounded:
 * then hashes are made. */
static bool needs_no_shapes(struct walk *walk, const struct json_value *left)
{
    size_t limit = walk->pair->left.source.size * SOURCE_READINGS;
    bool needs_none = !walk->left_shape.hashes && !walk->right_shape.hashes &&
                      walk->compared_bytes < limit && walk->pair->right.source.size;
    walk->compared_bytes += left->end - left->start;
    return needs_none;
}

/* Values without a live state below them: true when nothing differs. */
static bool is_same(struct walk *walk, const struct json_value *left,
                    const struct json_value *right)
{
    if (!is_container(left) || left->type != right->type) {
        return walk_equal(walk, left, right);
    }
    if (needs_no_shapes(walk, left)) {
        return has_same_source(walk, left, right);
    }
    return shape_hash(&walk->left_shape, left, NULL) ==
               shape_hash(&walk->right_shape, right, NULL) &&
           walk_equal(walk, left, right);
}

static void report_pair(struct walk *walk, struct tree_place *place,
                        const struct json_value *left, const struct json_value *right,
                        const void *at)
{
    struct walk_found found = { .left = left, .right = right, .at = at };
    found.class = are_of_a_type(left, right) ? DIFFERENCE_CHANGED : DIFFERENCE_TYPE;
    walk_report(walk, place, &found);
}

/* Masks that speak about the very value: true when they allow what differs. */
static bool is_allowed(struct walk *walk, struct tree_place *place,
                       const struct json_value *left, const struct json_value *right,
                       const void *at)
{
    if (!shape_is_masked(&walk->left_shape, left, at)) {
        return false;
    }
    struct walk_found found = { .left = left, .right = right, .at = at };
    found.class = are_of_a_type(left, right) ? DIFFERENCE_CHANGED : DIFFERENCE_TYPE;
    return walk_equal(walk, left, right) || walk_report_masked(walk, place, &found);
}

/* Whether the difference that a mask has just refused is not looked into. */
static bool is_told_whole(const struct walk *walk, const void *at)
{
    const struct judge *judge = walk->pair->judge;
    return at && judge->is_whole && judge->is_whole(judge->context, at);
}

static void compare_containers(struct walk *walk, struct tree_place *place,
                               const struct json_value *left, const struct json_value *right,
                               const void *at)
{
    if (left->type == JSON_ARRAY) {
        compare_items(walk, place, left, right, at);
    } else if (left->has_repeated_keys || right->has_repeated_keys) {
        walk_compare_repeated(walk, place, left, right, at);
    } else {
        compare_members(walk, place, left, right, at);
    }
}

void walk_compare(struct walk *walk, struct tree_place *place, const struct json_value *left,
                  const struct json_value *right, const void *at)
{
    if ((!at || !is_container(left)) && is_same(walk, left, right)) {
        return;
    }
    if (at && is_allowed(walk, place, left, right, at)) {
        return;
    }
    if (left->type != right->type || !is_container(left) || is_told_whole(walk, at)) {
        report_pair(walk, place, left, right, at);
    } else {
        compare_containers(walk, place, left, right, at);
    }
}

void tree_diff(const struct tree_pair *pair, struct differences *differences)
{
    struct walk walk = { .pair = pair, .differences = differences };
    if (!pair->at && walk_equal(&walk, pair->left.root, pair->right.root)) {
        return;
    }
    shape_init(&walk.left_shape, pair->dialect, pair->left.root, pair->judge, pair->at);
    shape_init(&walk.right_shape, pair->dialect, pair->right.root, pair->judge, pair->at);
    path_nodes_init(&walk.nodes, pair->dialect, pair->path);
    buffer_init(&walk.path, PRINTED_LIMIT_BYTES);
    buffer_init(&walk.left, PRINTED_LIMIT_BYTES);
    buffer_init(&walk.right, PRINTED_LIMIT_BYTES);
    struct tree_place root = { .value = pair->left.root };
    walk_compare(&walk, &root, pair->left.root, pair->right.root, pair->at);
    shape_release(&walk.left_shape);
    shape_release(&walk.right_shape);
    path_nodes_release(&walk.nodes);
    buffer_release(&walk.path);
    buffer_release(&walk.left);
    buffer_release(&walk.right);
}
