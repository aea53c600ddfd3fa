/* SPDX-License-Identifier: MIT */
#include "gherkin/dialects/dialect.h"

#include <string.h>

#include "base/attribute.h"

static const struct dialect dialects[] = {
#include "gherkin/dialects/dialects.inc"
};

const struct dialect *dialect_at(size_t index)
{
    return index < ARRAY_SIZE(dialects) ? &dialects[index] : NULL;
}

const struct dialect *dialect_find(struct text name)
{
    for (size_t i = 0; i < ARRAY_SIZE(dialects); i++) {
        if (text_is(name, dialects[i].name)) {
            return &dialects[i];
        }
    }
    return NULL;
}

bool keyword_next(const char **list, struct text *ret_word)
{
    if (**list == '\0') {
        return false;
    }
    *ret_word = text_of(*list);
    *list += ret_word->size + 1;
    return true;
}

static enum step_type type_of_letter(char letter)
{
    switch (letter) {
    case 'C':
        return STEP_CONTEXT;
    case 'A':
        return STEP_ACTION;
    case 'O':
        return STEP_OUTCOME;
    case 'N':
        return STEP_CONJUNCTION;
    default:
        return STEP_UNKNOWN;
    }
}

bool step_keyword_next(const char **list, struct text *ret_word, enum step_type *ret_type)
{
    struct text word;
    if (!keyword_next(list, &word)) {
        return false;
    }
    *ret_type = type_of_letter(word.at[0]);
    *ret_word = text_from(word, 1);
    return true;
}

size_t dialect_title_size(const struct dialect *dialect, enum title title, struct text line)
{
    const char *list = dialect->titles[title];
    struct text word;
    while (keyword_next(&list, &word)) {
        if (line.size > word.size && line.at[word.size] == ':' &&
            memcmp(line.at, word.at, word.size) == 0) {
            return word.size;
        }
    }
    return 0;
}

size_t dialect_step_size(const struct dialect *dialect, struct text line,
                         enum step_type *ret_type)
{
    const char *list = dialect->steps;
    while (*list) {
        size_t size = strlen(list + 1);
        if (line.size >= size && line.at[0] == list[1] &&
            memcmp(line.at, list + 1, size) == 0) {
            *ret_type = type_of_letter(list[0]);
            return size;
        }
        list += size + 2;
    }
    return 0;
}
