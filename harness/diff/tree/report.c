/* SPDX-License-Identifier: MIT */
#include "diff/engines/markup.h"
#include "diff/engines/words.h"
#include "diff/tree/walk.h"
#include "format/json_writer.h"

static struct text text_of_value(const struct walk *walk, const struct json_value *value)
{
    bool is_text = value && walk->pair->dialect != TREE_JSON && value->type == JSON_STRING;
    return is_text ? json_text(value) : text_make(NULL, 0);
}

static bool ask(const struct walk *walk, const struct walk_found *found, struct text *ret_mask)
{
    struct judged_pair pair = { .class = found->class,
                                .left = found->left,
                                .right = found->right,
                                .left_text = text_of_value(walk, found->left),
                                .right_text = text_of_value(walk, found->right),
                                .left_index = found->left_index,
                                .right_index = found->right_index };
    if (walk->pair->dialect != TREE_JSON) {
        pair.left = NULL;
        pair.right = NULL;
    }
    return judge_allows(walk->pair->judge, found->at, &pair, ret_mask);
}

static void print_start_tag(struct buffer *out, const struct json_value *element)
{
    buffer_add_byte(out, '<');
    buffer_add(out, shape_element_name(element));
    for (size_t i = 0; i < element->count; i++) {
        const struct json_value *member = &element->children[i];
        struct text key = json_key(member);
        if (text_starts_with(key, TEXT("@"))) {
            buffer_add_format(out, " %.*s=\"%.*s\"", TEXT_ARG(text_from(key, 1)),
                              TEXT_ARG(json_text(member)));
        }
    }
    buffer_add_byte(out, '>');
}

void walk_print_value(enum tree_dialect dialect, struct buffer *out,
                      const struct json_value *value)
{
    if (dialect == TREE_JSON) {
        json_print(out, value);
    } else if (value->type == JSON_OBJECT) {
        print_start_tag(out, value);
    } else if (value->type == JSON_STRING) {
        buffer_add(out, json_text(value));
    }
}

static void print_sides(struct walk *walk, const struct walk_found *found)
{
    buffer_clear(&walk->left);
    buffer_clear(&walk->right);
    if (found->class == DIFFERENCE_MOVED) {
        bool is_lines = walk->pair->dialect == TREE_LINES;
        buffer_add_format(&walk->left, is_lines ? "line %zu" : "[%zu]",
                          found->left_index + is_lines);
        buffer_add_format(&walk->right, is_lines ? "line %zu" : "[%zu]",
                          found->right_index + is_lines);
        return;
    }
    if (found->class == DIFFERENCE_CHANGED && text_of_value(walk, found->left).at &&
        text_of_value(walk, found->right).at) {
        words_print_changed(json_text(found->left), json_text(found->right), &walk->left,
                            &walk->right);
        return;
    }
    if (found->left) {
        walk_print_value(walk->pair->dialect, &walk->left, found->left);
    }
    if (found->right) {
        walk_print_value(walk->pair->dialect, &walk->right, found->right);
    }
}

static struct path_entry *entry_of(struct path_node *node, enum difference_class class,
                                   struct text mask)
{
    for (struct path_entry *entry = node->entries; entry; entry = entry->next) {
        if (entry->class == class && text_equal(entry->mask, mask)) {
            return entry;
        }
    }
    return NULL;
}

static struct path_entry *add_entry(struct walk *walk, struct path_node *node,
                                    enum difference_class class, struct text mask)
{
    struct path_entry *entry = ARENA_NEW(&walk->nodes.arena, struct path_entry);
    buffer_clear(&walk->path);
    if (walk->differences->count < DIFFERENCES_LIMIT) {
        path_node_print(&walk->nodes, node, &walk->path);
    }
    entry->class = class;
    entry->mask = mask;
    entry->difference =
        differences_count(walk->differences, class, buffer_text(&walk->path), mask);
    entry->next = node->entries;
    node->entries = entry;
    return entry;
}

static void count(struct walk *walk, struct tree_place *place, const struct walk_found *found,
                  struct text mask)
{
    struct path_node *node = tree_place_node(&walk->nodes, place);
    struct path_entry *entry = entry_of(node, found->class, mask);
    if (!entry) {
        entry = add_entry(walk, node, found->class, mask);
    } else if (entry->difference) {
        differences_count_again(walk->differences, entry->difference);
    } else {
        differences_count(walk->differences, found->class, TEXT_EMPTY, mask);
    }
    if (!difference_wants_example(entry->difference)) {
        return;
    }
    buffer_clear(&walk->path);
    tree_place_print(&walk->nodes, place, &walk->path);
    print_sides(walk, found);
    struct difference_note note = { .place = buffer_text(&walk->path),
                                    .name = tree_place_key(place),
                                    .left = buffer_text(&walk->left),
                                    .right = buffer_text(&walk->right) };
    differences_add_example(walk->differences, entry->difference, &note);
}

bool walk_report_masked(struct walk *walk, struct tree_place *place,
                        const struct walk_found *found)
{
    struct text mask;
    if (!found->at || !ask(walk, found, &mask)) {
        return false;
    }
    count(walk, place, found, mask);
    return true;
}

void walk_report(struct walk *walk, struct tree_place *place, const struct walk_found *found)
{
    if (!walk_report_masked(walk, place, found)) {
        count(walk, place, found, TEXT_EMPTY);
    }
}

bool walk_equal(const struct walk *walk, const struct json_value *left,
                const struct json_value *right)
{
    const struct tree_side *a = &walk->pair->left;
    const struct tree_side *b = &walk->pair->right;
    if (a->source.size && b->source.size &&
        text_equal(text_slice(a->source, left->start, left->end),
                   text_slice(b->source, right->start, right->end))) {
        return true;
    }
    return json_equal(left, right);
}
