/* SPDX-License-Identifier: MIT */
#include "diff/operand.h"

#include "format/json.h"
#include "format/json/json_number.h"

/* The end of a quoted string that starts the text, behind its quote; 0 where there is none. */
size_t operand_quoted_end(struct text text, char quote)
{
    for (size_t i = 1; i < text.size; i++) {
        if (text.at[i] == '\\') {
            i++;
        } else if (text.at[i] == quote) {
            return i + 1;
        }
    }
    return 0;
}

/* Where an operand that is no string ends: before ", ", " or ", " and ", " of " or the end. */
static size_t word_end(struct text text)
{
    static const struct text ends[] = { TEXT_STATIC(", "),    TEXT_STATIC(" or "),
                                        TEXT_STATIC(" and "), TEXT_STATIC(" of "),
                                        TEXT_STATIC(" item"), TEXT_STATIC(" character") };
    bool is_variable = text_starts_with(text, TEXT("${"));
    size_t from = is_variable ? text_find_byte(text, '}', 0) : 0;
    size_t end = text.size;
    bool is_last = text_find_byte(text, ' ', from) == text.size; /* all ends have a blank */
    for (size_t i = 0; i < ARRAY_SIZE(ends) && !is_last; i++) {
        size_t found = text_find(text, ends[i], from);
        end = found < end ? found : end;
    }
    return end;
}

static bool is_unit(struct text unit, bool *ret_is_time)
{
    static const char *const times[] = { "ms",      "millisecond", "milliseconds", "s",
                                         "second",  "seconds",     "min",          "minute",
                                         "minutes", "h",           "hour",         "hours",
                                         "day",     "days" };
    static const char *const sizes[] = {
        "byte", "bytes", "kB", "KiB", "MB", "MiB", "GB", "GiB"
    };
    for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
        if (text_is(unit, times[i])) {
            *ret_is_time = true;
            return true;
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        if (text_is(unit, sizes[i])) {
            *ret_is_time = false;
            return true;
        }
    }
    return false;
}

static bool is_class(struct text word)
{
    return word.size == 3 && word.at[0] >= '1' && word.at[0] <= '5' && word.at[1] == 'x' &&
           word.at[2] == 'x';
}

static size_t number_end(struct text word)
{
    static const struct text numeric = TEXT_STATIC("0123456789.-+eE");
    size_t end = 0;
    while (end < word.size && text_find_byte(numeric, word.at[end], 0) < numeric.size) {
        end++;
    }
    return end;
}

/* ${…}, with a unit or without. */
static bool read_variable(struct text word, struct operand *operand)
{
    size_t end = text_find_byte(word, '}', 0) + 1;
    struct text unit = text_trim(text_from(word, end));
    bool is_time = false;
    if (end > word.size || (unit.size && !is_unit(unit, &is_time))) {
        return false;
    }
    operand->text = text_slice(word, 0, end);
    operand->unit = unit;
    operand->kind = unit.size == 0 ? OPERAND_VARIABLE
                    : is_time      ? OPERAND_DURATION
                                   : OPERAND_SIZE;
    return true;
}

/* A number, with a unit or without. */
static bool read_quantity(struct text word, struct operand *operand)
{
    size_t end = number_end(word);
    struct text unit = text_trim(text_from(word, end));
    bool is_time = false;
    if (!json_number_is_valid(text_slice(word, 0, end)) ||
        (unit.size && !is_unit(unit, &is_time))) {
        return false;
    }
    operand->text = word;
    operand->kind = unit.size == 0 ? OPERAND_NUMBER : is_time ? OPERAND_DURATION : OPERAND_SIZE;
    return true;
}

static bool read_word(struct text word, struct operand *operand)
{
    operand->text = word;
    if (text_is(word, "true") || text_is(word, "false") || text_is(word, "null")) {
        operand->kind = OPERAND_WORD;
        return true;
    }
    if (text_is(word, "now")) {
        operand->kind = OPERAND_NOW;
        return true;
    }
    if (is_class(word)) {
        operand->kind = OPERAND_CLASS;
        return true;
    }
    return text_starts_with(word, TEXT("${")) ? read_variable(word, operand)
                                              : read_quantity(word, operand);
}

/* Where the JSON that starts the text ends: behind its last bracket, outside of strings. */
static size_t json_end(struct text text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        if (c == '"') {
            size_t end = operand_quoted_end(text_from(text, i), '"');
            if (end == 0) {
                return 0;
            }
            i += end - 1;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* Without ${…} a JSON literal is read at once, so that a mistake is found before anything runs. */
static bool check_json(struct arena *arena, struct text json, struct span at,
                       struct problems *problems)
{
    struct source *source = ARENA_NEW(arena, struct source); /* problems point into it */
    const struct json_value *ignored;
    source_init(source, TEXT("comparison"), json);
    if (at.source) {
        source_embed(source, json, at.source, at.start, 0);
    }
    return text_contains(json, TEXT("${")) ||
           json_parse(source, (struct json_limits){ 0 }, arena, &ignored, problems);
}

bool operand_take(struct arena *arena, struct text *rest, struct span at,
                  struct operand *ret_operand, struct problems *problems)
{
    struct operand operand = { 0 };
    char first = rest->size ? rest->at[0] : '\0';
    size_t end;
    if (first == '"' || first == '\'') {
        end = operand_quoted_end(*rest, first);
        operand = (struct operand){ .kind = OPERAND_STRING, .text = text_slice(*rest, 0, end) };
    } else if (first == '{' || first == '[') {
        end = json_end(*rest);
        operand = (struct operand){ .kind = OPERAND_JSON, .text = text_slice(*rest, 0, end) };
        if (end && !check_json(arena, operand.text, at, problems)) {
            return false;
        }
    } else {
        end = word_end(*rest);
        end = read_word(text_slice(*rest, 0, end), &operand) ? end : 0;
    }
    if (end == 0) {
        return false;
    }
    *ret_operand = operand;
    *rest = text_from(*rest, end);
    return true;
}
