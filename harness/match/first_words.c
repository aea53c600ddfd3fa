/* SPDX-License-Identifier: MIT */
#include "match/first_words.h"

#include <string.h>

#include "base/arena.h"
#include "match/syntax/expression_tree.h"

bool expression_node_is_blank(const struct expression_node *node)
{
    return node->type == EXPRESSION_NODE_TEXT && text_is(node->text, " ");
}

static void append_to_each(struct first_words *words, size_t from, struct text part)
{
    if (text_find_byte(part, ' ', 0) < part.size) {
        words->is_unknown = true;
    }
    for (size_t i = from; i < words->count; i++) {
        words->list[i] =
            arena_format(words->arena, "%.*s%.*s", TEXT_ARG(words->list[i]), TEXT_ARG(part));
    }
}

/* Doubles the words; returns where the copies start. */
static size_t copy_all(struct first_words *words, size_t count)
{
    size_t from = words->count;
    if (from + count > FIRST_WORDS_LIMIT) {
        words->is_unknown = true;
        return from;
    }
    memcpy(words->list + from, words->list, count * sizeof words->list[0]);
    words->count += count;
    return from;
}

static void append_part(struct first_words *words, const struct expression_node *node)
{
    if (node->type == EXPRESSION_NODE_TEXT) {
        append_to_each(words, 0, node->text);
        return;
    }
    if (node->type != EXPRESSION_NODE_OPTIONAL) {
        words->is_unknown = true;
        return;
    }
    size_t from = copy_all(words, words->count);
    for (const struct expression_node *child = node->first; child; child = child->next) {
        append_to_each(words, from, child->text);
    }
}

static void append_alternation(struct first_words *words, const struct expression_node *node)
{
    struct first_words before = *words;
    words->count = 0;
    for (const struct expression_node *child = node->first; child; child = child->next) {
        struct first_words one = before;
        for (const struct expression_node *part = child->first; part; part = part->next) {
            append_part(&one, part);
        }
        words->is_unknown |= one.is_unknown || words->count + one.count > FIRST_WORDS_LIMIT;
        if (words->is_unknown) {
            return;
        }
        memcpy(words->list + words->count, one.list, one.count * sizeof one.list[0]);
        words->count += one.count;
    }
}

void first_words_find(struct first_words *words, struct arena *arena,
                      const struct expression_node *node)
{
    *words = (struct first_words){ .arena = arena, .count = 1, .list = { TEXT_EMPTY } };
    for (; node && !expression_node_is_blank(node) && !words->is_unknown; node = node->next) {
        if (node->type == EXPRESSION_NODE_ALTERNATION) {
            append_alternation(words, node);
        } else {
            append_part(words, node);
        }
    }
}
