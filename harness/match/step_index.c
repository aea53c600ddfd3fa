/* SPDX-License-Identifier: MIT */
#include "match/step_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "match/first_words.h"
#include "match/syntax/expression_tree.h"

enum { BUCKETS = 1024, SHORTEST_LITERAL = 2 };

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
    uint64_t words;   /* that it wants, a bit each: see word_bit */
    bool is_always;   /* no key: a candidate for every text */
    uint64_t seen_at; /* the search that met it last */
};

struct step_index {
    struct arena arena;
    struct key *buckets[BUCKETS];
    struct indexed *list;
    size_t count;
    size_t capacity;
    size_t *always; /* those without a key */
    size_t always_count;
    size_t always_capacity;
    size_t *found;
    size_t found_capacity;
    uint64_t searches;
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
        free(index->always);
        free(index->found);
        free(index);
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
    if (node && node->type == EXPRESSION_NODE_PARAMETER && node->next &&
        expression_node_is_blank(node->next)) {
        node = node->next->next;
        is_first = false;
    }
    struct first_words words;
    first_words_find(&words, &index->arena, node);
    indexed->is_always = words.is_unknown;
    for (size_t i = 0; i < words.count && !words.is_unknown; i++) {
        add_key(index, words.list[i], is_first);
    }
}

/* A set of words as bits, several to a bit: what an expression wants that a text has not is
 * missing; the reverse says nothing. */
static uint64_t word_bit(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 58);
}

/* The words of a literal that are whole in every text: not those that touch a parameter. */
static uint64_t whole_words(struct text literal, bool is_first, bool is_last)
{
    uint64_t bits = 0;
    for (size_t start = 0; start <= literal.size;) {
        size_t end = text_find_byte(literal, ' ', start);
        bool is_whole = (start > 0 || is_first) && (end < literal.size || is_last);
        if (is_whole && end > start) {
            bits |= word_bit(text_hash(text_slice(literal, start, end)));
        }
        start = end + 1;
    }
    return bits;
}

static void add_literals(struct step_index *index, struct indexed *indexed,
                         const struct expression_node *tree)
{
    struct literal **end = &indexed->literals;
    const struct expression_node *node_before = NULL; /* what is no text */
    for (const struct expression_node *node = tree->first; node;) {
        struct text whole = TEXT_EMPTY;
        for (; node && node->type == EXPRESSION_NODE_TEXT; node = node->next) {
            whole =
                arena_format(&index->arena, "%.*s%.*s", TEXT_ARG(whole), TEXT_ARG(node->text));
        }
        indexed->words |= whole_words(whole, node_before == NULL, !node);
        if (!node) {
            indexed->last = whole;
            indexed->ends_in_literal = whole.size > 0;
        } else if (whole.size >= SHORTEST_LITERAL) {
            struct literal *literal = ARENA_NEW(&index->arena, struct literal);
            literal->text = whole;
            *end = literal;
            end = &literal->next;
        }
        for (; node && node->type != EXPRESSION_NODE_TEXT; node = node->next) {
            node_before = node;
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
    if (indexed->is_always) {
        GROW(index->always, index->always_count, index->always_capacity);
        index->always[index->always_count++] = index->count;
    }
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

static void meet(struct step_index *index, size_t number, size_t *count)
{
    if (index->list[number].seen_at != index->searches) {
        index->list[number].seen_at = index->searches;
        index->found[(*count)++] = number;
    }
}

/* What a word of the text is the key of; returns the text's words. */
static uint64_t meet_all(struct step_index *index, struct text text, size_t *count)
{
    uint64_t words = 0;
    index->searches++;
    for (size_t start = 0; start <= text.size;) {
        size_t end = text_find_byte(text, ' ', start);
        struct text word = text_slice(text, start, end);
        uint64_t hash = text_hash(word);
        words |= word_bit(hash);
        for (const struct key *key = index->buckets[hash % BUCKETS]; key; key = key->next) {
            if (key->hash == hash && (start == 0 || !key->is_first) &&
                text_equal(key->word, word)) {
                meet(index, key->number, count);
            }
        }
        start = end + 1;
    }
    for (size_t i = 0; i < index->always_count; i++) {
        meet(index, index->always[i], count);
    }
    return words;
}

/* In order of the numbers: those before `count` are. */
static void keep(size_t *list, size_t count, size_t number)
{
    size_t at = count;
    for (; at > 0 && list[at - 1] > number; at--) {
        list[at] = list[at - 1];
    }
    list[at] = number;
}

const size_t *step_index_find(struct step_index *index, struct text text, size_t *ret_count)
{
    if (index->found_capacity < index->count) {
        index->found_capacity = index->capacity;
        index->found = realloc_or_die(index->found, index->capacity, sizeof *index->found);
    }
    size_t count = 0;
    uint64_t words = meet_all(index, text, &count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t number = index->found[i];
        if (!(index->list[number].words & ~words) && has_literals(&index->list[number], text)) {
            keep(index->found, kept++, number);
        }
    }
    *ret_count = kept;
    return index->found;
}
