/* SPDX-License-Identifier: MIT */
#include "match/suggestion.h"

#include <math.h>

#include "base/near.h"

enum { WORDS_LIMIT = 32 };

#define LIKENESS_AT_LEAST 0.4
#define LIKENESS_OF_A_SLIP 0.7
#define SHARE_OF_THE_BEST 0.75

/* The words of a step; what stands in quotes is one word of its own kind. */
struct words {
    struct text list[WORDS_LIMIT];
    size_t count;
};

static const struct text quoted_word = TEXT_STATIC("\"");

struct text step_definition_example(const struct step_definition *definition)
{
    if (!definition->example) {
        return text_of(definition->expression);
    }
    struct text example = text_of(definition->example);
    return text_from(example, text_find_byte(example, ' ', 0) + 1);
}

static size_t quoted_end(struct text text, size_t start)
{
    size_t at = start + 1;
    while (at < text.size && text.at[at] != text.at[start]) {
        at += text.at[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

static bool is_word_of_expression(char byte)
{
    return byte != ' ' && byte != '(' && byte != '/' && byte != '{' && byte != '"';
}

static void add_word(struct words *words, struct text word)
{
    if (word.size > 0 && words->count < WORDS_LIMIT) {
        words->list[words->count++] = word;
    }
}

static void words_of_text(struct words *words, struct text text)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        if (text.at[at] == '"' || text.at[at] == '\'') {
            at = quoted_end(text, at);
            add_word(words, quoted_word);
            continue;
        }
        while (at < text.size && text.at[at] != ' ' && text.at[at] != '"') {
            at++;
        }
        add_word(words, text_slice(text, start, at));
        at += at < text.size && text.at[at] == ' ';
    }
}

/* Adds a quoted word for {string} and {path}, nothing for other parameters; returns its end. */
static size_t add_parameter(struct words *words, struct text text, size_t start)
{
    size_t end = text_find_byte(text, '}', start) + 1;
    struct text type = text_slice(text, start, end);
    if (text_is(type, "{string}") || text_is(type, "{path}")) {
        add_word(words, quoted_word);
    }
    return end;
}

/* "send" of "send(s)", the first of "is/are". */
static void words_of_expression(struct words *words, struct text text)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        if (text.at[at] == '{') {
            at = add_parameter(words, text, at);
            continue;
        }
        while (at < text.size && is_word_of_expression(text.at[at])) {
            at++;
        }
        add_word(words, text_slice(text, start, at));
        while (at < text.size && text.at[at] != ' ' && text.at[at] != '{') {
            at++;
        }
        at += at < text.size && text.at[at] == ' ';
    }
}

static double likeness_of_words(struct text a, struct text b)
{
    if (text_equal_ignoring_case(a, b)) {
        return 1;
    }
    size_t longer = a.size > b.size ? a.size : b.size;
    size_t shorter = a.size > b.size ? b.size : a.size;
    size_t worst = longer / 3 > 0 ? longer / 3 : 1;
    if (shorter < 3 || longer - shorter > worst || near_distance(a, b) > worst) {
        return 0;
    }
    return LIKENESS_OF_A_SLIP;
}

/* Of the longest common sequence of words: twice its weight in the words of both. */
static double likeness(const struct words *a, const struct words *b)
{
    double best[WORDS_LIMIT + 1] = { 0 };
    for (size_t i = 0; i < a->count; i++) {
        double diagonal = 0;
        for (size_t j = 0; j < b->count; j++) {
            double above = best[j + 1];
            double taken = diagonal + likeness_of_words(a->list[i], b->list[j]);
            best[j + 1] = fmax(taken, fmax(above, best[j]));
            diagonal = above;
        }
    }
    return a->count + b->count > 0 ? 2 * best[b->count] / (double)(a->count + b->count) : 0;
}

static double likeness_to(const struct step_definition *definition, const struct words *words)
{
    struct words expression = { .count = 0 };
    words_of_expression(&expression, text_of(definition->expression));
    struct words rest = *words;
    bool has_subject = definition->expression[0] == '{';
    if (has_subject && rest.count > 0) { /* the name of an actor says nothing */
        rest.count--;
        for (size_t i = 0; i < rest.count; i++) {
            rest.list[i] = words->list[i + 1];
        }
    }
    struct words example = { .count = 0 };
    words_of_text(&example, step_definition_example(definition));
    return fmax(likeness(&expression, &rest), likeness(&example, words));
}

double suggestion_likeness(const struct step_definition *definition, struct text text)
{
    struct words words = { .count = 0 };
    words_of_text(&words, text);
    return likeness_to(definition, &words);
}

