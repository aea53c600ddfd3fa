/* SPDX-License-Identifier: MIT */
#include "match/step_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "match/syntax/expression_tree.h"

enum { BUCKETS = 1024, WORDS_LIMIT = 16, SHORTEST_LITERAL = 2 };

/* A word by which an expression is found. */
struct key {
    struct key *next; /* in its bucket */
    struct text word;
    uint64_t hash;
    size_t number;
    bool is_first; /* it must be the first word of the text */
};

struct literal {
    struct literal *next;
    struct text text;
};

struct indexed {
    struct literal *literals; /* in order, long ones only, without the last */
    struct text last;         /* the end of the text */
    bool ends_in_literal;
    bool is_always;   /* no key: a candidate for every text */
    uint64_t seen_at; /* the search that met it last */
};

struct step_index {
    struct arena arena;
    struct key *buckets[BUCKETS];
    struct indexed *list;
    size_t count;
    size_t capacity;
    size_t *found;
    size_t found_capacity;
    uint64_t searches;
};

/* The words that an expression can begin with. */
struct words {
    struct arena *arena;
    struct text list[WORDS_LIMIT];
    size_t count;
    bool is_unknown;
};

struct step_index *step_index_new(void)
{
    struct step_index *index = alloc_or_die(1, sizeof *index);
    arena_init(&index->arena);
    return index;
}

void step_index_free(struct step_index *index)
{
    if (index) {
        arena_release(&index->arena);
        free(index->list);
        free(index->found);
        free(index);
    }
}

static void append_to_each(struct words *words, size_t from, struct text part)
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
static size_t copy_all(struct words *words, size_t count)
{
    size_t from = words->count;
    if (from + count > WORDS_LIMIT) {
        words->is_unknown = true;
        return from;
    }
    memcpy(words->list + from, words->list, count * sizeof words->list[0]);
    words->count += count;
    return from;
}

static void append_part(struct words *words, const struct expression_node *node)
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

static void append_alternation(struct words *words, const struct expression_node *node)
{
    struct words before = *words;
    words->count = 0;
    for (const struct expression_node *child = node->first; child; child = child->next) {
        struct words one = before;
        for (const struct expression_node *part = child->first; part; part = part->next) {
            append_part(&one, part);
        }
        words->is_unknown |= one.is_unknown || words->count + one.count > WORDS_LIMIT;
        if (words->is_unknown) {
            return;
        }
        memcpy(words->list + words->count, one.list, one.count * sizeof one.list[0]);
        words->count += one.count;
    }
}

static bool is_blank(const struct expression_node *node)
{
    return node->type == EXPRESSION_NODE_TEXT && text_is(node->text, " ");
}

/* From node up to a blank or the end. */
static void find_words(struct words *words, const struct expression_node *node)
{
    words->list[0] = TEXT_EMPTY;
    words->count = 1;
    for (; node && !is_blank(node) && !words->is_unknown; node = node->next) {
        if (node->type == EXPRESSION_NODE_ALTERNATION) {
            append_alternation(words, node);
        } else {
            append_part(words, node);
        }
    }
}

static void add_key(struct step_index *index, struct text word, bool is_first)
{
    struct key *key = ARENA_NEW(&index->arena, struct key);
    key->word = word;
    key->hash = text_hash(word);
    key->number = index->count;
    key->is_first = is_first;
    struct key **bucket = &index->buckets[key->hash % BUCKETS];
    key->next = *bucket;
    *bucket = key;
}

static void add_keys(struct step_index *index, struct indexed *indexed,
                     const struct expression_node *tree)
{
    const struct expression_node *node = tree->first;
    bool is_first = true;
    if (node && node->type == EXPRESSION_NODE_PARAMETER && node->next && is_blank(node->next)) {
        node = node->next->next;
        is_first = false;
    }
    struct words words = { .arena = &index->arena };
    find_words(&words, node);
    indexed->is_always = words.is_unknown;
    for (size_t i = 0; i < words.count && !words.is_unknown; i++) {
        add_key(index, words.list[i], is_first);
    }
}

static void add_literals(struct step_index *index, struct indexed *indexed,
                         const struct expression_node *tree)
{
    struct literal **end = &indexed->literals;
    for (const struct expression_node *node = tree->first; node;) {
        struct text whole = TEXT_EMPTY;
        for (; node && node->type == EXPRESSION_NODE_TEXT; node = node->next) {
            whole =
                arena_format(&index->arena, "%.*s%.*s", TEXT_ARG(whole), TEXT_ARG(node->text));
        }
        if (!node) {
            indexed->last = whole;
            indexed->ends_in_literal = whole.size > 0;
        } else if (whole.size >= SHORTEST_LITERAL) {
            struct literal *literal = ARENA_NEW(&index->arena, struct literal);
            literal->text = whole;
            *end = literal;
            end = &literal->next;
        }
        while (node && node->type != EXPRESSION_NODE_TEXT) {
            node = node->next;
        }
    }
}

void step_index_add(struct step_index *index, const struct expression_node *tree)
{
    GROW(index->list, index->count, index->capacity);
    struct indexed *indexed = &index->list[index->count];
    *indexed = (struct indexed){ 0 };
    add_keys(index, indexed, tree);
    add_literals(index, indexed, tree);
    index->count++;
}

static bool has_literals(const struct indexed *indexed, struct text text)
{
    struct text rest = text;
    if (indexed->ends_in_literal) {
        if (!text_ends_with(text, indexed->last)) {
            return false;
        }
        rest.size -= indexed->last.size;
    }
    size_t from = 0;
    for (const struct literal *literal = indexed->literals; literal; literal = literal->next) {
        size_t at = text_find(rest, literal->text, from);
        if (at == rest.size) {
            return false;
        }
        from = at + literal->text.size;
    }
    return true;
}

static void meet(struct step_index *index, size_t number, struct text text, size_t *count)
{
    struct indexed *indexed = &index->list[number];
    if (indexed->seen_at == index->searches) {
        return;
    }
    indexed->seen_at = index->searches;
    if (!has_literals(indexed, text)) {
        return;
    }
    size_t at = (*count)++;
    for (; at > 0 && index->found[at - 1] > number; at--) {
        index->found[at] = index->found[at - 1];
    }
    index->found[at] = number;
}

const size_t *step_index_find(struct step_index *index, struct text text, size_t *ret_count)
{
    if (index->found_capacity < index->count) {
        index->found_capacity = index->capacity;
        index->found = realloc_or_die(index->found, index->capacity, sizeof *index->found);
    }
    index->searches++;
    size_t count = 0;
    for (size_t start = 0; start <= text.size;) {
        size_t end = text_find_byte(text, ' ', start);
        struct text word = text_slice(text, start, end);
        uint64_t hash = text_hash(word);
        for (const struct key *key = index->buckets[hash % BUCKETS]; key; key = key->next) {
            if (key->hash == hash && (start == 0 || !key->is_first) &&
                text_equal(key->word, word)) {
                meet(index, key->number, text, &count);
            }
        }
        start = end + 1;
    }
    for (size_t i = 0; i < index->count; i++) {
        if (index->list[i].is_always) {
            meet(index, i, text, &count);
        }
    }
    *ret_count = count;
    return index->found;
}