static bool fits_one(struct registry *registry, struct text text)
{
    return text.size > 0 && registry_match(registry, text)->count == 1;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Single blanks between words, none at the ends; quoted parts as they are. */
static struct text with_single_blanks(struct text text, struct arena *arena)
{
    struct buffer neat CLEANUP(buffer_release);
    buffer_init(&neat, text.size + 1);
    for (size_t at = 0; at < text.size;) {
        bool is_quoted = text.at[at] == '"' || text.at[at] == '\'';
        size_t end = is_quoted ? quoted_end(text, at) : at + 1;
        struct text part = text_slice(text, at, end);
        if (!is_blank(part.at[0])) {
            buffer_add(&neat, part);
        } else if (!text_ends_with(buffer_text(&neat), TEXT(" "))) {
            buffer_add_byte(&neat, ' ');
        }
        at = end;
    }
    return text_trim(arena_text(arena, buffer_text(&neat)));
}

static struct text without_first_words(struct text text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text = text_from(text, text_find_byte(text, ' ', 0) + 1);
    }
    return text;
}

/* A keyword that stands twice: "Given Given …". */
static struct text without_keyword(struct text text)
{
    static const char *const keywords[] = { "Given ", "When ", "Then ", "And ", "But ", "* " };
    for (size_t i = 0; i < ARRAY_SIZE(keywords); i++) {
        if (text_starts_with(text, text_of(keywords[i]))) {
            return without_first_words(text, 1);
        }
    }
    return TEXT_EMPTY;
}

static struct text with_small_first(struct text text, struct arena *arena)
{
    char *at = arena_string(arena, text);
    if (text.size > 0 && at[0] >= 'A' && at[0] <= 'Z') {
        at[0] = (char)(at[0] - 'A' + 'a');
    }
    return text_make(at, text.size);
}

/* With a colon more or less. */
static struct text with_other_colon(struct text text, struct arena *arena)
{
    return text_ends_with(text, TEXT(":")) ? text_slice(text, 0, text.size - 1)
                                           : arena_format(arena, "%.*s:", TEXT_ARG(text));
}

static struct text repaired(struct registry *registry, struct text text, struct arena *arena)
{
    struct text neat = with_single_blanks(text, arena);
    struct text uncommented = text_slice(neat, 0, text_find(neat, TEXT(" #"), 0));
    struct text tries[] = {
        neat,
        with_other_colon(neat, arena),
        with_small_first(neat, arena),
        with_small_first(with_other_colon(neat, arena), arena),
        uncommented,
        with_other_colon(uncommented, arena),
        without_keyword(neat),
        text_starts_with(neat, TEXT("within ")) ? without_first_words(neat, 2) : TEXT_EMPTY,
        text_starts_with(neat, TEXT("within ")) ? without_first_words(neat, 3) : TEXT_EMPTY,
    };
    for (size_t i = 0; i < ARRAY_SIZE(tries); i++) {
        if (fits_one(registry, tries[i])) {
            return tries[i];
        }
    }
    return TEXT_EMPTY;
}

static void offer(struct suggestions *suggestions, double *scores,
                  const struct step_definition *definition, double score)
{
    size_t at = suggestions->count;
    while (at > 0 && scores[at - 1] < score) {
        at--;
    }
    if (score < LIKENESS_AT_LEAST || at == SUGGESTION_LIMIT) {
        return;
    }
    suggestions->count += suggestions->count < SUGGESTION_LIMIT;
    for (size_t i = suggestions->count - 1; i > at; i--) {
        suggestions->steps[i] = suggestions->steps[i - 1];
        scores[i] = scores[i - 1];
    }
    suggestions->steps[at] = definition;
    scores[at] = score;
}

void suggestions_find(struct registry *registry, struct text text, struct arena *arena,
                      struct suggestions *ret_suggestions)
{
    struct suggestions suggestions = { .repaired = repaired(registry, text, arena) };
    double scores[SUGGESTION_LIMIT] = { 0 };
    struct words words = { .count = 0 };
    bool is_afterwards = text_starts_with(text, TEXT("afterwards "));
    words_of_text(&words, is_afterwards ? without_first_words(text, 1) : text);
    for (size_t i = 0; suggestions.repaired.size == 0 && i < registry_count(registry); i++) {
        const struct step_definition *definition = registry_definition(registry, i);
        offer(&suggestions, scores, definition, likeness_to(definition, &words));
    }
    while (suggestions.count > 0 &&
           scores[suggestions.count - 1] < scores[0] * SHARE_OF_THE_BEST) {
        suggestions.count--;
    }
    *ret_suggestions = suggestions;
}

void suggestions_print(struct buffer *out, const struct suggestions *suggestions)
{
    if (suggestions->repaired.size > 0) {
        buffer_add_format(out, "did you mean '%.*s'?", TEXT_ARG(suggestions->repaired));
        return;
    }
    if (suggestions->count == 0) {
        buffer_add_string(out,
                          "`bddrun steps` lists all steps, `bddrun steps WORDS` searches them");
        return;
    }
    buffer_add_string(out, "did you mean ");
    for (size_t i = 0; i < suggestions->count; i++) {
        const char *before = i == 0 ? "" : i + 1 < suggestions->count ? ", " : " or ";
        buffer_add_format(out, "%s'%.*s'", before,
                          TEXT_ARG(step_definition_example(suggestions->steps[i])));
    }
    buffer_add_byte(out, '?');
}
